"""The whole in a few sentences: what is sure is said, what is not known is not made up."""

import math

import pytest

from comity.core import Certified
from comity.inference.results import Comparison, People, Question, Rivalry, Standing
from comity.inference.understanding.findings import findings

NONE = Certified.unknown("not asked")
A, B = "a x logit", "b x logit"
PEOPLE_DIFFER = (
    "Of 2 explanations weighed none could be true of everybody: people differ, or the truth is "
    "another."
)


def standing(name, stands):
    return Standing(name, "", "", {}, {}, -1.0, NONE, NONE, stands, "")


def question(errors, information=0.3, name="the last round"):
    return Question(name, Certified.exact(information), None, (A, B), 2.0, errors)


def told(standings=(), classes=(), comparisons=(), people=None, rivalries=(), questions=()):
    return findings(standings, classes, comparisons, people, rivalries, None, questions)


@pytest.mark.parametrize(
    ("verdicts", "words"),
    [
        ((True, False), "Of 2 explanations weighed 1 could be true of everybody: a x logit."),
        (
            (True, True),
            "Of 2 explanations weighed 2 could be true of everybody: a x logit and b x logit.",
        ),
        ((None, None), "Which explanation fits everybody cannot be told from this evidence."),
        (
            (False, False),
            PEOPLE_DIFFER,
        ),
    ],
)
def test_what_stands(verdicts, words):
    assert told([standing(n, v) for n, v in zip((A, B), verdicts, strict=True)]) == (words,)


@pytest.mark.parametrize(
    ("errors", "words"),
    [
        (62.1, "about 62 answers keep both errors at 5%."),
        (3.0, "fewer than 10 answers keep both errors at 5%."),
        (math.nan, "how many answers keep both errors at 5% cannot be told."),
        (math.inf, "how many answers keep both errors at 5% cannot be told."),
    ],
)
def test_a_number_of_answers_that_is_not_known_is_not_few(errors, words):
    (sentence,) = told(questions=[question(errors)])
    assert sentence.endswith(words)


def test_idle_questions_are_passed_over():
    useful = question(62.0, name="a useful one")
    (sentence,) = told(questions=[question(math.inf, information=0.0), useful])
    assert sentence.startswith("Ask next: “a useful one”.")
    idle = told(questions=[question(math.inf, information=0.0)])
    assert idle == ("No question on the menu would tell the explanations apart.",)


@pytest.mark.parametrize(
    ("parted", "end"),
    [
        (None, ""),
        (0.0, ""),
        (0.87, " In the new setting they differ, by up to 87 percentage points."),
    ],
)
def test_what_coincides(parted, end):
    pair = Rivalry(A, B, 0.0, math.inf, math.inf, True, parted=parted)
    (sentence,) = told(classes=[(A, B), ("c",)], rivalries=[pair])
    words = "As fitted, no amount of such evidence tells apart: a x logit and b x logit."
    assert sentence == f"{words}{end}"


def test_people_and_those_of_whom_it_cannot_be_told():
    names = ("p", "q", "r")
    people = People((A, B), {}, None, names, {A: 1, B: 1}, 1)
    (sentence,) = told(people=people)
    assert "Of 3 people 1 follow a x logit and 1 follow b x logit" in sentence
    assert "; of 1 it cannot be told (with a probability of 90% or more)." in sentence
    nobody = People((A, B), {}, None, names, {A: 0, B: 0}, 3)
    nothing = "Of 3 people none can be told to follow one explanation rather than another."
    assert told(people=nobody) == (nothing,)
    alone = People((f"{A} or {B}",), {}, None, names, {f"{A} or {B}": 3}, 0)
    assert told(people=alone) == ()


def test_predictors_that_are_not_told_from_the_best_are_named():
    def row(name, low, kind="explanation"):
        behind = Certified.estimate(0.1, low, 0.2)
        return Comparison(name, Certified.exact(-0.5), Certified.exact(0.749), behind, kind)

    (sentence,) = told(comparisons=[row("m", 0.0), row(A, -0.01), row(B, 0.05)])
    assert "best by m, not told from a x logit; its likeliest option was chosen 75%" in sentence
    assert "rule without any theory" not in sentence
    (sentence,) = told(comparisons=[row("shares", 0.0, "yardstick"), row(A, 0.05)])
    assert sentence.endswith("rule without any theory: these explanations miss something.")
