"""Risk and time apart: formulas, what they nest, and what they are for."""

import numpy as np
import pytest

from comity.core.errors import InputError
from comity.inference.evidence.situations import Situation
from comity.inference.explanations.catalogue import explain
from explaining import table

THEN, CERTAIN = explain("own-payoff", "risk-then-time"), explain("own-payoff", "certainty-effect")
DELAYS = np.array([7.0, 35.0])
TASTES = {"beta": 0.9, "rate": 0.5, "curvature": 0.8, "risk_curvature": 0.6}


def budget(early, late, gross=1.25, tokens=20):
    """Splits of tokens over two dates, whose payments come with chances of their own."""
    sooner = np.arange(tokens + 1.0)
    pair = np.stack([sooner, (tokens - sooner) * gross], axis=-1)
    states = np.array([[a, b] for a in (1, 0) for b in (1, 0)])
    chances = [(early if a else 1 - early) * (late if b else 1 - late) for a, b in states]
    payoffs = pair[:, None, :] * states
    names = [f"{s:g} sooner" for s in sooner]
    return Situation(names, payoffs, ("sooner", "later"), contingencies=chances, delays=DELAYS)


BUDGETS = [budget(1, 1), budget(0.5, 0.5), budget(1, 0.8), budget(0.5, 0.4)]


def soft(worth):
    weights = np.exp(2.0 * (worth - worth.max()))
    return weights / weights.sum()


def factor():
    return 0.9 * np.exp(-0.5 * DELAYS / 365)


def test_certainty_equivalents():
    found = table(THEN, BUDGETS, sensitivity=2.0, **TASTES)
    for row, (early, late) in zip(found, [(1, 1), (0.5, 0.5), (1, 0.8), (0.5, 0.4)], strict=True):
        sooner = np.arange(21.0)
        amounts = np.stack([sooner, (20 - sooner) * 1.25])
        sure = (np.array([[early], [late]]) * amounts**0.6) ** (1 / 0.6)
        np.testing.assert_allclose(row, soft(factor() @ sure**0.8), rtol=1e-9)


def test_sure_amounts_have_a_curvature_of_their_own():
    found = table(CERTAIN, BUDGETS, sensitivity=2.0, **TASTES)
    for row, (early, late) in zip(found, [(1, 1), (0.5, 0.5), (1, 0.8), (0.5, 0.4)], strict=True):
        sooner = np.arange(21.0)
        worth = [
            chance * amounts ** (0.8 if chance == 1 else 0.6)
            for chance, amounts in ((early, sooner), (late, (20 - sooner) * 1.25))
        ]
        np.testing.assert_allclose(row, soft(factor() @ np.array(worth)), rtol=1e-9)


def test_with_one_curvature_both_are_discounted_expected_utility():
    tastes = {**TASTES, "risk_curvature": 0.8}
    plain = {name: tastes[name] for name in ("beta", "rate", "curvature")}
    expected = table(explain("present-bias", "logit"), BUDGETS, sensitivity=2.0, **plain)
    for explanation in (THEN, CERTAIN):
        found = table(explanation, BUDGETS, sensitivity=2.0, **tastes)
        np.testing.assert_allclose(found, expected, rtol=1e-9)


def best(explanation, situations):
    return table(explanation, situations, sensitivity=1e3, **TASTES).argmax(axis=1).tolist()


def test_common_ratios():
    # Halving all chances leaves budgets as they are, both for expected utility and for certainty
    # equivalents; not for one to whom certainty is special, whom it makes spread payments more.
    assert best(THEN, BUDGETS)[:2] == [best(THEN, BUDGETS)[0]] * 2
    sure, halved, *_ = best(CERTAIN, BUDGETS)
    assert abs(halved - 10) < abs(sure - 10)


def test_losses_and_people_are_refused():
    with pytest.raises(InputError, match="payoffs below 0"):
        THEN.check([Situation(("a", "b"), [[-1, 2], [2, 1]], delays=[0, 7])])
    with pytest.raises(InputError, match="not dates"):
        CERTAIN.check([Situation(("a", "b"), [[1, 2], [2, 1]])])
