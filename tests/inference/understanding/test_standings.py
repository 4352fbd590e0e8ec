"""Standings: rows by hand, the best held out first, and why an explanation is not tried."""

import dataclasses
import math

import numpy as np
import pytest

from comity.inference.evidence import Evidence, Situation
from comity.inference.explanations import Explanation, Motive, Procedure, explain
from comity.inference.understanding.standings import (
    about,
    best_first,
    standing_of,
    try_explanation,
    unusual,
)


@pytest.fixture(scope="module")
def rows(tried, answers):
    return [standing_of(t, answers[0], None, "not asked", 0.9) for t in tried]


def test_a_row_says_what_the_fit_and_the_folds_say(rows, tried, answers):
    row, found = rows[1], tried[1]
    held = found.held_out
    assert row.name == "commitment x logit"
    assert row.log_likelihood == found.fit.log_likelihood
    assert row.held_out.value == pytest.approx(held.log_likelihoods.mean())
    assert row.accuracy.value == pytest.approx(held.hits.mean())
    assert row.held_out.low < row.held_out.value < row.held_out.high
    assert row.estimates["threshold"].value == pytest.approx(0.2968, abs=1e-3)
    assert row.meanings["threshold"] == "least amount accepted"
    assert "Schelling" in row.source


def test_the_best_held_out_comes_first(rows):
    names = [row.name for row in best_first(rows[::-1])]
    assert names[-1] == "own-payoff x logit"
    scores = [row.held_out.value for row in best_first(rows)]
    assert scores == sorted(scores, reverse=True)


def test_where_nothing_was_held_out_the_likelihood_decides(rows):
    lone = dataclasses.replace(rows[0].held_out, value=math.nan, kind="unknown")
    unknown = [dataclasses.replace(row, held_out=lone) for row in rows]
    assert best_first(unknown)[-1].name == "own-payoff x logit"


def test_one_person_is_fitted_and_nobody_held_out():
    coin = Situation(("x", "y"), [[1, 0], [0, 0]])
    zeros = np.zeros(12, int)
    alone = Evidence((coin,), ("a",), zeros, zeros, np.array([0] * 8 + [1] * 4))
    found = try_explanation(explain("own-payoff"), alone)
    assert found.held_out is None
    row = standing_of(found, alone, None, "one person", 0.9)
    assert row.held_out.kind == "unknown"


def test_studies_are_held_out_and_clustered_whole(answers):
    evidence = answers[0]
    study = evidence.person % 3
    parts = dataclasses.replace(evidence, studies=("a", "b", "c"), study=study)
    found = try_explanation(explain("own-payoff"), parts, cluster="study")
    assert found.fit.clusters == 3
    held = found.held_out
    assert len(set(zip(study.tolist(), held.fold.tolist(), strict=True))) == 3
    row = standing_of(found, parts, None, "not asked", 0.9, "study")
    means = [held.log_likelihoods[study == k].mean() for k in range(3)]
    # As many decisions in each: Student's t with two degrees of freedom, 2.9200 at 90%.
    reach = 2.9200 * np.std(means, ddof=1) / 3**0.5
    assert row.held_out.high - row.held_out.value == pytest.approx(reach, rel=1e-3)


def test_an_explanation_that_rules_out_what_was_chosen_says_so():
    import jax.numpy as jnp

    stubborn = Explanation(
        Motive("any", lambda payoffs, role, history, beliefs: payoffs[..., role]),
        Procedure("first-only", lambda view: jnp.where(jnp.arange(2) == 0, 0.0, -jnp.inf)),
    )
    coin = Situation(("x", "y"), [[1, 0], [0, 0]])
    zeros = np.zeros(4, int)
    evidence = Evidence((coin,), ("a", "b"), np.array([0, 0, 1, 1]), zeros, np.array([0, 1, 0, 0]))
    assert "probability 0" in try_explanation(stubborn, evidence)


def test_what_an_explanation_says_in_words():
    assert about(explain("own-payoff")).startswith("Nothing matters but what one gets. Better")


@pytest.mark.parametrize(("beta", "told"), [(0.3, False), (-13.0, True)])
def test_a_figure_that_nobody_would_take_for_a_motive_is_pointed_out(beta, told):
    # To somebody of this beta the second option is worth 1 + g, the first 1.
    explanation = explain("fehr-schmidt", "logit").with_fixed(alpha=0.0)
    gains = (-0.4, -0.2, 0.2, 0.4)
    situations = tuple(
        Situation(
            (f"even {g}", "ahead"), [[1.0, 1.0], [1.0 + g + beta * 0.5, 0.5 + g + beta * 0.5]]
        )
        for g in gains
    )
    chances = [1 / (1 + np.exp(-6 * g)) for g in gains]
    ones = [round(40 * chance) for chance in chances]
    choice = np.concatenate([np.repeat([1, 0], [n, 40 - n]) for n in ones])
    situation = np.repeat(np.arange(4), 40)
    person = np.tile(np.arange(40), 4)
    evidence = Evidence(situations, tuple(str(k) for k in range(40)), person, situation, choice)
    found = try_explanation(explanation, evidence).fit
    assert found.estimates["beta"] == pytest.approx(beta, abs=0.2)
    words = [note for note in unusual(found) if note.startswith("beta (dislike of being ahead)")]
    assert bool(words) is told
