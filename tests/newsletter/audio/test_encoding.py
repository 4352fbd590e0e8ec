"""Loudness of what comes out, measured by another filter of ffmpeg than the one that made it."""

import json
import re
import stat
import subprocess
from pathlib import Path

import numpy as np
import pytest

from comity.core.errors import InputError
from comity.newsletter.audio import sound
from comity.newsletter.audio.encoding import TARGET, Ffmpeg
from comity.newsletter.audio.failures import RecordingError

pytestmark = pytest.mark.usefixtures("programs")


def speechlike(seconds: float, gain: float, spikes: float = 0.0, seed: int = 0) -> np.ndarray:
    """Noise in syllables with rests, and spikes that stand out of it."""
    rng = np.random.default_rng(seed)
    count = round(seconds * sound.RATE)
    time = np.arange(count) / sound.RATE
    envelope = np.clip(np.sin(2 * np.pi * 3 * time), 0, 1) * (np.sin(2 * np.pi * 0.2 * time) > -0.5)
    noise = np.convolve(rng.standard_normal(count), np.ones(6) / 6, "same")
    signal = gain * envelope * noise
    at = rng.integers(0, count, round(8 * seconds))
    signal[at] += spikes
    return np.clip(32_767 * signal, -32_767, 32_767).astype(np.int16)


def heard(path: Path) -> tuple[float, float]:
    """Loudness (LUFS) and true peak (dBTP) as loudnorm measures them, which never made them."""
    command = ["ffmpeg", "-hide_banner", "-nostdin", "-i", str(path), "-f", "null"]
    command += ["-af", "loudnorm=print_format=json", "-"]
    told = subprocess.run(command, capture_output=True, text=True, check=True).stderr
    values = json.loads(re.search(r"\{[^{}]*\}", told)[0])
    return float(values["input_i"]), float(values["input_tp"])


@pytest.mark.parametrize(("gain", "spikes"), [(0.02, 0.0), (0.9, 0.0), (0.05, 0.6), (0.1, 0.9)])
def test_every_recording_is_as_loud_as_players_expect(tmp_path, gain, spikes):
    sound.write(tmp_path / "a.wav", speechlike(5, gain, spikes))
    told = Ffmpeg().level(tmp_path / "a.wav", tmp_path / "a.mp3")
    loudness, peak = heard(tmp_path / "a.mp3")
    assert abs(loudness - TARGET) < 1
    assert abs(told.integrated - loudness) < 0.3
    assert peak < 0
    assert abs(told.peak - peak) < 0.5


def test_the_same_sound_makes_the_same_file(tmp_path):
    sound.write(tmp_path / "a.wav", speechlike(3, 0.1, 0.5))
    for name in ("1.mp3", "2.mp3"):
        Ffmpeg().level(tmp_path / "a.wav", tmp_path / name)
    assert (tmp_path / "1.mp3").read_bytes() == (tmp_path / "2.mp3").read_bytes()


def test_a_tone_measures_what_the_standard_says(tmp_path):
    # EBU Tech 3341 (2023), test 1: a sine of 1 kHz at -23 dBFS on one channel is -26.0 LUFS ...
    time = np.arange(20 * sound.RATE) / sound.RATE
    tone = 10 ** (-23 / 20) * np.sin(2 * np.pi * 1000 * time)
    sound.write(tmp_path / "a.wav", (32_767 * tone).astype(np.int16))
    found = Ffmpeg().measure(tmp_path / "a.wav")
    # ... since two channels that are alike add 3.01 LU to -26.0: -23.0.
    assert found.integrated == pytest.approx(-26.0, abs=0.15)
    assert found.peak == pytest.approx(-23.0, abs=0.2)


def test_silence_is_refused(tmp_path):
    sound.write(tmp_path / "a.wav", sound.silence(3))
    with pytest.raises(RecordingError, match="silent"):
        Ffmpeg().level(tmp_path / "a.wav", tmp_path / "a.mp3")


def test_what_is_no_sound_is_refused(tmp_path):
    (tmp_path / "a.wav").write_bytes(b"no sound")
    with pytest.raises(RecordingError, match="measuring loudness failed"):
        Ffmpeg().level(tmp_path / "a.wav", tmp_path / "a.mp3")


def test_an_answer_without_figures_is_refused(tmp_path):
    program = tmp_path / "ffmpeg"
    program.write_text("#!/bin/sh\necho nothing >&2\n")
    program.chmod(program.stat().st_mode | stat.S_IXUSR)
    with pytest.raises(RecordingError, match="no loudness"):
        Ffmpeg(str(program)).measure(tmp_path / "a.wav")


def test_without_ffmpeg_the_error_says_what_to_install(monkeypatch, tmp_path):
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(InputError, match="no ffmpeg; expected apt install ffmpeg"):
        Ffmpeg()
