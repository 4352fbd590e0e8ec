"""Samples: what goes in comes out, and silence is where it should be."""

import wave

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from comity.core.errors import InputError
from comity.newsletter.audio import sound
from comity.newsletter.audio.failures import RecordingError
from newsletter_audio import beep


def test_what_is_written_is_read(tmp_path):
    samples = np.arange(-500, 500, dtype=np.int16)
    sound.write(tmp_path / "a.wav", samples, 8000)
    found, rate = sound.read(tmp_path / "a.wav")
    assert rate == 8000
    assert np.array_equal(found, samples)


def test_channels_are_averaged(tmp_path):
    with wave.open(str(tmp_path / "s.wav"), "wb") as file:
        file.setparams((2, 2, 8000, 0, "NONE", ""))
        file.writeframes(np.array([100, 300, -50, 50], "<i2").tobytes())
    assert sound.read(tmp_path / "s.wav")[0].tolist() == [200, 0]


@pytest.mark.parametrize("content", [b"", b"RIFF", b"no sound at all"])
def test_what_is_no_sound_is_named(tmp_path, content):
    (tmp_path / "x.wav").write_bytes(content)
    with pytest.raises(RecordingError, match="left no sound"):
        sound.read(tmp_path / "x.wav")


def test_eight_bits_are_refused(tmp_path):
    with wave.open(str(tmp_path / "x.wav"), "wb") as file:
        file.setparams((1, 1, 8000, 0, "NONE", ""))
        file.writeframes(b"\x80" * 100)
    with pytest.raises(RecordingError, match="16 bits"):
        sound.read(tmp_path / "x.wav")


def test_speech_is_cut_of_silence_but_for_a_margin(tmp_path):
    beep(tmp_path / "b.wav", 0.5, 300, 22_050)
    samples, rate = sound.read(tmp_path / "b.wav")
    found = sound.trimmed(samples, rate)
    assert len(samples) / rate == pytest.approx(0.7, abs=0.001)
    assert len(found) / rate == pytest.approx(0.5 + 2 * sound.MARGIN, abs=0.01)


def test_silence_alone_is_no_speech():
    with pytest.raises(RecordingError, match="silence"):
        sound.trimmed(np.zeros(1000, np.int16), 8000)


def test_another_rate_is_the_same_tone():
    rate, wanted, pitch = 16_000, 22_050, 440
    tone = (8000 * np.sin(2 * np.pi * pitch * np.arange(rate) / rate)).astype(np.int16)
    found = sound.at_rate(tone, rate, wanted)
    assert len(found) == wanted
    peak = int(np.argmax(np.abs(np.fft.rfft(found.astype(float)))))
    assert peak == pitch
    assert sound.at_rate(tone, rate, rate) is tone


def test_loudness_is_the_root_mean_square_of_all_parts():
    parts = [np.full(300, 32_767, np.int16), np.zeros(100, np.int16)]
    assert sound.loudness(parts) == pytest.approx((3 / 4) ** 0.5)
    assert sound.loudness([]) == 0


@given(st.lists(st.integers(-32_767, 32_767), min_size=1, max_size=50), st.floats(0.1, 100))
def test_louder_never_clips(values, factor):
    found = sound.scaled(np.array(values, np.int16), factor).astype(float)
    top = max(map(abs, values))
    applied = min(factor, 32_767 / top) if top else factor
    assert np.abs(found - applied * np.array(values)).max() <= 0.5 + 1e-6


def test_a_disk_without_room_is_named(tmp_path):
    with pytest.raises(InputError, match="cannot write the recording"):
        sound.write(tmp_path / "no" / "folder.wav", np.zeros(10, np.int16))
