import numpy as np
import pytest
from scipy.optimize import linprog

from assisting import assistant_policies, random_game, reply_value
from comity.assistance.people import RATIONAL, Fixed
from comity.assistance.robust.procedure_set import plan_for, safest_mixture


@pytest.mark.parametrize("seed", range(3))
def test_against_a_mixture_of_all_policies(seed):
    """Every policy valued from the definition, and one linear program over them."""
    rng = np.random.default_rng(seed)
    game = random_game(rng, states=2, branching=1, horizon=2)
    even = Fixed(np.full((1, 2, 2, 2), 0.5), "even")
    people = {"rational": RATIONAL, "even": even}
    rows = np.array([
        [
            sum(p * reply_value(game, policy, g, game.start, choose)
                for g, p in enumerate(game.prior))
            for choose in (np.max, np.mean)
        ]
        for policy in assistant_policies(game, game.start, 2)
    ])  # fmt: skip
    best = rows.max(axis=0)
    program = linprog(
        np.append(np.zeros(len(rows)), 1.0),
        A_ub=np.hstack([(best - rows).T, -np.ones((2, 1))]),
        b_ub=np.zeros(2),
        A_eq=np.append(np.ones(len(rows)), 0.0)[None],
        b_eq=[1.0],
    )
    found = safest_mixture(game, people, best)
    assert found.regret == pytest.approx(program.fun, abs=1e-7)
    assert found.bound <= found.regret + 1e-9
    assert found.chances.sum() == pytest.approx(1)
    for k, row in enumerate(np.eye(2)):
        assert plan_for(game, people, row)[1][k] == pytest.approx(best[k])
