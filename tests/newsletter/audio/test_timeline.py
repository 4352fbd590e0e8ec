"""When everything is heard, measured on the sound itself."""

from dataclasses import replace

import numpy as np
import pytest

from comity.newsletter.audio import sound
from comity.newsletter.audio.blocks import Block, Role
from comity.newsletter.audio.booth import Booth
from comity.newsletter.audio.timeline import LEAD, Chapter, stitch
from newsletter_audio import Beeper

BLOCKS = (
    Block(Role.HOST, "one two three four", "One", 0.5, "Start", "https://a.org"),
    Block(Role.SUMMARY, "five six", "Two", 1.0),
    Block(Role.OPINION, "seven eight nine", "Three", 0.75, "End"),
)
VOICES = {role: role.value for role in Role}


@pytest.fixture
def stitched(tmp_path):
    booth = Booth(tmp_path / "w", Beeper(), VOICES, 120)
    booth.open()
    timeline = stitch(BLOCKS, booth.speak, tmp_path / "all.wav")
    return timeline, sound.read(tmp_path / "all.wav")[0]


def test_times_follow_from_words_and_silences(stitched):
    timeline, samples = stitched
    lengths = [len(block.said.split()) / 2 + 2 * sound.MARGIN for block in BLOCKS]
    moment = LEAD
    for cue, length, block in zip(timeline.cues, lengths, BLOCKS, strict=True):
        assert cue.start == pytest.approx(moment, abs=0.02)
        assert cue.end == pytest.approx(moment + length, abs=0.02)
        moment = cue.end + block.silence
    assert timeline.seconds == pytest.approx(moment, abs=1e-3)
    assert timeline.seconds == len(samples) / sound.RATE


def test_there_is_sound_in_cues_and_silence_between(stitched):
    timeline, samples = stitched
    loud = np.abs(samples) > 300
    spoken = np.zeros(len(samples), bool)
    for cue in timeline.cues:
        spoken[round(cue.start * sound.RATE) : round(cue.end * sound.RATE)] = True
        middle = slice(round((cue.start + 0.05) * sound.RATE), round((cue.end - 0.05) * sound.RATE))
        assert loud[middle].mean() > 0.8
    assert not loud[~spoken].any()


def test_chapters_fill_the_whole(stitched):
    timeline, _ = stitched
    second = timeline.cues[2].start
    assert timeline.chapters == (
        Chapter(0.0, second, "Start", "https://a.org"),
        Chapter(second, timeline.seconds, "End"),
    )


class Uneven(Beeper):
    """Speaks opinions at a tenth of the loudness."""

    def speak(self, text, voice, words_per_minute, target):
        self.gain = 0.03 if voice == "opinion" else 0.3
        super().speak(text, voice, words_per_minute, target)


def test_voices_are_equally_loud(tmp_path):
    booth = Booth(tmp_path / "w", Uneven(), VOICES, 120)
    booth.open()
    timeline = stitch(BLOCKS, booth.speak, tmp_path / "all.wav")
    samples = sound.read(tmp_path / "all.wav")[0]
    levels = [
        sound.loudness([samples[round(c.start * sound.RATE) : round(c.end * sound.RATE)]])
        for c in timeline.cues
    ]
    assert max(levels) == pytest.approx(min(levels), rel=0.05)


def test_equal_blocks_are_heard_twice(tmp_path):
    booth = Booth(tmp_path / "w", Beeper(), VOICES, 120)
    booth.open()
    again = (BLOCKS[0], replace(BLOCKS[0], silence=0.1))
    timeline = stitch(again, booth.speak, tmp_path / "all.wav")
    assert len(booth.engine.spoken) == 1
    assert timeline.cues[1].start > timeline.cues[0].end
