import pytest

from comity.assistance.games.catalogue import meal_choice
from comity.assistance.solving import solve_assistance
from comity.core import InputError


@pytest.mark.parametrize("home", range(7))
def test_value_by_hand(home):
    # Dough by step 1; ask once home, hear, fill. Or guess, which is worth 0.5 on average.
    asks = 2 * 0.9 ** (max(home, 0) + 2)
    if home == 0:
        asks = 2 * 0.9**3  # Dough still has to be made; nothing is ready to wait for.
    guess = 0.5 * 0.9
    assert solve_assistance(meal_choice(home)).value.value == pytest.approx(max(asks, guess))


def test_dough_comes_first():
    game = meal_choice(2)
    assistant = solve_assistance(game).assistant
    memory, state = assistant.begin(), game.start
    done = []
    for _ in range(3):
        action = assistant.act(state, memory)
        done.append(game.assistant_actions[action])
        slot, after, _ = game.successors(state, 0, action)[0]
        state, memory = after, assistant.after(state, memory, 0, slot)
    assert done[-1] == "ask"
    assert "make dough" in done


def test_home_is_a_step():
    for home in (9, 1.5, "late"):
        with pytest.raises(InputError, match="home"):
            meal_choice(home)
