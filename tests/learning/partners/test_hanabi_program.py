import numpy as np
import pytest

from comity.core.errors import InputError
from comity.learning import make
from comity.learning.partners.hanabi_program import HanabiProgram
from comity.learning.partners.hanabi_smart import SmartBot


@pytest.mark.parametrize("environment", [make("lever"), make("hanabi", "jax")])
def test_another_game_or_engine_is_refused(environment):
    with pytest.raises(InputError, match="expected hanabi, engine numba"):
        SmartBot().begin(environment, 0, 1, 0)


def test_games_that_are_over_are_forgotten():
    memory = SmartBot().begin(make("hanabi"), 0, 3, 0)
    memory.begun[:] = True
    SmartBot().forget(memory, np.array([True, False, True]), 0)
    assert memory.begun.tolist() == [False, True, False]


def test_a_program_says_what_it_does():
    memory = HanabiProgram().begin(make("hanabi"), 0, 1, 0)
    with pytest.raises(NotImplementedError):
        HanabiProgram().follow(memory, 0, memory.before)
