"""The picture in JAX against the loops on the CPU, in positions of every kind."""

import numpy as np

from comity.learning.environments.make import make

THINGS = ["onion", "tomato", "dish", "soup OOO", "soup OT", "soup TTT"]


def any_position(rules, rng):
    """Return a position with everything somewhere."""
    layout = rules.layout
    cells = rng.permutation(rules.floor)[:2]
    cooks = [
        {"at": list(rules.cell(cell)), "facing": str(way), "holds": str(held)}
        for cell, way, held in zip(
            cells,
            rng.choice(["north", "south", "east", "west"], 2),
            rng.choice(["nothing", *THINGS], 2),
            strict=True,
        )
    ]
    things = [
        {"at": list(cell), "is": str(rng.choice(THINGS))}
        for cell in layout.cells(1)
        if rng.random() < 0.5
    ]
    for cell in layout.cells(2):
        pot = {
            "at": list(cell),
            "is": "soup " + "".join(rng.choice(list("OT"), rng.integers(1, 4))),
        }
        if rng.random() < 0.6:
            pot["cooked"] = int(rng.integers(8))
        things += [pot] if rng.random() < 0.8 else []
    return {"cooks": cooks, "things": things, "time": int(rng.integers(340, 400))}


def test_both_engines_see_the_same():
    rng = np.random.default_rng(3)
    kitchens = [make("overcooked", e, layout="counter_circuit_tomato") for e in ("numba", "jax")]
    given = [any_position(kitchens[0].rules, rng) for _ in range(200)]
    one, other = (np.asarray(k.observe(k.start(given))) for k in kitchens)
    assert one.dtype == other.dtype == np.uint8
    assert np.array_equal(one, other)
    assert (one.reshape(200, 2, -1, 26).max(axis=(0, 1, 2)) > 0).all()
