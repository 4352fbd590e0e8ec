"""Sound as samples: read, cut of the silence around speech, and put together."""

from __future__ import annotations

import wave
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from math import gcd
from pathlib import Path
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from comity.core.errors import InputError
from comity.newsletter.audio.failures import RecordingError

Samples: TypeAlias = NDArray[np.int16]

RATE = 22_050
"""Samples a second of a recording before it is encoded: what espeak-ng and Piper speak at."""
QUIET = 0.01
"""Share of full scale below which nobody hears speech."""
MARGIN = 0.03
"""Seconds kept around speech, so that no consonant is cut."""
PEAK = 32_767


def read(path: Path) -> tuple[Samples, int]:
    """Return the samples of a WAV file of 16 bits, its channels averaged, and their rate.

    Raises `RecordingError` where it is none, which is what an engine leaves that failed quietly.
    """
    try:
        with wave.open(str(path), "rb") as file:
            channels, width, rate = file.getnchannels(), file.getsampwidth(), file.getframerate()
            raw = file.readframes(file.getnframes())
    except (OSError, EOFError, wave.Error) as error:
        raise RecordingError("the voice left no sound", found=str(error)) from error
    if width != 2 or not rate:
        raise RecordingError("the voice left no sound of 16 bits", found=f"{8 * width} bits")
    whole = np.frombuffer(raw[: len(raw) // (2 * channels) * 2 * channels], "<i2")
    if channels > 1:
        whole = whole.reshape(-1, channels).mean(axis=1).astype(np.int16)
    return whole.astype(np.int16), rate


def write(path: Path, samples: Samples, rate: int = RATE) -> None:
    """Write samples as a WAV file of one channel; `InputError` where the disk is full."""
    with writing(path, rate) as file:
        file.writeframes(samples.astype("<i2").tobytes())


@contextmanager
def writing(path: Path, rate: int = RATE) -> Iterator[wave.Wave_write]:
    """Open a WAV file to write; one that cannot be written whole is removed."""
    try:
        with path.open("wb") as stream, wave.open(stream, "wb") as file:
            file.setnchannels(1)
            file.setsampwidth(2)
            file.setframerate(rate)
            yield file
    except OSError as error:
        path.unlink(missing_ok=True)
        raise InputError(
            "cannot write the recording",
            file=str(path),
            found=error.strerror,
            expected="room on the disk",
        ) from error


def trimmed(samples: Samples, rate: int) -> Samples:
    """Return speech without the silence before and after it.

    Raises `RecordingError` where there is no speech.
    """
    loud = np.flatnonzero(np.abs(samples.astype(np.int32)) > QUIET * PEAK)
    if not loud.size:
        raise RecordingError("the voice left silence")
    margin = round(MARGIN * rate)
    return samples[max(0, int(loud[0]) - margin) : int(loud[-1]) + margin + 1]


def at_rate(samples: Samples, rate: int, wanted: int = RATE) -> Samples:
    """Return the same sound at another rate (polyphase filter of SciPy)."""
    if rate == wanted:
        return samples
    from scipy.signal import resample_poly

    common = gcd(rate, wanted)
    found = resample_poly(samples.astype(np.float64), wanted // common, rate // common)
    return np.clip(np.rint(found), -PEAK, PEAK).astype(np.int16)


def silence(seconds: float, rate: int = RATE) -> Samples:
    """Return silence."""
    return np.zeros(round(seconds * rate), np.int16)


def loudness(parts: Iterable[Samples]) -> float:
    """Return the root mean square of sounds together, as a share of full scale."""
    total, count = 0.0, 0
    for part in parts:
        total += float(np.square(part.astype(np.float64)).sum())
        count += part.size
    return (total / count) ** 0.5 / PEAK if count else 0.0


def scaled(samples: Samples, factor: float) -> Samples:
    """Return sound made louder or softer; never so loud that it clips."""
    top = float(np.abs(samples.astype(np.int32)).max(initial=0))
    safe = min(factor, PEAK / top) if top else factor
    return np.rint(samples * safe).astype(np.int16)
