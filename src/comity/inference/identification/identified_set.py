"""Sets of parameters that behaviour leaves open, in two kinds that are never called alike.

An `IdentifiedSet` is what even endless data would leave open (Manski 2003, *Partial Identification
of Probability Distributions*). A `ConfidencePolyhedron` is what the data at hand leave open, at a
level.
"""

from __future__ import annotations

from dataclasses import dataclass

from comity.core import InputError
from comity.inference.identification.geometry import THINNEST
from comity.inference.identification.polyhedron import Polyhedron


@dataclass(frozen=True, eq=False)
class IdentifiedSet(Polyhedron):
    """All parameters that give the observed distribution of play, in the population.

    Attributes
    ----------
    never_identified : what no play of this kind can tell, whatever is observed.

    See `Polyhedron` for the rest. A coordinate with equal bounds is point identified.
    """

    never_identified: tuple[str, ...] = ()

    def _notes(self) -> tuple[str, ...]:
        return (*(f"never identified: {what}" for what in self.never_identified), *self.assumptions)

    @property
    def point_identified(self) -> tuple[str, ...]:
        """Return the names of the coordinates on which all members agree (to 1e-7)."""
        width = self.bounds[:, 1] - self.bounds[:, 0]
        return tuple(n for n, w in zip(self.names, width, strict=True) if w <= THINNEST)


@dataclass(frozen=True, eq=False)
class ConfidencePolyhedron(Polyhedron):
    """A polyhedron that holds every member of the identified set with a probability.

    Attributes
    ----------
    level : the least chance that it does, before the data are seen.
    method : how it was made, in words a reader can check.
    never_identified : what no play of this kind can tell, whatever is observed.
    """

    level: float = 0.95
    method: str = ""
    never_identified: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if not 0 < self.level < 1:
            raise InputError("out of range", place="level", found=self.level, expected="(0, 1)")

    def _notes(self) -> tuple[str, ...]:
        kept = f"holds the identified set in {self.level:.0%} of samples ({self.method})"
        never = (f"never identified: {what}" for what in self.never_identified)
        return (kept, *never, *self.assumptions)
