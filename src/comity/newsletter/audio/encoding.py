"""From samples to an mp3 of even loudness, by ffmpeg in two passes.

Loudness is measured by ITU-R BS.1770-4, as EBU R 128 (2023) asks: in LUFS over the whole recording.
The first pass measures; the second applies one gain to everything. Where that would lift peaks over
the ceiling, a limiter holds those down first, and what it leaves is measured again.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from comity.newsletter.audio.failures import RecordingError, find, run

TARGET = -16.0
"""LUFS that Apple asks of podcasts, within one, with peaks of at most -1 dBTP."""
CEILING = -1.5
"""dBTP that no peak passes before encoding, which may add half a decibel."""
HEADROOM = 1.0
"""dB below the ceiling at which a limiter stops peaks, which lie between samples as well."""
LOST = 1.5
"""LU that speech loses about in the limiter; what it loses beyond that is made up for."""
MOST_ROUNDS = 4
"""Times that the limiter is set anew, until a single gain does the rest."""
LAME = 0.45
"""dB by which LAME makes everything softer: it encodes at a scale of 0.95."""
SILENT = -70.0
"""LUFS below which BS.1770 counts nothing."""
RANGE = 11.0
"""LU between soft and loud that speech stays in."""
BIT_RATE = "64k"
RATE = 44_100
SUMMARY = re.compile(r"^\s+(?:I|Threshold(?=:.*\n\s*\n)|LRA|Peak):\s+(-?[\d.]+)", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Loudness:
    """What a recording measures, in the order in which ffmpeg tells it.

    Attributes
    ----------
    integrated : LUFS over all of it.
    threshold : LUFS below which nothing was counted.
    range : LU between soft and loud.
    peak : dBTP, the highest true peak.
    """

    integrated: float
    threshold: float
    range: float
    peak: float


@dataclass(frozen=True)
class Ffmpeg:
    """The encoder. Making one raises `InputError` where ffmpeg is not installed."""

    program: str = ""

    def __post_init__(self) -> None:
        """Find the program before any work is done."""
        assert self._path

    @cached_property
    def _path(self) -> str:
        return find(self.program or "ffmpeg", "apt install ffmpeg")

    def measure(self, source: Path, before: str = "") -> Loudness:
        """Return the loudness of a file, behind a filter if one is given."""
        told = self._run(
            source, "measuring loudness", "-af", f"{before}ebur128=peak=true", "-f", "null", "-"
        )
        values = [
            float(value)
            for value in SUMMARY.findall(told.rpartition("Summary:")[2].replace("-inf", "-99"))
        ]
        if len(values) != len(Loudness.__slots__):
            raise RecordingError("ffmpeg tells no loudness", found=told[-200:])
        return Loudness(*values)

    def level(self, source: Path, target: Path) -> Loudness:
        """Write an mp3 of the wanted loudness, without tags, and return what the mp3 measures."""
        measured, before, gain = self.measure(source), "", 0.0
        if measured.integrated <= SILENT:
            raise RecordingError("the recording is silent")
        for _ in range(MOST_ROUNDS):
            missing = TARGET + LAME - measured.integrated
            if measured.peak + missing <= CEILING + LAME:
                break
            gain += missing + LOST
            before = _limiter(gain)
            measured = self.measure(source, before)
        self._encode(source, before, measured, target)
        return self.measure(target)

    def _encode(self, source: Path, before: str, measured: Loudness, target: Path) -> None:
        known = {
            "measured_I": measured.integrated,
            "measured_TP": measured.peak,
            "measured_LRA": measured.range,
            "measured_thresh": measured.threshold,
        }
        options = ("-ac", "1", "-ar", str(RATE), "-codec:a", "libmp3lame", "-b:a", BIT_RATE)
        exact = ("-map_metadata", "-1", "-id3v2_version", "0", "-fflags", "+bitexact")
        tail = (*options, *exact, "-flags:a", "+bitexact", "-f", "mp3", str(target))
        self._run(source, "encoding", "-af", _normaliser(before, known), *tail)

    def _run(self, source: Path, what: str, *options: str) -> str:
        start = (self._path, "-hide_banner", "-nostdin", "-y", "-i", str(source))
        return run([*start, *options], what=what).stderr


def _limiter(gain: float) -> str:
    """Return a filter that makes speech louder and holds down the peaks that stand out of it."""
    ceiling = 10 ** ((CEILING - HEADROOM) / 20)
    return f"volume={gain:.2f}dB:precision=double,alimiter=limit={ceiling:.4f}:level=disabled,"


def _normaliser(before: str, known: Mapping[str, float]) -> str:
    given = "".join(f":{name}={value}" for name, value in known.items())
    goal = f"I={TARGET + LAME}:TP={CEILING + LAME}:LRA={RANGE}"
    return f"{before}loudnorm={goal}{given}:linear=true"
