import pytest

from comity.core import InputError
from comity.core.results import plain
from comity.learning.training.settings import Settings


def test_updates_are_counted():
    assert Settings(total_steps=10_000, games=10, steps=100).updates == 10
    assert Settings(total_steps=1, games=10, steps=100).updates == 1


def test_what_was_written_is_read():
    settings = Settings(hidden=(3,), recurrent=2, critic="centralised")
    assert Settings.read(plain(settings)) == settings


@pytest.mark.parametrize(
    "wrong",
    [
        {"games": 0},
        {"steps": 1.5},
        {"hidden": (0,)},
        {"recurrent": -1},
        {"discount": 1.1},
        {"gae_lambda": float("nan")},
        {"learning_rate": float("inf")},
        {"entropy_coefficient": -0.1},
        {"critic": "both"},
        {"minibatches": 3},
        {"recurrent": 8, "games": 6, "minibatches": 4},
        {"colour": "red"},
        {"hidden": "abc"},
        {"hidden": 5},
        {"hidden": [64]},
        {"recurrent": "8"},
        {"recurrent": True},
        {"shaping_steps": None},
        {"discount": "a little"},
        {"learning_rate": [1]},
        {"clip": True},
        {"anneal": "yes"},
        {"critic": ["both"]},
        {"games": {}},
    ],
)
def test_settings_that_cannot_be_used(wrong):
    with pytest.raises(InputError):
        Settings().changed(**wrong)


@pytest.mark.parametrize("hidden", [5, "abc", None, [[1]], {"0": 1}])
def test_layers_that_are_none_are_not_read(hidden):
    with pytest.raises(InputError, match="hidden"):
        Settings.read({"hidden": hidden})
