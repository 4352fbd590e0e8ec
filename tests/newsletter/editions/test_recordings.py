"""Recordings against what is withheld since they were made."""

from dataclasses import replace

import pytest

from comity.newsletter.audio.chapters import to_json
from comity.newsletter.audio.script import Script
from comity.newsletter.audio.speech.normaliser import Normaliser
from comity.newsletter.audio.timeline import Cue, Timeline
from comity.newsletter.audio.transcript import to_vtt
from comity.newsletter.editions.assemble import assemble
from comity.newsletter.editions.recordings import Recorded
from comity.newsletter.model.columns import Publicity
from comity.newsletter.model.entry import Entry
from comity.newsletter.model.withholding import withhold
from newsletter_small import ARCHIVE, PUBLICATION


def changed(key, **fields):
    """The archive with one entry changed."""
    entries = tuple(replace(e, **fields) if e.id == key else e for e in ARCHIVE.entries)
    return replace(ARCHIVE, entries=entries)


def seen(archive):
    return withhold(PUBLICATION, archive, "public")


def put(folder, archive, number, name=None):
    """Record an issue as it is in an archive, without any sound."""
    view = seen(archive)
    blocks = Script(view, assemble(view, number)).blocks
    timeline = Timeline(tuple(Cue(2.0 * n, 2.0 * n + 1.9, b) for n, b in enumerate(blocks)), 500.0)
    audio = folder / "audio"
    audio.mkdir(exist_ok=True)
    name = name or str(number)
    (audio / f"{name}.mp3").write_bytes(b"sound")
    (audio / f"{name}.vtt").write_text(to_vtt(timeline, "en"), encoding="utf-8")
    (audio / f"{name}.chapters.json").write_text(to_json(timeline, "t", "p"), encoding="utf-8")


def stale(folder, archive):
    view = seen(archive)
    numbers = [issue.number for issue in view.archive.issues]
    editions = {number: assemble(view, number) for number in numbers}
    return Recorded(view, archive, folder).stale(editions, {})


@pytest.fixture
def folder(tmp_path):
    put(tmp_path, ARCHIVE, 1)
    put(tmp_path, ARCHIVE, 2)
    return tmp_path


def test_a_recording_of_what_is_shown_may_be_heard(folder):
    assert stale(folder, ARCHIVE) == {}


@pytest.mark.parametrize("public", [Publicity.NO, Publicity.WITH_EDITS])
def test_an_entry_that_was_withdrawn_silences_its_recording(folder, public):
    found = stale(folder, changed("BBBBBBBBBB", public=public))
    assert set(found) == {"1"}
    assert "comity newsletter audio 1" in str(found["1"])


def test_an_entry_that_became_a_link_silences_the_recording_of_its_text(folder):
    now = changed("BBBBBBBBBB", public=Publicity.LINK_ONLY)
    assert set(stale(folder, now)) == {"1"}
    put(folder, now, 1)
    assert stale(folder, now) == {}


def test_a_title_that_was_withdrawn_may_not_be_named_by_another_issue(folder):
    text = "It answers <@@>(@#BBBBBBBBBB@) well."
    archive = changed("EEEEEEEEEE", summary=text)
    put(folder, archive, 2)
    withdrawn = tuple(
        replace(e, public=Publicity.NO) if e.id == "BBBBBBBBBB" else e for e in archive.entries
    )
    assert "2" in stale(folder, replace(archive, entries=withdrawn))


def test_a_mistake_in_spelling_that_was_mended_silences_nothing(folder):
    assert stale(folder, changed("BBBBBBBBBB", summary="Other words.")) == {}


def test_a_correction_silences_nothing(folder):
    assert stale(folder, replace(ARCHIVE, errata=())) == {}


@pytest.mark.parametrize("name", ["7", "1.fr"])
def test_what_is_not_shown_is_not_heard(folder, name):
    put(folder, ARCHIVE, 1, name)
    assert set(stale(folder, ARCHIVE)) == {name}


def test_files_of_other_names_are_nobodys_recording(folder):
    (folder / "audio/notes.txt").write_text("x")
    assert stale(folder, ARCHIVE) == {}


def test_a_recording_that_somebody_put_there_by_hand_is_taken_as_it_is(tmp_path):
    (tmp_path / "audio").mkdir()
    (tmp_path / "audio/1.mp3").write_bytes(b"spoken by a person")
    assert stale(tmp_path, ARCHIVE) == {}


def test_nothing_is_spoken_to_judge_a_recording(folder, monkeypatch):
    def never(normaliser, text):
        raise AssertionError("something was spoken")

    monkeypatch.setattr(Normaliser, "say", never)
    now = changed("BBBBBBBBBB", public=Publicity.LINK_ONLY)
    assert set(stale(folder, now)) == {"1"}


def test_a_title_that_only_two_cues_together_hold_names_nothing(folder):
    """Words of one cue and the next are no title, though they stand beside each other."""
    withdrawn = replace(
        ARCHIVE,
        entries=(*ARCHIVE.entries, Entry("ZZZZZZZZZZ", "Wolves in council", public=Publicity.NO)),
    )
    file = folder / "audio/2.vtt"

    def tell(*words):
        with file.open("a", encoding="utf-8") as stream:
            for word in words:
                stream.write(f"\n00:08:01.000 --> 00:08:01.500\n<v Host>{word}\n")

    tell("Wolves in", "council")
    assert stale(folder, withdrawn) == {}
    tell("See wolves in  council.")
    assert set(stale(folder, withdrawn)) == {"2"}
