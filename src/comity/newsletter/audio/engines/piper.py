"""Piper: neural voices that run on a plain CPU, as a program of its own.

A voice is a file ``NAME.onnx`` with ``NAME.onnx.json`` beside it. Piper takes no rate in words but
a factor on the length of sounds; its voices read about 165 words a minute where that is 1.
"""

from __future__ import annotations

from pathlib import Path

from comity.core.errors import InputError
from comity.newsletter.audio.failures import find, run

NAME = "piper"
USUAL_RATE = 165
"""Words a minute at length scale 1."""


class Piper:
    """Speaks by Piper.

    Parameters
    ----------
    program : path of the program, or nothing where it is on the PATH.
    folder : where the paths of voices begin.
    """

    def __init__(self, program: str = "", folder: Path = Path()) -> None:
        self._folder = folder
        self._program = find(
            program or NAME, "Piper (pip install piper-tts, apart from comity), or voice.program"
        )

    @property
    def identity(self) -> str:
        """Name; not all of Piper's releases tell their version."""
        return NAME

    def native(self, language: str) -> str:
        """Return nothing: each of Piper's voices is a file that somebody chose."""
        return ""

    def speak(self, text: str, voice: str, words_per_minute: int, target: Path) -> None:
        """Write a WAV file in which a voice reads a text."""
        model = self._folder / voice
        if not model.is_file():
            raise InputError(
                "no such voice",
                found=voice,
                expected="the path of a Piper voice, as en_US-lessac-medium.onnx",
            )
        command = [self._program, "--model", str(model), "--output_file", str(target)]
        scale = f"{USUAL_RATE / words_per_minute:.3f}"
        run([*command, "--length_scale", scale], given=f"{text}\n", what="speaking")
