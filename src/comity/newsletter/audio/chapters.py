"""Chapters as a file of their own: JSON chapters 1.2 of the podcast namespace.

Source: Podcast Index, *JSON Chapters Format*, version 1.2.0.
"""

from __future__ import annotations

import json
from typing import Any

from comity.newsletter.audio.timeline import Timeline

VERSION = "1.2.0"


def to_json(timeline: Timeline, title: str, podcast: str) -> str:
    """Return the chapters of a recording.

    Parameters
    ----------
    timeline : when everything is heard.
    title : title of the episode.
    podcast : name of the podcast.
    """
    data = {
        "version": VERSION,
        "title": title,
        "podcastName": podcast,
        "chapters": [_chapter(c.start, c.end, c.title, c.address) for c in timeline.chapters],
    }
    return json.dumps(data, ensure_ascii=False, indent=1) + "\n"


def _chapter(start: float, end: float, title: str, address: str) -> dict[str, Any]:
    found = {"startTime": round(start, 3), "endTime": round(end, 3), "title": title}
    return {**found, "url": address} if address else found
