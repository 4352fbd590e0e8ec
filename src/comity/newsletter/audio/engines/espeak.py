"""espeak-ng: small, quick, with a hundred languages; in Debian, Fedora, Homebrew and elsewhere."""

from __future__ import annotations

import re
from functools import cached_property
from pathlib import Path

from comity.core.errors import InputError
from comity.newsletter.audio.failures import RecordingError, find, run

NAME = "espeak-ng"
VOICE = re.compile(r"[\w()./+-]{1,64}")


class Espeak:
    """Speaks by espeak-ng.

    Parameters
    ----------
    program : path of the program, or nothing where it is on the PATH.
    folder : not used: its voices have names.
    """

    def __init__(self, program: str = "", folder: Path = Path()) -> None:
        self._program = find(program or NAME, "apt install espeak-ng, or the path in voice.program")

    @cached_property
    def identity(self) -> str:
        """Name and version."""
        told = run([self._program, "--version"], what="asking espeak-ng for its version").stdout
        version = re.search(r"\d+(?:\.\d+)+\S*", told)
        return f"{NAME} {version[0] if version else ''}".strip()

    def native(self, language: str) -> str:
        """Return the language itself, which espeak-ng takes for a voice."""
        return language.lower()

    def speak(self, text: str, voice: str, words_per_minute: int, target: Path) -> None:
        """Write a WAV file in which a voice reads a text."""
        if not VOICE.fullmatch(voice) or voice.startswith("-"):
            raise InputError("no such voice", found=voice, expected="as en-us or en-us+f3")
        # Doubled brackets would be taken for phonemes.
        plain = text.replace("[[", " ").replace("]]", " ")
        command = [self._program, "-b", "1", "-v", voice, "-s", str(words_per_minute)]
        try:
            run([*command, "--stdin", "-w", str(target)], given=plain, what="speaking")
        except RecordingError as error:
            if "voice does not exist" in str(error.found):
                raise InputError(
                    "espeak-ng has no such voice",
                    found=voice,
                    expected="one that espeak-ng --voices lists",
                ) from error
            raise
