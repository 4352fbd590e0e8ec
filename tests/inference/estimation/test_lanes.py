"""Searches by lane: every layout and size of chunk gives what a search alone gives."""

import dataclasses

import jax.numpy as jnp
import numpy as np
import pytest

from comity.inference.estimation.lanes import Lanes, make_lanes
from comity.inference.estimation.likelihood import prepare, tally
from comity.inference.estimation.maximum_likelihood import search
from comity.inference.explanations import Explanation, Procedure
from comity.inference.explanations.simulate import simulate

STARTS = np.array([[0.0, 1.0], [0.5, 0.0]])


@pytest.fixture(scope="module")
def chosen(allocations, altruism):
    """Seven people, of whom the last made 5 decisions only, too few for an estimate."""
    table = simulate(altruism, {"share": 0.2, "sensitivity": 0.3}, allocations(7, 30), 1)
    return table.subset((table.person < 6) | (table.situation < 5))


@pytest.fixture(scope="module")
def alone(chosen, altruism):
    """The end of each person's search alone."""
    batch, _, scale = prepare(altruism, chosen)
    ends = [
        search(altruism, STARTS[:1], tally(altruism, batch, scale, np.arange(7) == person))
        for person in range(7)
    ]
    return np.array([end.point[0] for end in ends]), np.array([end.value[0] for end in ends])


def lanes_of(explanation, chosen, **changes) -> Lanes:
    batch, _, scale = prepare(explanation, chosen)
    return dataclasses.replace(make_lanes(explanation, batch, scale), **changes)


@pytest.mark.parametrize(("layout", "size"), [("common", 8), ("common", 2), ("own", 4)])
def test_each_lane_ends_where_a_search_alone_does(chosen, altruism, alone, layout, size):
    lanes = lanes_of(altruism, chosen, layout=layout, size=size)
    ends = lanes.climb(STARTS)
    np.testing.assert_allclose(ends.value, alone[1], atol=1e-9)
    np.testing.assert_allclose(ends.point[:6], alone[0][:6], atol=1e-5)
    np.testing.assert_allclose(lanes.look(ends.point[:, None])[:, 0], ends.value, atol=1e-12)


def test_procedures_that_look_back_go_by_rows(chosen, altruism, alone):
    """A logit that carries a state it makes no use of is still a logit."""
    logit = altruism.procedure
    mindful = Explanation(
        altruism.motive,
        Procedure(
            "mindful",
            lambda view, state, sensitivity: logit.choose(view, sensitivity),
            logit.parameters,
            start=lambda view, sensitivity: jnp.asarray(0),
            update=lambda state, view, own, others, sensitivity: state,
        ),
    )
    lanes = lanes_of(mindful, chosen)
    assert lanes.layout == "rows"
    np.testing.assert_allclose(lanes.climb(STARTS[:1]).value, alone[1], atol=1e-9)


def test_layout_follows_the_design(chosen, altruism, allocations):
    assert lanes_of(altruism, chosen).layout == "common"
    many = allocations(4, 40)
    few = many.subset(many.situation % 8 == many.person)
    alone = dataclasses.replace(few, room=0)
    assert lanes_of(altruism, alone).layout == "own"
    # A part of a table keeps the shape, and with it the programs, of the whole.
    assert few.room == 40
    assert lanes_of(altruism, few).layout == "common"


def test_chunks_hold_everybody_once_and_are_filled_up(chosen, altruism):
    people = np.array([4, 1, 6, 0, 2])
    chunks = list(lanes_of(altruism, chosen, size=2).chunks(people))
    assert [len(filled) for filled, _ in chunks] == [2, 2, 2]
    kept = np.concatenate([filled[: len(within)] for filled, within in chunks])
    np.testing.assert_array_equal(kept, people)


def test_without_parameters_the_likelihood_is_looked_up(chosen, altruism):
    plain = altruism.with_fixed(share=0.2, sensitivity=0.3)
    ends = lanes_of(plain, chosen).climb(np.zeros((1, 0)))
    rows = np.log(plain.predict({}, chosen)[np.arange(len(chosen)), chosen.choice])
    np.testing.assert_allclose(ends.value, np.bincount(chosen.person, rows), rtol=1e-12)
