"""Forms of questions: their grids, and the situations that come of them."""

import jax.numpy as jnp
import numpy as np
import pytest

from comity.core import InputError, SizeError
from comity.inference.design.space import DesignSpace, Variable

OFFER, STAKE = Variable("offer", 0, 1, 0.25), Variable("stake", 10, 30, 10)


def payoffs(x):
    offer, stake = x
    return jnp.array([[offer * stake, (1 - offer) * stake], [0.0, 0.0]])


SPACE = DesignSpace(
    ("accept", "reject"),
    payoffs,
    (OFFER, STAKE),
    history={"resists": [0.0, 1.0]},
    beliefs=lambda x: {"expected": x[1] / 2},
    name="ultimatum",
    rest={"recipients": ("Bo", "Ana")},
)


def test_the_grid_holds_every_design_once():
    grid = SPACE.grid()
    assert SPACE.size == len(grid) == 15
    expected = {(o, s) for o in (0, 0.25, 0.5, 0.75, 1) for s in (10, 20, 30)}
    assert set(map(tuple, grid.tolist())) == expected


def test_a_question():
    found = SPACE.question([0.25, 20])
    assert found.payoffs[:, 0].tolist() == [[5, 15], [0, 0]]
    assert found.history["resists"][:, 0].tolist() == [0, 1]
    assert found.beliefs["expected"].item() == 10
    assert found.recipients == ("Bo", "Ana")
    assert found.name == "ultimatum: offer 0.25, stake 20"


def test_grids_of_tenths_are_tenths():
    fine = Variable("share", 0, 1, 0.1)
    assert fine.count == 11
    assert fine.value(np.arange(11)).tolist() == [k / 10 for k in range(11)]


def test_the_designs_around_a_point():
    assert set(map(tuple, SPACE.corners(np.array([0.3, 12])))) == {
        (0.25, 10),
        (0.25, 20),
        (0.5, 10),
        (0.5, 20),
    }
    assert SPACE.corners(np.array([0.5, 30])).tolist() == [[0.5, 30]]
    assert SPACE.corners(np.array([-3.0, 99])).tolist() == [[0, 30]]


@pytest.mark.parametrize(
    ("variable", "message"),
    [
        (("x", 1, 1, 0.5), "x: not an interval"),
        (("x", 0, 1, 0), "x: not an interval"),
        (("x", 0, np.inf, 1), "x: not an interval"),
        (("x", 0, 1, 0.3), "no whole number of steps"),
    ],
)
def test_bad_variables_are_refused(variable, message):
    with pytest.raises(InputError, match=message):
        Variable(*variable)


def test_bad_spaces_are_refused():
    with pytest.raises(InputError, match="nothing is open"):
        DesignSpace(("a",), payoffs, ())
    with pytest.raises(InputError, match="stands twice"):
        DesignSpace(("a",), payoffs, (OFFER, OFFER))
    with pytest.raises(InputError, match=r"not one value per variable.*\(2,\)"):
        SPACE.question([1.0])
    fine = Variable("x", 0, 1e6, 1)
    with pytest.raises(SizeError, match="ultimatum: the table is too large"):
        DesignSpace(("a",), payoffs, (fine, Variable("y", 0, 1e6, 1)), name="ultimatum").grid()
