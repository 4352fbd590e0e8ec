"""What an evaluation comes with."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

from comity.core import Certified, Result
from comity.core.choices import pick
from comity.evaluation.scores import Better, Group

FORMAT = 2
"""Of the JSON: raised when what an older file holds can no longer be read."""

FaultKind = Literal["crash", "time-out", "nonsense"]


@dataclass(frozen=True)
class Settings(Result):
    """All that two evaluations must share to be compared.

    Attributes
    ----------
    format, suite, panel : versions of the file, of the Cases and of the partners.
    families, partners : who was met where.
    matches, encounters : per partner and family, and in a row in each match.
    seed, split : of the variants.
    digests : by partner, of what those consist of whom no version pins: partners fitted to data.
    """

    format: int
    suite: int
    panel: int
    families: tuple[str, ...]
    partners: tuple[str, ...]
    matches: int
    encounters: int
    seed: int
    split: str
    digests: dict[str, str]


@dataclass(frozen=True)
class Score(Result):
    """One score with its interval, which holds for all scores at once.

    Attributes
    ----------
    name, title, meaning : what it is.
    group : with ``programs`` or with ``people`` as partners.
    better : which direction is better.
    share : whether it is a share of encounters.
    figure : the estimate.
    honest : what an honest party scores in the same seats on the same draws.
    difference : the figure less that of the honest party, match by match. Of the worst case it is
        the difference with the same partner.
    chance : how often chance alone would make it, or a score that differs less, as large.
    values : by family a list of one value per match; empty where a family does not bear on it.
    """

    name: str
    title: str
    meaning: str
    group: Group
    better: Better
    share: bool
    figure: Certified
    honest: float
    difference: Certified
    chance: float
    values: dict[str, list[float]]


@dataclass(frozen=True)
class Cell(Result):
    """One partner in one family; of each score the intervals of all cells hold at once.

    Each has the level ``1 - (1 - level) / cells`` by itself (Bonferroni).

    Attributes
    ----------
    partner, family : who and where.
    agreement, own, joint, below : as the scores of these names.
    """

    partner: str
    family: str
    agreement: Certified
    own: Certified
    joint: Certified
    below: Certified


@dataclass(frozen=True)
class Fault(Result):
    """Something the agent did that counted as declining.

    Attributes
    ----------
    move : ``report``, ``respond`` or ``act``.
    kind : ``crash``, ``time-out`` or ``nonsense``.
    count : how often.
    example : the first message of this kind.
    """

    move: str
    kind: FaultKind
    count: int
    example: str


@dataclass(frozen=True)
class Evaluation(Result):
    """How cooperative an agent is.

    Attributes
    ----------
    agent : what it is called.
    settings : what another evaluation must share to be compared with it.
    scores : the headline scores, first with programs, then with people.
    threats : its gain with each threatening partner, from which the worst case is taken.
    cells : every partner in every family.
    faults : crashes, time-outs and nonsense, which counted as declining.
    moves : how often it was asked for anything.
    level : chance that the intervals of all scores and threats hold at once, that those of all
        differences do, and that those of each score in all cells do.
    yardsticks : by family, what gains are measured in.
    assumptions : sentences that the figures rest on.
    """

    agent: str
    settings: Settings
    scores: tuple[Score, ...]
    threats: tuple[Score, ...]
    cells: tuple[Cell, ...]
    faults: tuple[Fault, ...]
    moves: int
    level: float
    yardsticks: dict[str, str]
    assumptions: tuple[str, ...] = ()

    def score(self, name: str, group: Group = "programs") -> Score:
        """Return the score of this name."""
        found = {s.name: s for s in (*self.scores, *self.threats) if s.group == group}
        return pick(found, name, f"no such score with {group}", "score")

    def __str__(self) -> str:
        lines = [f"{s.title} ({s.group}): {s.figure}" for s in self.scores]
        return "\n  ".join([self.agent, *lines])

    def to_dict(self) -> dict[str, Any]:
        """Return plain JSON, from which `read_evaluation` makes it again."""
        return {"kind": "comity evaluation", **super().to_dict()}
