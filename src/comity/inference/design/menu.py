"""Which question of a menu to ask next: by what it teaches, by what it is worth, at what cost."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np

from comity.core import Certified, InputError, Result, check_choice
from comity.core.randomness import Rng, as_generator
from comity.games.validation import check_names
from comity.inference.design.answers import checked_prior
from comity.inference.design.information import Information, expected_information
from comity.inference.design.value import Value, value_of_information
from comity.inference.design.worst_case import WorstCase, worst_case_regret
from comity.inference.evidence.situations import Situation
from comity.inference.explanations.member import Member
from comity.inference.identification.equivalence import Equivalence, observationally_equivalent
from comity.inference.shift.predictions import Draws, Predictions, predict_members

Aim = Literal["information", "parameters", "value", "regret"]
AIMS: dict[Aim, str] = {
    "information": "nats about the members",
    "parameters": "nats about the parameters of each member",
    "value": "payoff expected beyond that of deciding now",
    "regret": "fall of the worst-case regret",
}
MOST_SHOWN = 12
NEAR = 1e-9


@dataclass(frozen=True, eq=False)
class Question:
    """A situation that could be put to people.

    Attributes
    ----------
    name : of the question; the situation's own name unless given.
    situation : what people would decide.
    cost : of one answer, in any unit; above 0.
    """

    situation: Situation
    name: str = ""
    cost: float = 1.0

    def __post_init__(self) -> None:
        if not self.name:
            object.__setattr__(self, "name", self.situation.name)
        if not (np.isfinite(self.cost) and self.cost > 0):
            raise InputError(
                "not a cost", place=self.name, found=self.cost, expected="a number above 0"
            )


@dataclass(frozen=True, eq=False)
class Menu(Result):
    """What the questions of a menu would do for whoever asks.

    Attributes
    ----------
    questions, members : names, Q and M of them.
    people : how many would answer the question.
    costs : shape (Q,), of all answers to each question.
    information : by question, what the answers are expected to teach.
    value : by question, what they are worth for the decision at hand; empty without one.
    worst : by question, the regret that can be guaranteed after them; empty without a decision.
    equivalence : which members no question on this menu can tell apart.
    predictions : how likely every member finds each option of every question.
    """

    questions: tuple[str, ...]
    members: tuple[str, ...]
    people: int
    costs: np.ndarray
    information: tuple[Information, ...]
    value: tuple[Value, ...]
    worst: tuple[WorstCase, ...]
    equivalence: Equivalence
    predictions: Predictions

    @property
    def alike(self) -> tuple[tuple[str, ...], ...]:
        """Groups of members that no question on this menu can tell apart."""
        return tuple(group for group in self.equivalence.classes if len(group) > 1)

    def figures(self, aim: Aim = "information") -> tuple[Certified, ...]:
        """Return by question what it does towards an aim; see `AIMS`."""
        check_choice(aim, AIMS, "no such aim", "aim")
        if aim == "information":
            return tuple(found.about_members for found in self.information)
        if aim == "parameters":
            return tuple(found.about_parameters for found in self.information)
        if not self.value:
            raise InputError(
                "no decision was given", place="aim", found=aim, expected="information"
            )
        if aim == "value":
            return tuple(found.value for found in self.value)
        return tuple(_fall(found) for found in self.worst)

    def per_cost(self, aim: Aim = "information") -> np.ndarray:
        """Return what each question does towards an aim per unit of cost, shape (Q,)."""
        return np.array([figure.value for figure in self.figures(aim)]) / self.costs

    def ranking(self, aim: Aim = "information", per_cost: bool = False) -> tuple[str, ...]:
        """Return the questions from best to worst; those of equal merit as they stood.

        Questions whose figure is not known come last.
        """
        merit = self._merit(aim, per_cost)
        order = np.argsort(-np.where(np.isnan(merit), -np.inf, merit), kind="stable")
        return tuple(self.questions[q] for q in order)

    def best(self, aim: Aim = "information", per_cost: bool = False) -> tuple[str, ...]:
        """Return the questions that are best or cannot be told from the best; none if all idle.

        Simulated figures tie where their intervals meet.
        """
        merit = self._merit(aim, per_cost)
        if not (merit > NEAR).any():
            return ()
        figures, top = self.figures(aim), int(np.nanargmax(merit))
        unit = self.costs if per_cost else np.ones(len(self.costs))
        least = _low(figures[top]) / unit[top]
        return tuple(
            name
            for name, figure, scale in zip(self.questions, figures, unit, strict=True)
            if _high(figure) / scale >= least - NEAR * (1 + abs(least))
        )

    def _merit(self, aim: Aim, per_cost: bool) -> np.ndarray:
        merit = np.array([figure.value for figure in self.figures(aim)])
        return np.round(merit / self.costs if per_cost else merit, 12)

    def _aims(self) -> list[Aim]:
        """Return the aims that are worth a line."""
        found: list[Aim] = ["information"]
        if any(figure.value > NEAR for figure in self.figures("parameters")):
            found.append("parameters")
        return found + (["value", "regret"] if self.value else [])

    def __str__(self) -> str:
        lines = [f"Menu of {len(self.questions)} questions to {self.people}"]
        for aim in self._aims():
            names = self.best(aim)
            found = dict(zip(self.questions, self.figures(aim), strict=True))
            if not names:
                lines.append(f"  no question adds {AIMS[aim]}")
                continue
            tied = f" (tied with {len(names) - 1} more)" if len(names) > 1 else ""
            lines.append(f"  most {AIMS[aim]}: {names[0]}, {found[names[0]]}{tied}")
        lines += [
            f"  no question on this menu can tell apart: {', '.join(group)}"
            for group in self.alike[:MOST_SHOWN]
        ]
        return "\n".join(lines)


def rank_questions(
    questions: Sequence[Question],
    members: Sequence[Member],
    prior: Sequence[float] | np.ndarray | None = None,
    *,
    draws: Draws | None = None,
    payoffs: np.ndarray | None = None,
    actions: Sequence[str] | None = None,
    people: int = 1,
    rng: Rng = None,
) -> Menu:
    """Return what each question of a menu would teach and be worth.

    Parameters
    ----------
    questions : the menu. Situations are met afresh.
    members : what may be true of the people who answer.
    prior : shape (M,), such as posterior shares after earlier data; even unless given.
    draws : how unsure each member's parameters are; see `Draws`.
    payoffs : shape (A, M) or, by draw, (A, H): the decision at hand, as from
        `Outcomes.decision` or `Outcomes.payoffs_by_draw`.
    actions : names of its actions.
    people : how many would answer, each on their own. One member holds for all of them.
    rng : for answers that are too many to list.

    Raises `InputError` where a question lacks a feature that a member needs.
    """
    if not questions:
        raise InputError("the menu is empty", place="questions", found=0, expected="one or more")
    names = tuple(question.name for question in questions)
    check_names(names, "questions")
    found = predict_members(
        members, [named_situation(question) for question in questions], prior, draws
    )
    beliefs, generator = checked_prior(prior, len(members)), as_generator(rng)
    tables = [
        [drawn[:, q, : len(question.situation.options)] for drawn in found.drawn]
        for q, question in enumerate(questions)
    ]
    means = np.stack([drawn.mean(axis=0) for drawn in found.drawn])
    taught = [expected_information(table, beliefs, people, generator) for table in tables]
    worth, worst = [], []
    if payoffs is not None:
        by_member = _by_member(np.asarray(payoffs, float), [len(d) for d in found.drawn])
        for table in tables:
            worth.append(value_of_information(table, payoffs, beliefs, people, actions, generator))
            worst.append(worst_case_regret(table, by_member, people, actions))
    return Menu(
        names,
        found.members,
        people,
        np.array([question.cost * people for question in questions]),
        tuple(taught),
        tuple(worth),
        tuple(worst),
        observationally_equivalent(means, found.members, decisions=names),
        found,
    )


def named_situation(question: Question) -> Situation:
    """Return the situation of a question under the name of the question."""
    from dataclasses import replace

    return replace(question.situation, name=question.name)


def _by_member(payoffs: np.ndarray, draws: Sequence[int]) -> np.ndarray:
    """Return payoffs of shape (A, M), those of a member's draws averaged."""
    if payoffs.ndim != 2 or payoffs.shape[1] != sum(draws):
        return payoffs
    parts = np.split(payoffs, np.cumsum(draws)[:-1], axis=1)
    return np.stack([part.mean(axis=1) for part in parts], axis=1)


def _fall(found: WorstCase) -> Certified:
    if found.after.kind == "unknown":
        return found.after
    fall = max(0.0, found.before.value - found.after.value)
    return Certified.exact(fall if fall > NEAR else 0.0, found.after.method)


def _low(figure: Certified) -> float:
    return figure.value if figure.low is None else figure.low


def _high(figure: Certified) -> float:
    return figure.value if figure.high is None else figure.high
