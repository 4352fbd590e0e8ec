"""What tests of recordings share: a small publication, and an engine that only beeps."""

import os
import shutil
import wave
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import pytest

from comity.newsletter.audio.encoding import Loudness
from comity.newsletter.model.archive import Archive
from comity.newsletter.model.columns import EmailStatus, Publicity
from comity.newsletter.model.entry import Entry
from comity.newsletter.model.issue import AuthorReply, Erratum, Issue
from comity.newsletter.model.publication import Category, Publication, Voice

SENT = "2026-01-08T09:00:00+00:00"
PUBLICATION = Publication(
    "Fair Play",
    "FP",
    url="https://fair.example.org",
    description="A weekly reading of papers on cooperation.",
    editor="Ruth Ames",
    licence="CC-BY-4.0",
    disclaimer="Opinions are *mine*.",
    feedback="Write to us.",
    categories=(Category("Agents", (Category("Bargaining"),)), Category("Rules")),
    voice=Voice(opinion="en-us+f3"),
)


def need_programs() -> None:
    """Skip where espeak-ng or ffmpeg lacks; fail where COMITY_AUDIO requires them."""
    missing = [name for name in ("espeak-ng", "ffmpeg", "ffprobe") if shutil.which(name) is None]
    if missing:
        required = os.environ.get("COMITY_AUDIO") == "required"
        (pytest.fail if required else pytest.skip)(f"not installed: {', '.join(missing)}")


def entry(key: str, title: str, **told) -> Entry:
    """An entry of issue 2 that anybody may read, unless told otherwise."""
    plain = {
        "category": "Rules",
        "issue": 2,
        "email": "FP #2",
        "email_status": EmailStatus.SENT,
        "public": Publicity.YES,
        "summarizer": "Ruth Ames",
        "summary": f"What {title} says.",
    }
    return Entry(key, title, **{**plain, **told})


def archive() -> Archive:
    """Two issues that were sent, with everything that an entry can have."""
    return Archive(
        (
            entry("OLD", "An older game", issue=1, email="FP #1"),
            entry(
                "HIGH",
                "Sharing a river",
                category="Agents",
                authors="Ada Lovelace*, Charles Babbage*, Mary Orr",
                summarizer="Ruth Ames and Bo Li",
                summary="Builds on <@@>(@#OLD@). It gains 5%.\n\n- First point\n- Second point",
                opinion="I think that $x^2$ is *too much*.",
                prerequisites="<@@>(@#OLD@)",
                read_more="[Their blog](https://example.org/blog)",
                highlight=True,
                case="river.toml",
            ),
            entry("DEAL", "Striking a deal", category="Bargaining", authors="Cy Dee"),
            entry("LINK", "Only a link", public=Publicity.LINK_ONLY, summary="PLANTED-LINK"),
            entry("REPLY", "A response", category="Bargaining", part_of="DEAL"),
            entry("HIDDEN", "PLANTED-TITLE", public=Publicity.NO, summary="PLANTED-SUMMARY"),
        ),
        (
            Issue(1, date="2026-01-01", sent=SENT),
            Issue(2, title="Rivers", date="2026-01-08", sent=SENT, opening="Good *day*."),
            Issue(3, opening="PLANTED-DRAFT"),
        ),
        errata=(Erratum("HIGH", "2026-01-09", "It gains 6%."),),
        replies=(AuthorReply("HIGH", "Ada Lovelace", "2026-01-10", "Thank you."),),
    )


@dataclass
class Beeper:
    """An engine that beeps for as long as a voice would speak, at its own pitch for each voice."""

    identity: str = "beeper 1"
    rate: int = 22_050
    spoken: list[tuple[str, str]] = field(default_factory=list)
    fails_after: int | None = None
    gain: float = 0.3

    def native(self, language: str) -> str:
        return language

    def speak(self, text: str, voice: str, words_per_minute: int, target: Path) -> None:
        if self.fails_after is not None and len(self.spoken) >= self.fails_after:
            raise KeyboardInterrupt
        self.spoken.append((voice, text))
        seconds = 60 * len(text.split()) / words_per_minute
        beep(target, seconds, 200 + 10 * len(voice), self.rate, self.gain)


def beep(path: Path, seconds: float, pitch: float, rate: int, gain: float = 0.3) -> None:
    """A sine wave with a tenth of a second of silence on both sides, as engines leave it."""
    quiet = np.zeros(rate // 10, np.int16)
    time = np.arange(round(seconds * rate)) / rate
    tone = np.rint(32_767 * gain * np.sin(2 * np.pi * pitch * time)).astype(np.int16)
    with wave.open(str(path), "wb") as file:
        file.setparams((1, 2, rate, 0, "NONE", ""))
        file.writeframes(np.concatenate([quiet, tone, quiet]).astype("<i2").tobytes())


@dataclass(frozen=True)
class Copier:
    """An encoder for tests that are about something else: its mp3 is the sound as it was."""

    def level(self, source: Path, target: Path) -> Loudness:
        target.write_bytes(source.read_bytes())
        return Loudness(-16.0, -26.0, 3.0, -1.0)
