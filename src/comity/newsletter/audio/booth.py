"""Where blocks are spoken: each once, kept until the recording is done.

A block's sound lies in a file named by a digest of everything that decides it: the engine, the
voice, its rate and the words. Whatever ends the work, blocks that are done stay done.
"""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from comity.core.errors import InputError, located
from comity.core.results import brief
from comity.newsletter.audio import sound
from comity.newsletter.audio.blocks import Block, Role
from comity.newsletter.audio.engines import Engine

UNFINISHED = ".part.wav"
SHOWN = 60
"""Characters of a block that an error shows."""
FORMAT = "1"
"""Changes whenever the sound of the same words would."""


@dataclass(frozen=True)
class Booth:
    """A folder of spoken blocks, with the engine that fills it.

    Attributes
    ----------
    folder : made if need be; `clear` removes it.
    engine : who speaks.
    voices : the voice of each role.
    words_per_minute : how fast.
    """

    folder: Path
    engine: Engine
    voices: Mapping[Role, str]
    words_per_minute: int

    def open(self) -> None:
        """Make the folder, and remove what an interruption left half-done."""
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            for left in self.folder.glob(f"*{UNFINISHED}"):
                left.unlink()
        except OSError as error:
            raise InputError(
                "cannot write the recording", file=str(self.folder), found=error.strerror
            ) from error

    def path(self, block: Block) -> Path:
        """Return where a block's sound lies, or will lie."""
        parts = (
            FORMAT,
            self.engine.identity,
            self.voices[block.role],
            str(self.words_per_minute),
            block.said,
        )
        digest = hashlib.sha256("\0".join(parts).encode()).hexdigest()[:32]
        return self.folder / f"{digest}.wav"

    def missing(self, blocks: Iterable[Block]) -> list[Block]:
        """Return blocks that are still to be spoken, each of several equal ones once."""
        waiting = {path: block for block in blocks if not (path := self.path(block)).is_file()}
        return list(waiting.values())

    def speak(self, block: Block) -> Path:
        """Return the file of a block's sound, spoken now unless it was before."""
        path = self.path(block)
        if path.is_file():
            return path
        raw = path.with_suffix(f".raw{UNFINISHED}")
        ready = path.with_suffix(UNFINISHED)
        try:
            with located(place=brief(block.said, SHOWN)):
                self.engine.speak(block.said, self.voices[block.role], self.words_per_minute, raw)
                samples, rate = sound.read(raw)
                samples = sound.trimmed(samples, rate)
            sound.write(ready, sound.at_rate(samples, rate))
            ready.replace(path)
        except OSError as error:
            raise InputError(
                "cannot write the recording", file=str(path), found=error.strerror
            ) from error
        finally:
            raw.unlink(missing_ok=True)
            ready.unlink(missing_ok=True)
        return path

    def clear(self) -> None:
        """Remove everything that was spoken."""
        shutil.rmtree(self.folder, ignore_errors=True)
