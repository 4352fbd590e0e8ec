"""Members: explanations with their parameters, which say how likely every choice is."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

from comity.inference.evidence.situations import Situation
from comity.inference.evidence.table import Evidence
from comity.inference.explanations.explanation import Explanation


@dataclass(frozen=True, eq=False)
class Member:
    """One fully stated way in which people may decide.

    Attributes
    ----------
    explanation : motive and procedure.
    parameters : a value for each parameter that the explanation leaves open.
    name : for tables; the explanation's name unless given.
    """

    explanation: Explanation
    parameters: Mapping[str, float] = field(default_factory=dict)
    name: str = ""

    def __post_init__(self) -> None:
        if not self.name:
            object.__setattr__(self, "name", self.explanation.name)

    def predict(self, evidence: Evidence) -> np.ndarray:
        """Return the probability of every option of every row, shape (N, K)."""
        return self.explanation.predict(self.parameters, evidence)


def one_decision_each(situations: Sequence[Situation]) -> Evidence:
    """Return a table in which one person meets each situation once, with unrelated decisions.

    It serves to ask explanations what they say; its choices mean nothing.
    """
    count = len(situations)
    zeros = np.zeros(count, int)
    return Evidence(tuple(situations), ("somebody",), zeros, np.arange(count), zeros)


def choice_tables(members: Sequence[Member], situations: Sequence[Situation]) -> np.ndarray:
    """Return how likely each member makes each option, shape (members, situations, options).

    Every situation is met afresh; procedures that look back are at the start of a sequence.
    """
    asked = one_decision_each(situations)
    return np.stack([member.predict(asked) for member in members])
