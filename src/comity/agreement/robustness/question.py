"""Which difference between the views that fit would, if settled, leave the least regret.

A question parts the views of one party by what they say on one piece: a labelled part of a block,
or a whole quantity or person's tastes. Its worth is told by what remains once it is answered: the
minimax regret within each answer, at its largest over the answers, and where the views have
weights also on average. Knowing more can hurt: a party that learns what a play would cost it may
refuse it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from comity.agreement.compare import SAME, Piece, pieces_of
from comity.agreement.robustness.minimax import ALIKE, chosen
from comity.agreement.robustness.regret import RegretTable, regret_table
from comity.cases import Case, Party
from comity.core import Certified, Result
from comity.core.page.words import clean, listed, number


@dataclass(frozen=True)
class Answer:
    """One answer to a question.

    Attributes
    ----------
    views : names of the party's views that it leaves.
    value : what they say, where the question is about one number; ``None`` otherwise.
    regret : the minimax regret within it, as a share of a stake.
    chance : how likely it is, where the views have weights.
    """

    views: tuple[str, ...]
    value: float | None
    regret: float
    chance: float | None


@dataclass(frozen=True)
class Question(Result):
    """What could be asked about one party, and what would be known then.

    Attributes
    ----------
    party, block, part : whose view, and which piece of it.
    sentence : the question in words.
    answers : what it may be answered.
    regret_after : the largest minimax regret over the answers.
    expected_after : its mean by the weights of the views.
    changes_play : whether some answer changes what would be drawn.
    """

    party: str
    block: str
    part: str
    sentence: str
    answers: tuple[Answer, ...]
    regret_after: Certified
    expected_after: Certified
    changes_play: bool


@dataclass(frozen=True)
class Inquiry(Result):
    """What to ask, if anything.

    Attributes
    ----------
    sentence : the advice in words.
    regret : the minimax regret before anything is asked, as a share of a stake.
    questions : the one that leaves the least regret first.
    """

    sentence: str
    regret: Certified
    questions: tuple[Question, ...]

    def __str__(self) -> str:
        return self.sentence


def settling_question(case: Case) -> Inquiry:
    """Return the question about the views of a Case whose answer would leave the least regret.

    Ranked by the largest regret that remains, then by the expected one. One run of the protocol
    per joint member, and three linear programs per answer.
    """
    return inquire(regret_table(case), case)


def inquire(table: RegretTable, case: Case) -> Inquiry:
    """Return the answer of `settling_question` from a table of regrets that is at hand."""
    asked = _Asked(table, case)
    now = asked.now
    questions = sorted(asked.questions(), key=_rank)
    return Inquiry(_advice(now.value, questions), now, tuple(questions))


def _rank(question: Question) -> tuple[float, float, bool, int]:
    expected = question.expected_after
    mean = expected.value if expected.kind != "unknown" else np.inf
    worst = round(question.regret_after.value, 9)
    return worst, round(mean, 9), not question.changes_play, len(question.answers)


class _Asked:
    """A table of regrets, parted by what could be asked."""

    def __init__(self, table: RegretTable, case: Case) -> None:
        self.table, self.case = table, case
        self.lotteries = case.constitution.lotteries
        self.x, regret = self._least(table)
        over = f"{len(table.members)} joint members, {len(table.plays)} plays"
        self.now = Certified.exact(regret, f"minimax regret over {over}")
        views = [list(party.views) for party in case.parties]
        places = np.indices([len(v) for v in views]).reshape(len(views), -1)
        self.view_of = dict(zip(case.names, places, strict=True))

    def _least(self, table: RegretTable) -> tuple[np.ndarray, float]:
        shares = table.shares()
        x, _ = chosen(shares, table.weights, lotteries=self.lotteries)
        return x, max(0.0, float((shares @ x).max()))

    def questions(self) -> Iterator[Question]:
        """Yield one question for each way in which the views of a party can be parted."""
        for party in self.case.parties:
            for parting, found in _partings(party).items():
                yield self._question(party, np.array(parting), found)

    def _question(self, party: Party, parting: np.ndarray, found: _Found) -> Question:
        told = [
            self._answer(party, np.flatnonzero(parting == kind), found.values)
            for kind in range(parting.max() + 1)
        ]
        answers = tuple(answer for answer, _ in told)
        worst = max(answer.regret for answer in answers)
        return Question(
            party.name,
            found.block,
            found.piece.label,
            _sentence(party.name, found.piece.label, answers),
            answers,
            Certified.exact(worst, f"the largest of {len(answers)} answers"),
            _expected(answers),
            any(changed for _, changed in told),
        )

    def _answer(
        self, party: Party, views: np.ndarray, values: np.ndarray | None
    ) -> tuple[Answer, bool]:
        """Return an answer, and whether it changes what would be drawn."""
        within = self.table.within(np.flatnonzero(np.isin(self.view_of[party.name], views)))
        x, regret = self._least(within)
        names, weights = list(party.views), party.weights
        answer = Answer(
            tuple(names[k] for k in views),
            None if values is None else float(values[views[0]]),
            regret,
            None if weights is None else sum(weights[k] for k in views),
        )
        return answer, not np.allclose(x, self.x, atol=1e-6)


@dataclass(frozen=True)
class _Found:
    """A piece that parts the views of a party, and what they say where it is one number."""

    block: str
    piece: Piece
    values: np.ndarray | None


def _partings(party: Party) -> dict[tuple[int, ...], _Found]:
    """Return each way in which some piece parts the views, with the piece that says it best.

    That is a part of a block if no other part does the same, else the first piece that does.
    """
    found: dict[tuple[int, ...], list[_Found]] = {}
    blocks = [view.blocks() for view in party.views.values()]
    for name, central in blocks[0].items():
        rows = np.array([block[name].values for block in blocks])
        size = np.maximum(1.0, np.abs(rows).max(axis=0))
        differs = np.ptp(rows, axis=0) > SAME * size
        said = np.where(differs, np.round(rows / size, 12), 0.0)
        for piece in pieces_of(party.model, central, differs):
            _, parting = np.unique(said[:, piece.indices], axis=0, return_inverse=True)
            values = rows[:, piece.indices[0]] if len(piece.indices) == 1 else None
            here = found.setdefault(_in_order(parting.ravel()), [])
            here.append(_Found(name, piece, values))
    return {parting: _plainest(pieces) for parting, pieces in found.items()}


def _plainest(found: list[_Found]) -> _Found:
    parts = [each for each in found if not each.piece.members]
    return parts[0] if len(parts) == 1 else found[0]


def _in_order(parting: np.ndarray) -> tuple[int, ...]:
    """Return a parting whose numbers are in the order of their first member."""
    order: dict[int, int] = {}
    return tuple(order.setdefault(int(kind), len(order)) for kind in parting)


def _expected(answers: Sequence[Answer]) -> Certified:
    pairs = [(answer.chance, answer.regret) for answer in answers if answer.chance is not None]
    if len(pairs) < len(answers):
        return Certified.unknown("the views have no weights")
    mean = sum(chance * regret for chance, regret in pairs)
    return Certified.exact(mean, "mean over the answers, by the weights of the views")


def _sentence(party: str, part: str, answers: Sequence[Answer]) -> str:
    kinds = listed([" or ".join(f"“{clean(v)}”" for v in a.views) for a in answers], "or")
    values = [a.value for a in answers if a.value is not None]
    numbers = f" ({listed([number(v) for v in values], 'or')})" if values else ""
    return f"Ask whether {clean(party)}’s view is {kinds} on {clean(part)}{numbers}"


def _advice(now: float, questions: Sequence[Question]) -> str:
    if not questions:
        return "Every party has one view: there is nothing to ask."
    if now <= ALIKE:
        return "Nothing needs to be asked: one play leaves no regret, whichever views hold."
    best = questions[0]
    worst, mean = best.regret_after.value, best.expected_after.value
    if worst < now - ALIKE:
        told = f"the largest regret falls from {number(now)} to {number(worst)}"
    elif mean < now - ALIKE:
        told = f"the regret that is expected then falls from {number(now)} to {number(mean)}"
    else:
        return f"No single question is sure to lower the largest regret, {number(now)} of a stake."
    return f"{best.sentence}: {told} of what is at stake."
