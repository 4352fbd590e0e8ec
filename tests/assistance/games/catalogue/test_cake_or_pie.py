import pytest

from comity.assistance.games.catalogue import cake_or_pie
from comity.assistance.solving import solve_assistance
from comity.core import InputError


@pytest.mark.parametrize("share", [0.05, 0.2, 0.5, 0.7, 0.81, 0.9])
@pytest.mark.parametrize("cost", [0.0, 0.1, 0.4])
def test_asks_where_the_answer_is_worth_its_price(share, cost):
    game = cake_or_pie(share, cost)
    solved = solve_assistance(game)
    guess, ask = max(share, 1 - share), 0.95**2 - cost
    assert solved.value.value == pytest.approx(max(guess, ask))
    first = game.assistant_actions[solved.assistant.act(0, solved.assistant.begin())]
    assert (first == "ask") == (ask > guess)


@pytest.mark.parametrize("share", [0, 1, -1, 2])
def test_share_is_a_chance(share):
    with pytest.raises(InputError, match="share"):
        cake_or_pie(share)
