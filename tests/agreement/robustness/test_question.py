"""What to ask, against Cases that are cut to each answer and solved from nature's side."""

import dataclasses

import numpy as np
import pytest
from scipy.optimize import linprog

from agreement.set_situations import ultimatum, with_views
from agreement_situations import case_of, chicken, full_game, random_negotiation
from comity.agreement import minimax_regret, regret_table, settling_question
from comity.cases import Alternative, Case, Party, loads
from comity.games import Issue, Negotiation

FISHERS = """
title = "Two fishers"

[frame]
players = ["Ana", "Bo"]
quantities = ["catch"]

[frame.issues]
boats = ["few", "many"]

[models.Ana]
facts.catch = { boats = [3, 5] }

[models.Ana.tastes.Ana]
weights = { catch = 1 }
values = { boats = [0, 0] }
no_deal = 2

[models.Bo]
facts.catch = { boats = [3, 5] }

[models.Bo.tastes.Bo]
weights = { catch = 1 }
values = { boats = [0, -1] }
no_deal = 1

[[models.Ana.alternatives]]
name = "overfished"
weight = 0.4
facts.catch = { boats = [3, 0] }

[[models.Bo.alternatives]]
name = "proud"
weight = 0.1
[models.Bo.alternatives.tastes.Bo]
weights = { catch = 1 }
values = { boats = [0, -1] }
no_deal = 3.5

[constitution]
solution = "egalitarian"
lotteries = true
"""


def cut(case, name, views):
    """The Case in which a party holds these of its views alone."""
    parties = []
    for party in case.parties:
        if party.name == name:
            kept = [(view, party.views[view]) for view in views]
            others = tuple(Alternative(view, model) for view, model in kept[1:])
            party = Party(party.name, kept[0][1], alternatives=others)
        parties.append(party)
    return Case(case.title, tuple(parties), case.constitution)


def by_the_other_side(case, plays, stakes):
    """The minimax regret as nature sees it: the weights over members that no play answers well."""
    table = regret_table(case, plays)
    worth = np.concatenate([table.worth, table.without[:, :, None]], axis=2)
    shares = (table.agreements[:, :, None] - worth) / stakes[None, :, None]
    rows = shares.reshape(-1, shares.shape[2])
    found = linprog(
        [-1.0] + [0.0] * len(rows),
        A_ub=np.column_stack([np.ones(rows.shape[1]), -rows.T]),
        b_ub=np.zeros(rows.shape[1]),
        A_eq=[[0.0] + [1.0] * len(rows)],
        b_eq=[1.0],
        bounds=[(None, None)] + [(0, None)] * len(rows),
    )
    return max(0.0, -found.fun)


@pytest.mark.parametrize("seed", [0, 1, 2])
def test_every_answer_by_a_case_cut_to_it(seed):
    rng = np.random.default_rng(seed)
    game = random_negotiation(rng, (2,))
    views = {}
    for name in "AB":
        word = game.blocks()[f"tastes[{name}]"].values
        views[name] = [
            game.replace(f"tastes[{name}]", [*rng.permutation(word[:2]), 0.3 * rng.random()])
            for _ in range(2)
        ]
    case = with_views(case_of([game, game]), **views)
    table, found = regret_table(case), settling_question(case)
    plays = {choice.name: choice.play for choice in table.choices if choice.play is not None}
    assert found.regret.value == pytest.approx(minimax_regret(case).regret.value)
    assert found.regret.value == pytest.approx(by_the_other_side(case, plays, table.stakes))
    for question in found.questions:
        for answer in question.answers:
            left = by_the_other_side(cut(case, question.party, answer.views), plays, table.stakes)
            assert answer.regret == pytest.approx(left, abs=1e-7)
        worst = max(answer.regret for answer in question.answers)
        assert question.regret_after.value == worst


def test_a_question_parts_the_views_once_and_for_all():
    rng = np.random.default_rng(3)
    game = full_game(rng)
    facts = game.blocks()["facts"].values
    one, two = facts.copy(), facts.copy()
    one[0], two[0], two[3] = 5, 5, 7
    case = with_views(
        case_of([game, game]), A=[game.replace("facts", one), game.replace("facts", two)]
    )
    questions = settling_question(case).questions
    parted = {tuple(answer.views for answer in question.answers) for question in questions}
    assert parted == {
        (("central",), ("view 0",), ("view 1",)),
        (("central",), ("view 0", "view 1")),
        (("central", "view 0"), ("view 1",)),
    }
    assert len(questions) == 3
    (first,) = [q for q in questions if q.answers[0].views == ("central",) and len(q.answers) == 2]
    assert first.part == "fish at (C, C) (s0)"
    assert [answer.value for answer in first.answers] == [facts[0], 5]


def test_the_best_question_by_hand():
    """Whether the sea is overfished decides; how proud Bo is moves little."""
    case = loads(FISHERS)
    found = settling_question(case)
    best = found.questions[0]
    assert (best.party, best.block) == ("Ana", "facts")
    assert [answer.views for answer in best.answers] == [("central",), ("overfished",)]
    assert [answer.chance for answer in best.answers] == pytest.approx([0.6, 0.4])
    assert best.regret_after.value < found.questions[1].regret_after.value
    mean = sum(answer.chance * answer.regret for answer in best.answers)
    assert best.expected_after.value == pytest.approx(mean)
    assert best.changes_play
    assert found.sentence.startswith("Ask whether Ana’s view is “central” or “overfished” on catch")
    assert "the largest regret falls from" in found.sentence
    assert str(found) == found.sentence


def test_a_number_is_told_where_one_number_decides():
    text = FISHERS.replace("facts.catch = { boats = [3, 0] }", "prior = 1")
    case = loads(text[: text.index("[[models.Ana.alt")] + text[text.index("[[models.Bo.alt") :])
    (question,) = settling_question(case).questions
    assert question.sentence == (
        "Ask whether Bo’s view is “central” or “proud” on what no deal is worth to Bo (1 or 3.5)"
    )


def test_the_ultimatum_is_settled_by_its_one_question():
    found = settling_question(ultimatum(0.25, weight=0.5))
    assert found.regret.value == pytest.approx(0.2, abs=1e-8)
    (question,) = found.questions
    assert question.regret_after.value == pytest.approx(0, abs=1e-8)
    assert question.expected_after.value == pytest.approx(0, abs=1e-8)
    assert settling_question(ultimatum(0.25)).questions[0].expected_after.kind == "unknown"


def test_nothing_to_ask():
    game = random_negotiation(np.random.default_rng(0))
    assert "nothing to ask" in settling_question(case_of([game, game])).sentence
    # Who is more patient changes nothing where nobody waits.
    patient = dataclasses.replace(game, discount=np.array([0.5, 0.5]))
    both = with_views(case_of([game, game]), A=[patient])
    assert settling_question(both).questions == ()
    word = game.blocks()["tastes[B]"].values
    shifted = game.replace("tastes[B]", word + np.array([1.0] * 3 + [0] * 4 + [1]))
    found = settling_question(with_views(case_of([game, game]), B=[shifted]))
    assert found.sentence.startswith("Nothing needs to be asked")
    assert len(found.questions) == 1


def test_knowing_more_can_hurt():
    """Found at random: told B's other facts, somebody refuses what all take in ignorance."""
    tables = [
        [[[4, -9], [4, -3]], [[1, 2], [-2, 0]]],
        [[[2, 0], [-2, 1]], [[0, -4], [4, 1]]],
        [[[-7, -2], [5, 5]], [[1, -5], [-1, 3]]],
        [[[1, -1], [-2, 3]], [[-1, 1], [2, 5]]],
    ]
    a, b, other_a, other_b = (chicken(np.array(table, float), "facts") for table in tables)
    found = settling_question(with_views(case_of([a, b]), A=[other_a], B=[other_b]))
    assert found.regret.value == pytest.approx(3 / 19)
    assert {q.party: q.regret_after.value for q in found.questions} == {
        "A": pytest.approx(0, abs=1e-8),
        "B": pytest.approx(12 / 19),
    }
    assert found.questions[0].party == "A"


def two_by_two(a, b, other_a, other_b, weight=None):
    """Two issues with two options each; what A and B want of them, each with one alternative."""
    issues = [Issue(name, ("0", "1")) for name in "xy"]
    values = {name: {"x": v[:2], "y": v[2:]} for name, v in (("A", a), ("B", b))}
    game = Negotiation.additive(["A", "B"], issues, values)
    others = {"A": other_a, "B": other_b}
    views = {
        name: [(game.replace(f"tastes[{name}]", [*map(float, v), 0.0]), weight)]
        for name, v in others.items()
    }
    return with_views(case_of([game, game]), **views)


def test_where_no_question_is_sure_to_help():
    """A cares about x and B about y, each for an option that nobody knows: one coin is left."""
    found = settling_question(two_by_two((1, 0, 0, 0), (0, 0, 1, 0), (0, 1, 0, 0), (0, 0, 0, 1)))
    assert found.regret.value == pytest.approx(0.5, abs=1e-7)
    assert [q.regret_after.value for q in found.questions] == pytest.approx([0.5, 0.5])
    assert found.sentence == (
        "No single question is sure to lower the largest regret, 0.5 of a stake."
    )
    assert all(question.expected_after.kind == "unknown" for question in found.questions)


def test_a_question_that_helps_on_average():
    case = two_by_two((2, 1, 0, 0), (1, 2, 0, 1), (1, 0, 1, 2), (2, 2, 1, 1), weight=0.5)
    found = settling_question(case)
    assert [q.regret_after.value for q in found.questions] == pytest.approx([1 / 12, 1 / 12])
    assert [q.expected_after.value for q in found.questions] == pytest.approx([1 / 24, 1 / 24])
    assert "the regret that is expected then falls from 0.083 to 0.042" in found.sentence
