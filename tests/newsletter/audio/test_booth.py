"""Every block is spoken once, whatever happens."""

from dataclasses import replace

import pytest

from comity.core.errors import InputError
from comity.newsletter.audio import sound
from comity.newsletter.audio.blocks import Block, Role
from comity.newsletter.audio.booth import Booth
from comity.newsletter.audio.failures import RecordingError
from newsletter_audio import Beeper

HELLO = Block(Role.HOST, "hello there", "Hello there", 0.5)
VOICES = dict.fromkeys(Role, "low") | {Role.OPINION: "other"}


@pytest.fixture
def booth(tmp_path):
    made = Booth(tmp_path / "work", Beeper(), VOICES, 120)
    made.open()
    return made


def test_a_block_is_spoken_once(booth):
    first, second = booth.speak(HELLO), booth.speak(HELLO)
    assert first == second
    assert booth.engine.spoken == [("low", "hello there")]
    samples, rate = sound.read(first)
    assert len(samples) / rate == pytest.approx(1 + 2 * sound.MARGIN, abs=0.02)


def test_only_what_decides_the_sound_decides_the_file(booth):
    same = replace(HELLO, shown="other", silence=9, chapter="c", role=Role.SUMMARY)
    assert booth.path(same) == booth.path(HELLO)
    others = {
        booth.path(replace(HELLO, said="hello")),
        booth.path(replace(HELLO, role=Role.OPINION)),
        replace(booth, words_per_minute=100).path(HELLO),
        replace(booth, engine=Beeper("beeper 2")).path(HELLO),
    }
    assert len(others | {booth.path(HELLO)}) == 5


def test_what_is_missing_is_named_once(booth):
    other = replace(HELLO, said="bye")
    assert booth.missing([HELLO, other, HELLO]) == [HELLO, other]
    booth.speak(HELLO)
    assert booth.missing([HELLO, other, HELLO]) == [other]


def test_other_rates_become_ours(tmp_path):
    booth = Booth(tmp_path, Beeper(rate=16_000), VOICES, 120)
    booth.open()
    samples, rate = sound.read(booth.speak(HELLO))
    assert rate == sound.RATE
    assert len(samples) / rate == pytest.approx(1 + 2 * sound.MARGIN, abs=0.02)


class Mute(Beeper):
    """Leaves a file of silence."""

    def speak(self, text, voice, words_per_minute, target):
        sound.write(target, sound.silence(1))


def test_nothing_half_done_is_left(tmp_path):
    booth = Booth(tmp_path, Mute(), VOICES, 120)
    booth.open()
    with pytest.raises(RecordingError, match="hello there: the voice left silence"):
        booth.speak(HELLO)
    assert list(tmp_path.iterdir()) == []


def test_leftovers_of_a_kill_are_removed(booth):
    done = booth.speak(HELLO)
    (booth.folder / "abc.raw.part.wav").write_bytes(b"half")
    booth.open()
    assert list(booth.folder.iterdir()) == [done]
    booth.clear()
    assert not booth.folder.exists()


def test_a_folder_that_cannot_be_made_is_named(tmp_path):
    (tmp_path / "file").write_text("x")
    with pytest.raises(InputError, match="cannot write the recording"):
        Booth(tmp_path / "file" / "work", Beeper(), VOICES, 120).open()
