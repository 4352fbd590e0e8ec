"""Recordings: chapters and words as the files say them."""

import json

import pytest

from comity.core.errors import InputError
from comity.newsletter.editions.web.listening import Mark, cues, heard
from newsletter_small import ARCHIVE, put_recordings


def test_a_recording_is_shown_with_its_chapters_and_words(tmp_path):
    put_recordings(tmp_path)
    found = heard(ARCHIVE.issues, tmp_path)
    assert set(found) == {1}
    assert found[1].facts == "2:34, 0.0 MB, mp3"
    assert [(m.clock, m.title) for m in found[1].chapters] == [
        ("0:00", "Welcome"),
        ("1:02", "Promises that are kept"),
    ]
    assert found[1].cues == (Mark(0.0, "Welcome"), Mark(2.0, "Promises & talk"))


def test_a_recording_that_is_not_there_is_not_shown(tmp_path):
    assert heard(ARCHIVE.issues, tmp_path) == {}


def test_a_recording_alone_is_shown_without_what_is_missing(tmp_path):
    put_recordings(tmp_path)
    for name in ("1.vtt", "1.chapters.json"):
        (tmp_path / "audio" / name).unlink()
    found = heard(ARCHIVE.issues, tmp_path)[1]
    assert (found.chapters, found.transcript, found.cues, found.chapters_file) == ((), "", (), "")


@pytest.mark.parametrize("text", ["{", "[]", '{"chapters": [{"title": "a"}]}', '{"chapters": 3}'])
def test_a_broken_list_of_chapters_is_named(tmp_path, text):
    put_recordings(tmp_path)
    (tmp_path / "audio/1.chapters.json").write_text(text)
    with pytest.raises(InputError, match=r"1\.chapters\.json"):
        heard(ARCHIVE.issues, tmp_path)


def test_a_transcript_with_hours_names_and_settings():
    vtt = (
        "WEBVTT - a title\nKind: captions\n\nNOTE nothing\n\nid 1\n"
        "01:02:03.004 --> 01:02:05.000 align:start\n<v Ada>One\ntwo</v>\n\n"
        "00:05.000 --> 00:06.000\r\nthree\r\n"
    )
    assert cues(vtt) == (Mark(3723.004, "One two"), Mark(5.0, "three"))


def test_chapters_without_titles_are_shown_by_their_time(tmp_path):
    put_recordings(tmp_path)
    listed = {"chapters": [{"startTime": 3}]}
    (tmp_path / "audio/1.chapters.json").write_text(json.dumps(listed))
    assert heard(ARCHIVE.issues, tmp_path)[1].chapters == (Mark(3.0, ""),)
