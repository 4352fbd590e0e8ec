import numpy as np
import pytest

from comity.core.errors import InputError
from comity.learning import make, play
from comity.learning.partners.hanabi_hat import HatBot
from comity.learning.partners.hanabi_program import HanabiProgram
from comity.learning.partners.hanabi_rules import sound_rules
from comity.learning.partners.hanabi_smart import SmartBot


@pytest.mark.parametrize("environment", [make("lever"), make("hanabi", "jax")])
def test_another_game_or_engine_is_refused(environment):
    with pytest.raises(InputError, match="expected hanabi, engine numba"):
        SmartBot().begin(environment, 0, 1, 0)


@pytest.mark.parametrize("program", [SmartBot, HatBot, sound_rules])
@pytest.mark.parametrize(
    "variant",
    [
        {"players": 3, "colours": 1, "ranks": 5, "hand": 2},
        {"players": 2, "colours": 5, "ranks": 1, "hand": 4, "information": 1, "lives": 1},
        {"players": 4, "colours": 3, "ranks": 2, "hand": 3, "empty_hints": True},
        {"players": 2, "colours": 2, "ranks": 4, "hand": 6, "observation": "seer"},
        {"players": 5, "colours": 5, "ranks": 3, "hand": 6, "information": 15, "lives": 7},
    ],
)
def test_every_program_plays_odd_variants_by_the_rules(program, variant):
    environment = make("hanabi", **variant)
    played = play(environment, [program() for _ in range(variant["players"])], 20, 0)
    assert (played.lengths > 0).all()


@pytest.mark.parametrize("program", [SmartBot, HatBot, sound_rules])
def test_a_hand_of_one_card_is_refused(program):
    with pytest.raises(InputError, match=r"hand: .* cannot play this variant"):
        program().begin(make("hanabi", hand=1), 0, 1, 0)


def test_games_that_are_over_are_forgotten():
    memory = SmartBot().begin(make("hanabi"), 0, 3, 0)
    memory.begun[:] = True
    SmartBot().forget(memory, np.array([True, False, True]), 0)
    assert memory.begun.tolist() == [False, True, False]


def test_a_program_says_what_it_does():
    with pytest.raises(TypeError, match="follow"):
        HanabiProgram()
