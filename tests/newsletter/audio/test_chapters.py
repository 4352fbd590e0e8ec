"""Chapters as JSON, checked against the published format."""

import json

import jsonschema

from comity.newsletter.audio.blocks import Block, Role
from comity.newsletter.audio.chapters import to_json
from comity.newsletter.audio.timeline import Cue, Timeline

# Podcast Index, JSON Chapters Format 1.2.0: required and optional members.
FORMAT = {
    "type": "object",
    "required": ["version", "chapters"],
    "additionalProperties": False,
    "properties": {
        "version": {"const": "1.2.0"},
        "title": {"type": "string"},
        "podcastName": {"type": "string"},
        "chapters": {
            "type": "array",
            "items": {
                "type": "object",
                "required": ["startTime"],
                "additionalProperties": False,
                "properties": {
                    "startTime": {"type": "number", "minimum": 0},
                    "endTime": {"type": "number", "minimum": 0},
                    "title": {"type": "string"},
                    "url": {"type": "string", "format": "uri"},
                },
            },
        },
    },
}


def test_chapters_keep_the_format_and_their_times():
    cues = (
        Cue(0.5, 2.0, Block(Role.HOST, "a", "a", 1, 'Über "uns"', "https://a.org/x")),
        Cue(3.0, 4.0, Block(Role.HOST, "b", "b", 1)),
        Cue(5.12345, 6.0, Block(Role.HOST, "c", "c", 1, "End")),
    )
    data = json.loads(to_json(Timeline(cues, 7.0), "FP #2", "Fair Play"))
    jsonschema.validate(data, FORMAT)
    assert data["chapters"] == [
        {"startTime": 0.0, "endTime": 5.123, "title": 'Über "uns"', "url": "https://a.org/x"},
        {"startTime": 5.123, "endTime": 7.0, "title": "End"},
    ]
    assert (data["title"], data["podcastName"]) == ("FP #2", "Fair Play")
