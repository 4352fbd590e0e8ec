import numpy as np
import pytest

from comity.assistance.games.catalogue import off_switch
from comity.assistance.people import Reply, noisy
from comity.assistance.solving import solve_assistance
from comity.core import InputError

CASES = [
    ((-2.0, -1.0, 0.5, 1.5), None),
    ((-1.0, 1.0), (0.1, 0.9)),
    ((1.0, 2.0), None),
    ((-3.0, -0.5), None),
]


def mean(utilities, prior):
    return np.array(utilities), np.full(len(utilities), 1 / len(utilities)) if prior is None else (
        np.array(prior)
    )


@pytest.mark.parametrize(("utilities", "prior"), CASES)
def test_deferring_to_a_rational_person_never_loses(utilities, prior):
    u, p = mean(utilities, prior)
    value = solve_assistance(off_switch(utilities, prior)).value.value
    assert value == pytest.approx(p @ np.maximum(u, 0))
    assert value >= max(p @ u, 0) - 1e-12


@pytest.mark.parametrize("sensitivity", [0.1, 1.0, 5.0])
@pytest.mark.parametrize(("utilities", "prior"), CASES)
def test_a_noisy_person_is_deferred_to_where_it_pays(utilities, prior, sensitivity):
    u, p = mean(utilities, prior)
    game = off_switch(utilities, prior)
    deferring = float(p @ (u / (1 + np.exp(-sensitivity * u))))
    best = max(deferring, float(p @ u), 0.0)
    assert solve_assistance(game, Reply(sensitivity)).value.value == pytest.approx(best)
    assert solve_assistance(game, noisy(game, sensitivity)).value.value == pytest.approx(best)


def test_one_who_is_sure_gains_nothing_from_deferring():
    value = solve_assistance(off_switch((2.0, 1.0))).value.value
    assert value == pytest.approx(1.5)


def test_utilities_must_differ():
    with pytest.raises(InputError, match="utilities"):
        off_switch((1.0, 1.0))
    with pytest.raises(InputError, match="prior"):
        off_switch((1.0, 2.0), (1.0,))
