"""What procedures see: expected utility, tables by profile, and who has which options."""

import jax
import jax.numpy as jnp
import numpy as np

from comity.games import NormalForm
from comity.inference.evidence.situations import Situation, decisions
from comity.inference.explanations.batch import stack
from comity.inference.explanations.motives.fehr_schmidt import FEHR_SCHMIDT
from comity.inference.explanations.procedure import View

RNG = np.random.default_rng(0)
SMALL = RNG.uniform(0, 9, (3, 2, 3, 2)).round()
LARGE = RNG.uniform(0, 9, (3, 3, 2, 2)).round()
TASTES = {"alpha": jnp.asarray(0.5), "beta": jnp.asarray(0.25)}


def view(situations, place):
    stacked, menus = stack(situations)
    one = jax.tree.map(lambda leaf: jnp.asarray(leaf[place]), stacked)
    return View(
        one.payoffs,
        one.options,
        one.contingencies,
        one.present,
        menus,
        one.history,
        one.beliefs,
        FEHR_SCHMIDT,
        TASTES,
    )


def fehr_schmidt(payoffs, role):
    own, rest = payoffs[role], np.delete(payoffs, role)
    return own - (0.5 * np.maximum(rest - own, 0) + 0.25 * np.maximum(own - rest, 0)).mean()


def test_tables_hold_every_player_s_utility_by_profile():
    games = [decisions(NormalForm.from_payoffs(table), 1) for table in (SMALL, LARGE)]
    seen = view(games, 0)
    assert [len(options) for options in seen.available] == [3, 3, 2]
    assert [options.tolist() for options in seen.available[:2]] == [[True] * 3, [True, True, False]]
    for own in range(3):
        for first in range(2):
            for third in range(2):
                payoffs = SMALL[:, first, own, third][[1, 0, 2]]
                for player in range(3):
                    found = float(seen.tables[player][own, first, third])
                    np.testing.assert_allclose(found, fehr_schmidt(payoffs, player), rtol=1e-6)


def test_expected_utility_weighs_contingencies():
    lottery = Situation("ab", [[[4, 4], [0, 0]], [[1, 3], [3, 1]]], contingencies=[0.25, 0.75])
    seen = view([lottery], 0)
    np.testing.assert_allclose(seen.expected(), [1, 0.25 * 0 + 0.75 * 2.5], rtol=1e-6)
    np.testing.assert_allclose(seen.expected(jnp.array([1.0, 0.0])), [4, 0], atol=1e-6)
