"""Transcripts: cues in order, and nothing in a text that could pass for markup."""

import re
from html import unescape

import pytest
from hypothesis import given
from hypothesis import strategies as st

from comity.newsletter.audio.blocks import Block, Role
from comity.newsletter.audio.timeline import Cue, Timeline
from comity.newsletter.audio.transcript import clock, to_vtt
from comity.newsletter.editions.web.listening import cues

# W3C, WebVTT, section 4: the shape of a cue with a voice span.
CUE = re.compile(
    r"(\d+)\n(\d\d:[0-5]\d:[0-5]\d\.\d{3}) --> (\d\d:[0-5]\d:[0-5]\d\.\d{3})\n<v (\w+)>(.+)"
)


def made(*shown):
    blocks = [Block(Role.SUMMARY, "x", text, 1) for text in shown]
    timed = tuple(Cue(2.0 * n, 2.0 * n + 1, block) for n, block in enumerate(blocks))
    return to_vtt(Timeline(timed, 2.0 * len(blocks)), "en-GB")


TEXT = st.text(st.characters(exclude_categories=["Cc", "Cs"]), min_size=1, max_size=40)


@given(st.lists(TEXT.filter(lambda text: text.strip()), max_size=5))
def test_every_text_comes_back(texts):
    head, language, *blocks = made(*texts).strip().split("\n\n")
    assert (head, language) == ("WEBVTT", "NOTE Language: en-GB")
    found = [CUE.fullmatch(block) for block in blocks]
    assert all(found)
    shown = [unescape(match[5]) for match in found]
    assert [" ".join(t.split()) for t in shown] == [
        " ".join(re.sub(r"[\s\x00-\x1f]+", " ", text).split()) for text in texts
    ]
    assert all("<" not in match[5] and "-->" not in match[5] for match in found)


def test_the_page_of_the_site_reads_it():
    marks = cues(made("Good <b>day</b> & more", "--> two"))
    assert [(mark.seconds, mark.title) for mark in marks] == [
        (0.0, "Good <b>day</b> & more"),
        (2.0, "--> two"),
    ]


@pytest.mark.parametrize(
    ("seconds", "shown"),
    [(0, "00:00:00.000"), (59.9996, "00:01:00.000"), (3600 * 100, "100:00:00.000")],
)
def test_moments(seconds, shown):
    assert clock(seconds) == shown
