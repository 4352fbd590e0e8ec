"""The transcript of a recording, as WebVTT.

Source: W3C, *WebVTT: The Web Video Text Tracks Format*, 2019: cues, voice spans, escapes.
"""

from __future__ import annotations

import re
from html import escape

from comity.newsletter.audio.timeline import Timeline

HEAD = "WEBVTT"


def to_vtt(timeline: Timeline, language: str) -> str:
    """Return every cue with who speaks, in the words that readers see.

    Parameters
    ----------
    timeline : when everything is heard.
    language : language of the texts.
    """
    cues = [
        f"{number}\n{clock(cue.start)} --> {clock(cue.end)}\n"
        f"<v {cue.block.role.value.capitalize()}>{_text(cue.block.shown)}\n"
        for number, cue in enumerate(timeline.cues, start=1)
    ]
    return "\n".join([f"{HEAD}\n\nNOTE Language: {_text(language)}\n", *cues])


def clock(seconds: float) -> str:
    """Return a moment as WebVTT writes it.

    >>> clock(3723.0446)
    '01:02:03.045'
    """
    thousandths = round(1000 * seconds)
    whole, part = divmod(thousandths, 1000)
    minutes, rest = divmod(whole, 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours:02}:{minutes:02}:{rest:02}.{part:03}"


def _text(words: str) -> str:
    """Return words in one line, in which nothing is markup or an arrow."""
    return escape(re.sub(r"[\s\x00-\x1f]+", " ", words).strip(), quote=False)
