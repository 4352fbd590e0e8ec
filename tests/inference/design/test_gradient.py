"""Best designs, against a search that shares nothing with the climb."""

import jax.numpy as jnp
import numpy as np
import pytest

from comity.core import InputError
from comity.inference.design import gradient as module
from comity.inference.design.gradient import best_design
from comity.inference.design.space import DesignSpace, Variable
from comity.inference.explanations import Explanation, Motive, Procedure, explain
from comity.inference.explanations.member import Member
from comity.inference.numerics import best_options

SOCIAL = explain("charness-rabin", "logit")


def social(name, beta, sensitivity=2.0):
    return Member(SOCIAL, {"alpha": 0.0, "beta": beta, "sensitivity": sensitivity}, name)


# Keep 10 and 0, or give 4 at a price. With weight beta on the other, giving is worth
# 4 beta - (1 - beta) price more: the best price lies between those at which the two are unsure.
DICTATOR = DesignSpace(
    ("keep", "give"),
    lambda x: jnp.array([[10.0, 0.0], [10.0 - x[0], 4.0]]),
    (Variable("price", 0, 6, 0.1),),
    name="dictator",
)


def information(price, betas=(0.2, 0.6), sensitivity=2.0):
    p = np.array([1 / (1 + np.exp(-sensitivity * (4 * b - (1 - b) * price))) for b in betas])
    mean = p.mean()

    def entropy(q):
        return -(q * np.log(q) + (1 - q) * np.log(1 - q))

    return entropy(mean) - np.mean(entropy(p))


def test_a_price_between_the_two_by_a_fine_search():
    found = best_design(DICTATOR, [social("low", 0.2), social("high", 0.6)], rng=0)
    prices = np.linspace(0, 6, 60_001)
    values = np.array([information(p) for p in prices])
    assert found.climbed == pytest.approx(values.max(), rel=1e-6)
    assert found.climbed_at[0] == pytest.approx(prices[values.argmax()], abs=2e-3)
    on_grid = np.array([information(k / 10) for k in range(61)])
    assert found.figure.kind == "exact"
    assert found.figure.value == pytest.approx(on_grid.max())
    assert found.values == {"price": on_grid.argmax() / 10}
    assert found.bound.value == pytest.approx(np.log(2))
    assert not found.flat
    assert found.reached == pytest.approx(np.full(16, values.max()), rel=1e-4)
    assert found.question.payoffs[1, 0, 0] == pytest.approx(10 - found.values["price"])


def test_the_best_price_to_learn_a_parameter():
    # One member whose weight is unsure: the draws are told apart like members of their own.
    draws = [np.array([[0.0, 0.2, 2.0], [0.0, 0.6, 2.0]])]
    found = best_design(DICTATOR, [social("unsure", 0.4)], draws=draws, parameters=True, rng=0)
    best = max(range(61), key=lambda k: information(k / 10))
    assert found.values == {"price": best / 10}
    assert found.figure.value == pytest.approx(information(best / 10))
    assert found.bound.value == pytest.approx(np.log(2))


def test_a_grid_too_large_to_search(monkeypatch):
    monkeypatch.setattr(module, "MOST_SEARCHED", 20)
    found = best_design(DICTATOR, [social("low", 0.2), social("high", 0.6)], rng=0)
    best = max(information(k / 10) for k in range(61))
    assert found.figure.kind == "lower_bound"
    assert found.figure.value == pytest.approx(best)
    assert found.searched < 61
    assert found.figure.value <= found.climbed + 1e-9 <= found.bound.value + 1e-9


def test_two_variables_and_a_decision():
    space = DesignSpace(
        ("keep", "give"),
        lambda x: jnp.array([[10.0, 0.0], [10.0 - x[0], x[1]]]),
        (Variable("price", 0, 6, 0.5), Variable("gift", 0, 4, 0.5)),
    )
    members = [social("low", 0.2), social("high", 0.6)]
    payoffs = np.array([[1.0, 0.0], [0.0, 1.0]])
    found = best_design(space, members, payoffs=payoffs, people=2, starts=6, rng=2)
    best = 0.0
    for price, gift in space.grid():
        p = [1 / (1 + np.exp(-2 * (gift * b - (1 - b) * price))) for b in (0.2, 0.6)]
        answers = np.array([[(1 - q) ** 2, 2 * q * (1 - q), q**2] for q in p])
        best = max(best, np.max(answers / 2, axis=0).sum() - 0.5)
    assert found.figure.value == pytest.approx(best)
    assert found.bound.value == pytest.approx(0.5)


def sharp(name, threshold):
    """Return one who accepts from a threshold on, without any error."""
    motive = Motive(
        f"at least {threshold}",
        lambda payoffs, role, history, beliefs: jnp.where(
            payoffs[..., role] > 0, payoffs[..., role], threshold
        ),
    )
    procedure = Procedure("best", lambda view: jnp.log(best_options(view.expected(), view.options)))
    return Member(Explanation(motive, procedure), {}, name)


def test_thresholds_have_no_slope_and_the_grid_decides():
    space = DesignSpace(
        ("accept", "reject"),
        lambda x: jnp.array([[x[0], 1.0 - x[0]], [0.0, 0.0]]),
        (Variable("offer", 0.05, 0.95, 0.05),),
    )
    found = best_design(space, [sharp("soft", 0.32), sharp("hard", 0.43)], starts=3, rng=0)
    assert found.flat
    assert found.values["offer"] in (0.35, 0.4)
    assert found.figure.value == pytest.approx(np.log(2))
    assert "no slope to climb" in str(found)


def test_bad_input_is_refused():
    broken = Explanation(
        Motive("root", lambda payoffs, role, history, beliefs: jnp.sqrt(payoffs[..., role] - 7.0)),
        SOCIAL.procedure,
    )
    with pytest.raises(InputError, match="dictator: an explanation gives no probabilities"):
        best_design(DICTATOR, [Member(broken, {"sensitivity": 1.0})], starts=2, rng=0)
    with pytest.raises(InputError, match="nothing to climb with"):
        best_design(DICTATOR, [social("one", 0.3)], starts=0)
