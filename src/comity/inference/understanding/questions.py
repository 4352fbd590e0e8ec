"""What to ask such people next: a menu ranked by what answers teach and what they are worth."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np

from comity.cases import Behaviour
from comity.core import Certified
from comity.inference.design.menu import Menu, rank_questions
from comity.inference.design.menu import Question as Asked
from comity.inference.evidence.situations import Situation
from comity.inference.evidence.table import Evidence
from comity.inference.explanations.member import Member
from comity.inference.identification.divergence import kl
from comity.inference.identification.sample_sizes import normal_size
from comity.inference.results import Question
from comity.inference.shift.settings import Setting
from comity.inference.understanding.rivals import titled
from comity.inference.understanding.setting import asked

MOST_ASKED = 24
"""Situations of the evidence that are put on a menu nobody has stated."""
ODDS, ERROR = 20.0, 0.05


def questions_for(
    members: Sequence[Member],
    weights: np.ndarray | None,
    evidence: Evidence,
    behaviour: Behaviour,
    setting: Setting | None = None,
    payoffs: np.ndarray | None = None,
) -> tuple[Question, ...]:
    """Return what to ask next, the most worthwhile first.

    The menu is that of the Case; without one the situations of the new setting and of the
    evidence. By value where there is a decision and an answer is worth something, else by
    information.

    Parameters
    ----------
    payoffs : shape (A, M), of the decision at hand.
    """
    if len(members) < 2:
        return ()
    menu = _menu(evidence, behaviour, setting, members)
    if not menu:
        return ()
    actions = setting.actions if setting is not None and payoffs is not None else None
    found = rank_questions(menu, members, weights, payoffs=payoffs, actions=actions)
    order = list(found.ranking("information", per_cost=True))
    if found.value and found.best("value"):
        # A stable sort: of questions worth as much the one that teaches more comes first.
        worth = dict(zip(found.questions, found.per_cost("value"), strict=True))
        order.sort(key=lambda name: -round(float(np.nan_to_num(worth[name])), 12))
    return tuple(_told(found, found.questions.index(name), members) for name in order)


def _menu(
    evidence: Evidence, behaviour: Behaviour, setting: Setting | None, members: Sequence[Member]
) -> list[Asked]:
    stated = [Asked(asked(q), q.name, q.cost) for q in behaviour.questions]
    if not stated:
        listed = list(setting.situations) if setting is not None else []
        listed += _varied(evidence)
        named = {titled(s): s for s in reversed(listed)}
        stated = [Asked(s, name) for name, s in reversed(named.items())]
    return [question for question in stated if _answerable(question.situation, members)]


def _answerable(situation: Situation, members: Sequence[Member]) -> bool:
    """Return whether every member says something of a situation."""
    known = {"delays", *situation.history, *situation.beliefs}
    needed = {
        name
        for member in members
        for name in (*member.explanation.motive.needs, *member.explanation.procedure.needs)
    }
    return needed <= known


def _varied(evidence: Evidence) -> list[Situation]:
    """Return some situations of the evidence, spread evenly over those there are."""
    used = np.unique(evidence.situation)
    places = np.unique(np.linspace(0, len(used) - 1, min(MOST_ASKED, len(used))).astype(int))
    return [evidence.situations[used[p]] for p in places]


def _told(menu: Menu, q: int, members: Sequence[Member]) -> Question:
    """Return one question with the two members it tells apart best."""
    tables = menu.predictions.probabilities[:, q]
    pairs = [(a, b) for a in range(len(members)) for b in range(len(members)) if a != b]
    apart = [float(kl(tables[a], tables[b])) for a, b in pairs]
    a, b = pairs[int(np.argmax(apart))]
    rate = max(apart)
    alike = not rate > 1e-10
    both = normal_size(tables[a][None], tables[b][None], (ERROR, ERROR))
    value = menu.value[q].value if menu.value else None
    return Question(
        name=menu.questions[q],
        information=menu.information[q].about_members,
        value=value if value is None or value.kind == "unknown" else _floor(value),
        separates=(members[a].name, members[b].name),
        people_expected=math.inf if alike else math.log(ODDS) / rate,
        people_errors=math.inf if alike else both.value,
        note="It tells no two explanations apart." if alike else "",
    )


def _floor(value: Certified) -> Certified:
    """Return a value of information as none where it is only rounding."""
    return value if value.value > 1e-12 else Certified.exact(0.0, value.method)
