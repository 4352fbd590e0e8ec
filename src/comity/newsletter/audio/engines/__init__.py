"""Programs that speak. Each runs as a process of its own behind one small interface."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Protocol

from comity.core.choices import check_choice
from comity.newsletter.audio.engines.espeak import Espeak
from comity.newsletter.audio.engines.piper import Piper
from comity.newsletter.model.publication import Voice


class Engine(Protocol):
    """Speaks one text into one file.

    Attributes
    ----------
    identity : name and version; what the same identity says of the same text may be used again.
    """

    @property
    def identity(self) -> str:
        """Return the engine's name and version."""

    def native(self, language: str) -> str:
        """Return the voice for a language for which the publication names none, or nothing."""

    def speak(self, text: str, voice: str, words_per_minute: int, target: Path) -> None:
        """Write a WAV file in which a voice reads a text.

        Raises `RecordingError` where the program fails, `InputError` where there is no such voice.
        """


ENGINES: Mapping[str, Callable[[str, Path], Engine]] = {"espeak-ng": Espeak, "piper": Piper}
"""Each engine by its name in ``publication.toml``; it is given its program, and the folder in which
relative paths begin."""


def make_engine(voice: Voice, folder: str | Path = ".") -> Engine:
    """Return the engine of a publication; relative paths begin in the publication's folder.

    Raises `InputError` where there is no such engine, or its program is not installed.
    """
    check_choice(voice.engine, ENGINES, "no such engine", "voice.engine")
    program = str(Path(folder) / voice.program) if "/" in voice.program else voice.program
    return ENGINES[voice.engine](program, Path(folder))
