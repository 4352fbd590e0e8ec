"""ID3 tags of a recording: what it is, and its chapters for players that read no other file.

Source: M. Nilsson, *ID3 tag version 2.4.0*, 2000; C. Newell, *ID3v2 Chapter Frame Addendum*, 2005.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from io import BytesIO

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
    Frame,
)

from comity.newsletter.audio.timeline import Chapter, Timeline

VERSION = 4
HEADER = 10
"""Bytes before the first frame."""
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


def tag(about: About, timeline: Timeline) -> bytes:
    """Return the tag that stands before the sound of an mp3 which has none."""
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
    frames: list[Frame] = [
        kind(encoding=UTF_8, text=[text]) for kind, text in texts.items() if text
    ]
    if about.address:
        frames.append(WOAF(url=about.address))
    chapters = timeline.chapters
    frames.append(
        CTOC(
            element_id="toc",
            flags=CTOCFlags.TOP_LEVEL | CTOCFlags.ORDERED,
            child_element_ids=[_name(number) for number in range(len(chapters))],
            sub_frames=[],
        )
    )
    frames += [_chapter(number, chapter) for number, chapter in enumerate(chapters)]
    return _written(frames)


def _written(frames: Sequence[Frame]) -> bytes:
    """Return frames in the order given, which mutagen would sort by their size."""
    body = b"".join(map(_alone, frames))
    size = bytes(len(body) >> shift & 0x7F for shift in (21, 14, 7, 0))
    return b"ID3" + bytes((VERSION, 0, 0)) + size + body


def _alone(frame: Frame) -> bytes:
    tags, file = ID3(), BytesIO()
    tags.add(frame)
    tags.save(file, v2_version=VERSION, padding=lambda info: 0)
    return file.getvalue()[HEADER:]


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
