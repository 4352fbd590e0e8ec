"""All that is computed once: the people, every rule on every pair of reports, the intervals."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import numpy as np
from casino_intervals import Bootstrap, Estimate
from casino_lies import Lies, certain, honest_points, lies_under
from casino_people import People, read_people
from casino_rules import NASH, RULES, Figures, Rule, enumeration, figures, worth

KNOWN = "the truth"
LESS = 1e-9


@dataclass(frozen=True)
class Study:
    """What the tables are made of.

    Attributes
    ----------
    people : two rows a dialogue.
    points : by rule, what it gives: [role, true type, own report, the other's report].
    figures : by rule, under uniform pairs of rankings.
    bootstrap : over dialogues.
    seed : of folds and of the bootstrap.
    """

    people: People
    points: Mapping[Rule, np.ndarray]
    figures: Mapping[Rule, Figures]
    bootstrap: Bootstrap
    seed: int

    @classmethod
    def of(cls, folder: Path, seed: int) -> Study:
        """Read the people in a folder and settle every pair of reports by every rule."""
        people = read_people(folder, seed)
        found = {rule: enumeration(rule) for rule in RULES}
        return cls(
            people,
            {rule: worth(each) for rule, each in found.items()},
            {rule: figures(each) for rule, each in found.items()},
            Bootstrap(len(people.walked), seed),
            seed,
        )

    def honest(self, rule: Rule = NASH) -> np.ndarray:
        """Return points per person if all are honest."""
        return honest_points(self.points[rule], self.people)

    def lies(self, rule: Rule, belief: str) -> Lies:
        """Return what everyone reports under a rule, believing this of the other."""
        held = certain(self.people) if belief == KNOWN else self.people.beliefs[belief]
        return lies_under(self.points[rule], self.people, held)

    def change(self, rule: Rule = NASH) -> np.ndarray:
        """Return honest points under the rule less what the person scored."""
        return self.honest(rule) - self.people.points

    def worse(self, rule: Rule = NASH) -> np.ndarray:
        """Return who would get less than it scored."""
        return self.change(rule) < -LESS

    def joint_lower(self, rule: Rule = NASH) -> np.ndarray:
        """Return in which dialogues the two scored more together than the rule would give."""
        return self.change(rule).reshape(-1, 2).sum(axis=1) < -LESS

    def mean(self, values: np.ndarray, among: np.ndarray | None = None) -> Estimate:
        """Return a mean over people or dialogues with its interval."""
        return self.bootstrap.mean(values, among)

    @cached_property
    def walked(self) -> np.ndarray:
        """Whether a person's talk ended without a deal."""
        return np.repeat(self.people.walked, 2)
