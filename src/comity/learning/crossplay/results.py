"""What cross-play finds, each figure with its certificate."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from comity.core.certified import Certified
from comity.core.results import Result
from comity.learning.policies.protocol import Kind


@dataclass(frozen=True)
class Met(Result):
    """How a group did with one partner that none of it was trained with."""

    partner: str
    kind: Kind
    score: Certified


@dataclass(frozen=True, eq=False)
class Group(Result):
    """Agents that learned in the same way from different seeds.

    Attributes
    ----------
    name, members : of the group, and of its agents.
    self_play : mean score of each with itself.
    cross_play : mean score over all pairs of two different members.
    gap : self-play less cross-play: what rests on conventions that one run made up.
    regret : the best that any joint policy could get, less cross-play; where that is known.
    met : scores with partners from outside, program partners and human models apart by kind.
    worst : the lowest of them, over partners; its interval allows for the choice.
    """

    name: str
    members: tuple[str, ...]
    self_play: Certified
    cross_play: Certified
    gap: Certified
    regret: Certified
    met: tuple[Met, ...] = ()
    worst: Met | None = None


@dataclass(frozen=True, eq=False)
class CrossPlay(Result):
    """Scores of all with all.

    Attributes
    ----------
    environment, variant : the game exactly.
    names : agents, one row and one column each, then partners, one column each.
    kinds : of all of these.
    matrix : mean score of the row's agent in one seat with the column's in all others, over all
        seats it can take, shape (agents, agents + partners).
    errors : standard errors over games, the same shape.
    groups : agents by how they learned.
    optimum : the best mean score of any joint policy, where it is known.
    games : played for each choice of seats.
    assumptions : what the figures rest on.
    """

    environment: str
    variant: Mapping[str, Any]
    names: tuple[str, ...]
    kinds: tuple[Kind, ...]
    matrix: np.ndarray
    errors: np.ndarray = field(repr=False)
    groups: tuple[Group, ...]
    optimum: Certified
    games: int
    seed: int
    level: float
    assumptions: tuple[str, ...]

    def group(self, name: str) -> Group:
        """Return a group by its name."""
        return next(group for group in self.groups if group.name == name)
