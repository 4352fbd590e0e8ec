"""Rivals: commitment and reputation coincide while the game goes on, and part in the last round."""

import math

import numpy as np
import pytest

from comity.inference.evidence import Evidence, Situation
from comity.inference.explanations import explain
from comity.inference.explanations.member import Member
from comity.inference.understanding.rivals import (
    MOST_DECISIONS,
    described,
    rivalries,
    rivals_among,
    some_people,
)
from comity.inference.understanding.setting import setting_of

OWN, COMMITTED, BUILDER = "own-payoff x logit", "commitment x logit", "reputation x logit"


def test_what_coincides_is_one_class(rivals):
    assert rivals.classes == ((OWN,), (COMMITTED, BUILDER))
    assert rivals.class_of(BUILDER) == (COMMITTED, BUILDER)


def test_the_stand_in_solves_the_threshold_equation(rivals):
    threshold = rivals.found[BUILDER, COMMITTED].truth.parameters["patience"]
    patience = rivals.stand_in(COMMITTED, BUILDER).parameters["patience"]
    committed = rivals.found[COMMITTED, BUILDER].truth.parameters["threshold"]
    assert patience / (1 - patience) * 0.4 == pytest.approx(committed, abs=1e-6)
    assert threshold / (1 - threshold) * 0.4 == pytest.approx(committed, abs=1e-3)


def test_rivalries_say_where_they_part_and_how_many_decisions_it_takes(rivals, answers, last_offer):
    setting = setting_of(last_offer, last_offer.behaviour)
    rows = {(r.truth, r.rival): r for r in rivalries(rivals, answers[0], setting.situations)}
    same = rows[COMMITTED, BUILDER]
    assert same.equivalent
    assert same.decisions_expected == math.inf
    assert same.parted > 0.8
    other = rows[COMMITTED, OWN]
    assert not other.equivalent
    assert other.decisions_expected == pytest.approx(10 * math.log(20) / other.kl)
    assert other.where.startswith("answer to")


def test_the_hardest_come_first(rivals, answers):
    sizes = [r.decisions_expected for r in rivalries(rivals, answers[0])]
    assert sizes == sorted(sizes, reverse=True)


def test_a_situation_in_words():
    assert described(Situation(("a", "b"), [[1, 2], [3, 4]])) == "a (1, 2) or b (3, 4)"
    assert described(Situation(tuple("abcde"), np.zeros((5, 2)))) == "5 options from a"


def test_a_special_case_is_no_double_even_where_the_fit_is_that_case(answers):
    """Each imitates the other at its fit, but no amount of data makes one a name of the other."""
    own = Member(explain("own-payoff", "logit"), {"sensitivity": 8.0})
    committed = Member(explain("commitment", "logit"), {"threshold": 1e-9, "sensitivity": 8.0})
    found = rivals_among([own, committed], answers[0])
    assert found.found[OWN, COMMITTED].coincide
    assert found.found[COMMITTED, OWN].coincide
    assert found.classes == ((OWN,), (COMMITTED,))


def test_people_are_drawn_whole(answers):
    evidence = answers[0]
    assert some_people(evidence, np.random.default_rng(0)) is evidence
    zeros = np.zeros(80 * 60, int)
    many = Evidence(
        evidence.situations, evidence.people, np.repeat(np.arange(60), 80), zeros, zeros
    )
    drawn = some_people(many, np.random.default_rng(0))
    assert MOST_DECISIONS - 80 <= len(drawn) <= MOST_DECISIONS
    assert set(np.bincount(drawn.person, minlength=60)) == {0, 80}
