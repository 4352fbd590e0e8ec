"""ID3 tags of a recording: what it is, and its chapters for players that read no other file.

Source: M. Nilsson and others, *ID3 tag version 2.3.0* and *ID3v2 Chapter Frame Addendum* 1.0.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from mutagen.id3 import (
    CHAP,
    CTOC,
    ID3,
    TALB,
    TCON,
    TCOP,
    TDRC,
    TIT2,
    TLAN,
    TLEN,
    TPE1,
    TRCK,
    WOAF,
    WXXX,
    CTOCFlags,
)

from comity.core.errors import InputError
from comity.newsletter.audio.timeline import Chapter, Timeline

UTF_8 = 3
NOWHERE = 0xFFFFFFFF
"""A byte's place that is not given."""
LANGUAGES = {"de": "deu", "en": "eng", "es": "spa", "fr": "fra", "it": "ita", "pt": "por"}
"""ISO 639-2 codes, which ID3 asks for; ``und`` for others."""


@dataclass(frozen=True, slots=True)
class About:
    """What the tags say."""

    title: str
    podcast: str
    author: str
    number: int
    date: str = ""
    """ISO 8601."""
    licence: str = ""
    address: str = ""
    """Page of the issue."""
    language: str = "en"


def tag(file: Path, about: About, timeline: Timeline) -> None:
    """Write tags into an mp3 that has none; `InputError` where the disk is full."""
    tags = ID3()
    texts = {
        TIT2: about.title,
        TALB: about.podcast,
        TPE1: about.author or about.podcast,
        TRCK: str(about.number),
        TDRC: about.date[:10],
        TCOP: f"{about.date[:4]} {about.licence}" if about.licence and about.date else "",
        TLAN: LANGUAGES.get(about.language[:2], "und"),
        TLEN: str(round(1000 * timeline.seconds)),
        TCON: "Podcast",
    }
    for frame, text in texts.items():
        if text:
            tags.add(frame(encoding=UTF_8, text=[text]))
    if about.address:
        tags.add(WOAF(url=about.address))
    chapters = timeline.chapters
    for number, chapter in enumerate(chapters):
        tags.add(_chapter(number, chapter))
    tags.add(
        CTOC(
            element_id="toc",
            flags=CTOCFlags.TOP_LEVEL | CTOCFlags.ORDERED,
            child_element_ids=[_name(number) for number in range(len(chapters))],
            sub_frames=[],
        )
    )
    try:
        tags.save(str(file), v2_version=4)
    except OSError as error:
        raise InputError(
            "cannot write the recording", file=str(file), found=error.strerror or str(error)
        ) from error


def _chapter(number: int, chapter: Chapter) -> CHAP:
    inside = [TIT2(encoding=UTF_8, text=[chapter.title])]
    if chapter.address:
        inside.append(WXXX(encoding=UTF_8, desc="", url=chapter.address))
    return CHAP(
        element_id=_name(number),
        start_time=round(1000 * chapter.start),
        end_time=round(1000 * chapter.end),
        start_offset=NOWHERE,
        end_offset=NOWHERE,
        sub_frames=inside,
    )


def _name(number: int) -> str:
    return f"chapter{number}"
