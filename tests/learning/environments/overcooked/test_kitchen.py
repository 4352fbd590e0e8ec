"""Settings, starts and the conformance check."""

import numpy as np
import pytest

from comity.core import InputError
from comity.learning.environments.check import check_environment
from comity.learning.environments.make import make
from comity.learning.environments.overcooked.compiled import OvercookedCompiled
from comity.learning.environments.overcooked.kitchen import any_start
from comity.learning.environments.overcooked.rules import unpack_cook


@pytest.mark.parametrize("engine", ["numba", "jax"])
def test_the_protocol_is_kept(engine):
    kitchen = make("overcooked", engine, horizon=12, old_dynamics=True, random_start=True)
    report = check_environment(kitchen)
    assert report.ok, str(report)


def test_the_variant_makes_the_same_kitchen():
    text = "XXPXX\nO1 2T\nX   X\nXDXSX"
    stated = {"orders": ["OOT"], "value": 5, "time": 7}
    one = make("overcooked", layout=text, recipes=stated, horizon=50)
    other = make("overcooked", **one.variant)
    assert other.variant == one.variant
    assert np.array_equal(other.rules.worth, one.rules.worth)
    assert one.rules.worth[2 + 4] == 5
    assert one.rules.cooking[3] == 7


def test_layouts_of_a_name_take_other_recipes():
    kitchen = make("overcooked", layout="cramped_room", recipes={"value": 5})
    assert kitchen.rules.worth[3] == 5


def test_random_starts_keep_each_cook_on_its_side():
    kitchen = make("overcooked", layout="forced_coordination", random_start=True)
    words = any_start(kitchen.rules)
    columns = [{kitchen.rules.cell(c)[0] for c in unpack_cook(words, p)[0]} for p in (0, 1)]
    assert columns == [{3}, {1}]
    assert len(words) == len(set(words.tolist())) == 3 * 3 * 16
    state = kitchen.begin(0, 200)
    assert len(set(state.now.cooks.tolist())) > 50
    assert kitchen.positions(state) == kitchen.given(state)


def test_how_it_began_is_kept_through_the_game():
    kitchen = make("overcooked")
    given = [{}, {"cooks": [{"at": [1, 1], "facing": "north", "holds": "onion"},
                            {"at": [2, 1], "facing": "east", "holds": "nothing"}],
                  "things": [{"at": [0, 0], "is": "dish"}], "time": 3}]  # fmt: skip
    state = kitchen.start(given)
    for _ in range(5):
        state = kitchen.step(state, [[5, 5], [0, 1]]).state
    assert kitchen.given(state) == given
    state = kitchen.renew(state, np.array([False, True]), 0)
    assert kitchen.given(state) == [{}, {}]


@pytest.mark.parametrize(
    ("settings", "word"),
    [
        ({"engine": "jax"}, "engine"),
        ({"view": "smell"}, "view"),
        ({"layout": "kitchen"}, "layout"),
        ({"horizon": 0}, "horizon"),
        ({"recipes": {"orders": ["X"]}}, "soup"),
    ],
)
def test_settings_that_make_no_sense(settings, word):
    with pytest.raises(InputError, match=word):
        OvercookedCompiled(**settings)


def test_actions_in_words():
    kitchen = make("overcooked")
    assert [kitchen.describe(0, action) for action in (0, 5)] == ["north", "interact"]
