"""A small game with two principals and a bystander, for tests of several people."""

from itertools import product

import numpy as np

from comity.assistance.principals import Principal, share


def evening(horizon=2, assistant=("wait", "jazz", "rock"), **options):
    """Two people who each want one kind of music, and a neighbour who wants none of it loud."""

    def wants(name, size):
        def reward(goal, state, moves, assistant):
            own = moves[("Ana", "Bo").index(name)]
            return size * (assistant == goal) + 0.2 * size * (own == goal)

        return reward

    return share(
        ["evening"],
        list(assistant),
        {
            "Ana": Principal(("jazz", "rock"), {"jazz": 0.7, "rock": 0.3}, wants("Ana", 1.0)),
            "Bo": Principal(("jazz", "rock"), {"jazz": 0.2, "rock": 0.8}, wants("Bo", 2.0)),
        },
        lambda state, moves, assistant: "evening",
        start="evening",
        bystanders={"Cy": lambda state, moves, assistant: -1.0 * (assistant == "rock")},
        sensitivity=4.0,
        horizon=horizon,
        **options,
    )


def policy_values(shared):
    """Payoffs and effects of every policy of the assistant, from the definition, (N, n + b)."""
    game, person = shared.game, shared.person
    assert game.horizon == 2
    h, a = game.shape[1], game.shape[2]
    tables = [
        *shared.rewards,
        *(np.broadcast_to(e, shared.rewards[0].shape) for e in shared.effects),
    ]
    found = []
    for first in range(a):
        for then in product(range(a), repeat=h):
            row = []
            for table in tables:
                total = 0.0
                for g, p in enumerate(game.prior):
                    for move in range(h):
                        chance = p * person.at(0, 0)[g, move]
                        later = sum(
                            person.at(1, 0)[g, m] * table[g, 0, m, then[move]] for m in range(h)
                        )
                        total += chance * (table[g, 0, move, first] + later)
                row.append(total)
            found.append(row)
    return np.array(found)
