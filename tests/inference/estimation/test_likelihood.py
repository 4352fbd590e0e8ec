"""Likelihoods by situation and by row, against plain loops over decisions."""

import jax.numpy as jnp
import numpy as np
import pytest

from comity.core.errors import InputError
from comity.inference.estimation.likelihood import (
    by_row,
    check_slopes,
    count,
    look,
    name_rows,
    natural,
    prepare,
    rows_at,
    ruled_out,
    slopes_at,
    tally,
)
from comity.inference.estimation.newton import Optimum
from comity.inference.evidence import Evidence, Situation
from comity.inference.explanations import (
    Explanation,
    Motive,
    Parameter,
    Procedure,
    error_rate,
    explain,
)
from comity.inference.explanations.simulate import simulate

FREE = np.array([0.3, 0.7])


@pytest.fixture(scope="module")
def chosen(allocations, altruism):
    return simulate(altruism, {"share": 0.2, "sensitivity": 0.4}, allocations(7), 1)


def by_hand(evidence, share, sensitivity):
    """Log-probability of each choice by the formula of a binary logit."""
    found = []
    for situation, choice in zip(evidence.situation, evidence.choice, strict=True):
        utility = evidence.situations[situation].payoffs[:, 0] @ [1.0, share]
        gap = sensitivity * (utility[choice] - utility[1 - choice])
        found.append(-np.logaddexp(0.0, -gap))
    return np.array(found)


def test_rows_and_sums_are_those_of_a_loop(chosen, altruism):
    batch, places, scale = prepare(altruism, chosen)
    values = natural(altruism, FREE, scale)
    assert float(values["sensitivity"]) == pytest.approx(np.exp(FREE[1]) / scale)
    expected = by_hand(chosen, *(float(v) for v in values.values()))
    rows = by_row(rows_at(altruism, FREE, batch, scale), places)
    np.testing.assert_allclose(rows, expected, rtol=1e-12)
    weights = np.arange(7) / 7
    (total,) = look(altruism, FREE[None], tally(altruism, batch, scale))
    (heavy,) = look(altruism, FREE[None], tally(altruism, batch, scale, weights))
    assert total == pytest.approx(expected.sum(), rel=1e-12)
    assert heavy == pytest.approx(expected @ weights[chosen.person], rel=1e-12)


def test_slopes_are_those_of_small_differences(chosen, altruism):
    batch, places, scale = prepare(altruism, chosen)
    slopes = by_row(slopes_at(altruism, FREE, batch, scale), places)
    for k, step in enumerate(np.eye(2) * 1e-6):
        up, down = (rows_at(altruism, FREE + side * step, batch, scale) for side in (1, -1))
        np.testing.assert_allclose(slopes[:, k], by_row((up - down) / 2e-6, places), atol=1e-8)


def test_counts_are_those_of_the_table(chosen, altruism):
    batch, _, _ = prepare(altruism, chosen)
    np.testing.assert_array_equal(
        count(batch.rows, batch.rows.weight, batch), chosen.choice_counts()
    )


def slip(view, state, error):
    """Do as the other did last time, but for errors."""
    kept = jnp.where(state == 0, 1 - error, error)
    return jnp.log(jnp.stack([kept, 1 - kept]))


COPY = Procedure(
    "copy",
    slip,
    (error_rate(),),
    start=lambda view, error: jnp.asarray(0),
    update=lambda state, view, own, others, error: others,
    uses_motive=False,
)


def test_procedures_that_look_back_are_weighed_by_person(rng):
    dilemma = Situation(("c", "d"), [[[3, 3], [0, 5]], [[5, 0], [1, 1]]], menus=(("c", "d"),))
    played = Evidence(
        (dilemma,),
        ("a", "b"),
        np.repeat([0, 1], 10),
        np.zeros(20, int),
        rng.integers(0, 2, 20),
        sequence=np.repeat(np.arange(4), 5),
        order=np.arange(20),
        others=rng.integers(0, 2, 20),
    )
    explanation = Explanation(explain().motive, COPY)
    batch, places, scale = prepare(explanation, played)
    before = np.where(np.arange(20) % 5 == 0, 0, np.roll(played.others, 1))
    error = 1 / (1 + np.exp(1.5))
    expected = np.log(np.where(played.choice == before, 1 - error, error))
    free = np.array([-1.5])
    rows = by_row(rows_at(explanation, free, batch, scale), places)
    np.testing.assert_allclose(rows, expected, rtol=1e-12)
    (found,) = look(explanation, free[None], tally(explanation, batch, scale, np.array([0.25, 2])))
    assert found == pytest.approx(expected @ np.repeat([0.25, 2.0], 10), rel=1e-12)


def test_rows_of_probability_zero_are_named(allocations):
    def never_second(view):
        return jnp.where(jnp.arange(2) == 0, 0.0, -jnp.inf)

    explanation = Explanation(explain().motive, Procedure("first", never_second, uses_motive=False))
    table = allocations(2, 3)
    choices = np.array([0, 1, 0, 0, 0, 1])
    evidence = Evidence(table.situations, table.people, table.person, table.situation, choices)
    batch, places, scale = prepare(explanation, evidence)
    found = ruled_out(explanation, np.zeros((2, 0)), batch, places, scale)
    np.testing.assert_array_equal(found, [1, 5])


def test_what_is_not_a_number_is_named(allocations):
    broken = Motive(
        "broken", lambda payoffs, role, history, beliefs: jnp.sqrt(payoffs[..., role] - 5.0)
    )
    explanation = Explanation(broken, explain().procedure)
    evidence = allocations(1, 6)
    low = [k for k, s in enumerate(evidence.situations) if (s.payoffs[:, 0, 0] < 5).any()]
    batch, places, scale = prepare(explanation, evidence)
    with pytest.raises(InputError, match=r"broken x logit.*nan for rows.*sensitivity = ") as error:
        ruled_out(explanation, np.array([[1.0]]), batch, places, scale)
    assert name_rows(np.array(low)) in str(error.value)


def test_slopes_that_are_not_numbers_are_named(allocations):
    def kinked(payoffs, role, history, beliefs, share):
        return payoffs[..., role] * (1 + jnp.sqrt(jnp.abs(share * 0.0)))

    wrong = Motive("kinked", kinked, (Parameter("share", "share"),))
    explanation, evidence = Explanation(wrong, explain().procedure), allocations(1, 4)
    batch, places, scale = prepare(explanation, evidence)
    nowhere = Optimum(np.zeros(2), -np.inf, np.zeros(2), np.zeros((2, 2)), 15, False)
    with pytest.raises(InputError, match=r"slope is not a number.*rows 0, 1, 2, 3.*share = 0"):
        check_slopes(explanation, nowhere, batch, places, scale)
    check_slopes(explanation, nowhere._replace(value=-1.0), batch, places, scale)


def test_rows_are_named_in_words():
    assert name_rows(np.array([4])) == "row 4"
    assert name_rows(np.array([4, 9])) == "rows 4, 9"
