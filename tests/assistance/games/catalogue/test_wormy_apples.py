import pytest

from comity.assistance.games.catalogue import wormy_apples
from comity.assistance.solving import solve_assistance


def by_hand(worms, cost, penalty, d):
    """Pick, then: clean, bake; wormy, ask and hear, or guess; and asking before picking."""
    clean = d * 2
    asks = d * -cost + d**4 * 2
    guess = d * -penalty / 2 + d**2 * 2
    leaves = 0.0
    late = (1 - worms) * clean + worms * max(asks, guess, leaves)
    early = -cost + (1 - worms) * d**3 * 2 + worms * d**4 * 2
    return max(late, early, 0.0)


@pytest.mark.parametrize("worms", [0.05, 0.2, 0.9])
@pytest.mark.parametrize(("cost", "penalty"), [(0.1, 2.0), (1.5, 2.0), (0.1, 0.01), (5.0, 50.0)])
def test_value_by_hand(worms, cost, penalty):
    game = wormy_apples(worms, cost, penalty)
    found = solve_assistance(game).value.value
    assert found == pytest.approx(by_hand(worms, cost, penalty, 0.99))


def test_asks_only_once_there_are_worms():
    game = wormy_apples()
    assistant = solve_assistance(game).assistant
    memory = assistant.begin()
    assert game.assistant_actions[assistant.act(game.start, memory)] == "pick"
    asked = {}
    for slot, state, _ in game.successors(game.start, 0, assistant.act(game.start, memory)):
        after = assistant.after(game.start, memory, 0, slot)
        asked[game.states[state]] = game.assistant_actions[assistant.act(state, after)]
    assert asked == {"clean apples": "bake", "wormy apples": "ask"}
