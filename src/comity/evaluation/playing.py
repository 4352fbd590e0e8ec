"""Every partner and every match, on the same draws for every agent."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from comity.agreement.parties import PartyBehaviour, Past
from comity.evaluation.encounter import Met, Stage
from comity.evaluation.panel import ENCOUNTERS, Partner
from comity.evaluation.suite.family import Family, Split
from comity.evaluation.yardsticks import YARDSTICKS
from comity.games import Game

FIGURES = ("agreed", "own", "joint", "other", "below", "harm")
"""What is kept of each encounter; `Record` says what they are."""

Progress = Callable[[str, float], None]


@dataclass(frozen=True)
class Record:
    """What one agent met with: arrays of shape (P, F, M, E).

    P partners, F families, M matches and E encounters of each match. Gains are true, over the
    default rules, in shares of the yardstick of the family.

    Attributes
    ----------
    agreed : 1 where all accepted.
    own : the agent's gain; 1 is an equal share of the yardstick.
    joint : the gain of all; 1 is the yardstick.
    other : the mean gain of its partners; 1 is an equal share.
    below : 1 where an agreement left the agent below its default.
    harm : loss of all bystanders, 1 is the yardstick; ``nan`` where there is none.
    """

    agreed: np.ndarray
    own: np.ndarray
    joint: np.ndarray
    other: np.ndarray
    below: np.ndarray
    harm: np.ndarray


@dataclass(frozen=True)
class Schedule:
    """What is played: everything but who plays it.

    Attributes
    ----------
    partners, families : who is met where.
    matches : of each partner in each family.
    seed, split : of the variants.
    """

    partners: tuple[Partner, ...]
    families: tuple[Family, ...]
    matches: int
    seed: int
    split: Split

    @property
    def size(self) -> int:
        """Number of encounters of one agent."""
        return len(self.partners) * len(self.families) * self.matches * ENCOUNTERS


def play(
    schedule: Schedule, agents: Sequence[PartyBehaviour], progress: Progress | None = None
) -> list[Record]:
    """Return the record of each agent, all on the same draws.

    The agent's seat goes round from match to match; all other seats are the partner's.
    """
    shape = (len(schedule.partners), len(schedule.families), schedule.matches, ENCOUNTERS)
    kept = [{name: np.full(shape, np.nan) for name in FIGURES} for _ in agents]
    places = list(itertools.product(range(shape[1]), range(shape[2])))
    for done, (f, m) in enumerate(places):
        family = schedule.families[f]
        if progress:
            words = f"{family.title.lower()}, match {m + 1} of {schedule.matches}"
            progress(words, done / len(places))
        match = _Match.of(schedule, family, m)
        for p, partner in enumerate(schedule.partners):
            for agent, arrays in zip(agents, kept, strict=True):
                for name, values in match.play(agent, partner).items():
                    arrays[name][p, f, m] = values
    return [Record(**arrays) for arrays in kept]


@dataclass(frozen=True)
class _Match:
    """Some encounters in a row of one agent, in one seat, with one partner in all others."""

    family: Family
    stages: tuple[Stage, ...]
    seat: str
    seed: int
    stated: dict[tuple[str, str, int], Game | None]

    @classmethod
    def of(cls, schedule: Schedule, family: Family, number: int) -> _Match:
        numbers = range(number * ENCOUNTERS, (number + 1) * ENCOUNTERS)
        stages = tuple(Stage(family.variant(k, schedule.seed, schedule.split)) for k in numbers)
        names = stages[0].table.names
        return cls(family, stages, names[number % len(names)], stages[0].variant.seed, {})

    def play(self, agent: PartyBehaviour, partner: Partner) -> dict[str, list[float]]:
        """Return each figure by encounter."""
        history: list[Past] = []
        found: dict[str, list[float]] = {name: [] for name in FIGURES}
        for e, stage in enumerate(self.stages):
            contexts = stage.contexts(history, len(self.stages) - 1 - e)
            behaviours = {
                party.name: agent
                if party.name == self.seat
                else partner.make(party, stage.table.constitution, self.seed)
                for party in stage.variant.case.parties
            }
            known = self._known(e, partner, behaviours, contexts)
            met = stage.meet(behaviours, contexts, known)
            history.append(met.past)
            for name, value in self._figures(stage, met).items():
                found[name].append(value)
        return found

    def _known(
        self,
        encounter: int,
        partner: Partner,
        behaviours: Mapping[str, PartyBehaviour],
        contexts: Mapping,
    ) -> dict[str, Game | None]:
        """Return the reports of a partner that do not depend on whom it meets."""
        if partner.report_by_history:
            return {}
        others = [name for name in behaviours if name != self.seat]
        for name in others:
            key = (partner.name, name, encounter)
            if key not in self.stated:
                self.stated[key] = behaviours[name].report(contexts[name])
        return {name: self.stated[partner.name, name, encounter] for name in others}

    def _figures(self, stage: Stage, met: Met) -> dict[str, float]:
        place = stage.table.names.index(self.seat)
        whole = YARDSTICKS[self.family.name].value
        equal = whole / self.family.parties
        own = float(met.gains[place])
        agreed = met.status == "agreed"
        return {
            "agreed": float(agreed),
            "own": own / equal,
            "joint": float(met.gains.sum()) / whole,
            "other": float(np.delete(met.gains, place).mean()) / equal,
            "below": float(agreed and own < -1e-9),
            "harm": -float(met.effects.sum()) / whole if met.effects.size else float("nan"),
        }
