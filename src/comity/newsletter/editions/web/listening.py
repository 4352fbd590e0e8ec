"""What a page tells about a recording: the player, its chapters and what is said."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from html import unescape
from pathlib import Path

from comity.core.errors import InputError
from comity.newsletter.editions import addresses
from comity.newsletter.editions.dates import clock
from comity.newsletter.model.issue import Audio, Issue

CUE = re.compile(r"(?:(\d+):)?(\d\d):(\d\d)\.(\d{3})[ \t]+-->")
TAG = re.compile(r"<[^>]*>")


@dataclass(frozen=True, slots=True)
class Mark:
    """A moment of a recording and what begins there."""

    seconds: float
    title: str

    @property
    def clock(self) -> str:
        """The moment as players show it."""
        return clock(self.seconds)


@dataclass(frozen=True)
class Heard:
    """A recording with what belongs to it. Addresses are within the site."""

    audio: Audio
    recording: str
    chapters: tuple[Mark, ...] = ()
    chapters_file: str = ""
    transcript: str = ""
    transcript_page: str = ""
    cues: tuple[Mark, ...] = ()

    @property
    def facts(self) -> str:
        """Length and size for people."""
        return f"{clock(self.audio.seconds)}, {self.audio.bytes / 1e6:.1f} MB, mp3"


def heard(issues: tuple[Issue, ...], folder: Path) -> Mapping[int, Heard]:
    """Return the recordings of issues that lie in a built site, by issue."""
    found = {}
    for issue in issues:
        if issue.audio and (folder / issue.audio.file).is_file():
            found[issue.number] = _heard(issue.number, issue.audio, folder)
    return found


def _heard(number: int, audio: Audio, folder: Path) -> Heard:
    chapters = addresses.recording(number, "chapters.json")
    spoken = addresses.recording(number, "vtt")
    has_chapters, has_words = (folder / chapters).is_file(), (folder / spoken).is_file()
    return Heard(
        audio,
        audio.file,
        _chapters(folder / chapters) if has_chapters else (),
        chapters if has_chapters else "",
        spoken if has_words else "",
        addresses.transcript(number) if has_words else "",
        cues((folder / spoken).read_text("utf-8")) if has_words else (),
    )


def _chapters(file: Path) -> tuple[Mark, ...]:
    try:
        listed = json.loads(file.read_text("utf-8"))["chapters"]
        return tuple(Mark(float(each["startTime"]), str(each.get("title", ""))) for each in listed)
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise InputError(
            "not a list of chapters",
            file=str(file),
            found=str(error),
            expected="JSON chapters 1.2; record the issue again",
        ) from None


def cues(vtt: str) -> tuple[Mark, ...]:
    r"""Return what is said and when, of a transcript in WebVTT.

    >>> cues("WEBVTT\n\n00:01.500 --> 00:03.000\nGood <b>day</b> &amp; welcome")
    (Mark(seconds=1.5, title='Good day & welcome'),)
    """
    found = []
    for block in re.split(r"\n\s*\n", vtt.replace("\r\n", "\n")):
        lines = block.strip().split("\n")
        for n, line in enumerate(lines):
            if match := CUE.match(line):
                hours, minutes, seconds, thousandths = (int(part or 0) for part in match.groups())
                when = 3600 * hours + 60 * minutes + seconds + thousandths / 1000
                said = unescape(TAG.sub("", " ".join(lines[n + 1 :]))).strip()
                found.append(Mark(when, said))
                break
    return tuple(found)
