"""When everything of a recording is heard: cues, chapters, and the whole sound."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from comity.newsletter.audio import sound
from comity.newsletter.audio.blocks import Block, Role

LEAD = 0.5
"""Seconds of silence before the first word."""


@dataclass(frozen=True, slots=True)
class Cue:
    """A block with the moments, in seconds, at which its words begin and end."""

    start: float
    end: float
    block: Block


@dataclass(frozen=True, slots=True)
class Chapter:
    """A part of the recording that players can jump to."""

    start: float
    end: float
    title: str
    address: str = ""


@dataclass(frozen=True)
class Timeline:
    """Cues in order, and how long the recording is."""

    cues: tuple[Cue, ...]
    seconds: float

    @property
    def chapters(self) -> tuple[Chapter, ...]:
        """Chapters in order, each up to the next."""
        begun = [cue for cue in self.cues if cue.block.chapter]
        starts = [cue.start if n else 0.0 for n, cue in enumerate(begun)]
        ends = [*starts[1:], self.seconds]
        return tuple(
            Chapter(start, end, cue.block.chapter, cue.block.address)
            for start, end, cue in zip(starts, ends, begun, strict=True)
        )


def stitch(blocks: Sequence[Block], spoken: Callable[[Block], Path], target: Path) -> Timeline:
    """Write all blocks with their silences into one WAV file, and return when each is heard.

    Voices are made equally loud, each by one factor for all that it says. Time and memory grow
    with one block at a time.
    """
    factors = _factors(blocks, spoken)
    cues: list[Cue] = []
    written = 0
    with sound.writing(target) as file:
        lead = sound.silence(LEAD)
        file.writeframes(lead.tobytes())
        written += lead.size
        for block in blocks:
            samples = sound.scaled(sound.read(spoken(block))[0], factors[block.role])
            rest = sound.silence(block.silence)
            file.writeframes(samples.astype("<i2").tobytes() + rest.tobytes())
            cues.append(Cue(written / sound.RATE, (written + samples.size) / sound.RATE, block))
            written += samples.size + rest.size
    return Timeline(tuple(cues), written / sound.RATE)


def _factors(blocks: Sequence[Block], spoken: Callable[[Block], Path]) -> Mapping[Role, float]:
    """Return by how much each voice is made louder or softer to equal the first one."""
    levels = {
        role: sound.loudness(sound.read(spoken(b))[0] for b in blocks if b.role is role)
        for role in dict.fromkeys(block.role for block in blocks)
    }
    first = next(iter(levels.values()), 0.0)
    return {role: first / level if level else 1.0 for role, level in levels.items()}
