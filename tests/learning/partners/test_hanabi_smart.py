import numpy as np
import pytest

from comity.learning import make, play
from comity.learning.environments.hanabi import decks
from comity.learning.partners.hanabi_smart import SmartBot
from hanabi_seats import Blindfold, Stranger

PUBLISHED = {2: 23.09, 3: 23.26, 4: 22.40, 5: 20.69}


@pytest.mark.parametrize("players", PUBLISHED)
def test_teams_score_what_is_published(players):
    """4,000 games have a standard error of at most .03; the seed is fixed."""
    environment = make("hanabi", players=players, bombing="keeps points")
    scores = play(environment, [SmartBot()] * players, 4_000, rng=1).scores[:, 0]
    assert scores.mean() == pytest.approx(PUBLISHED[players], abs=0.1)


@pytest.mark.parametrize("players", [2, 4])
def test_it_reads_nothing_that_its_seat_does_not_see(players):
    environment = make("hanabi", players=players)
    plain = play(environment, [SmartBot()] * players, 200, rng=3)
    blind = play(environment, [Blindfold(SmartBot()) for _ in range(players)], 200, rng=3)
    assert np.array_equal(plain.actions, blind.actions)


def test_it_plays_variants_and_with_strangers():
    for variant in ({"ranks": 3, "colours": 2, "hand": 2}, {"players": 3, "information": 2}):
        environment = make("hanabi", **variant)
        seats = len(environment.shape.players)
        played = play(environment, [SmartBot()] + [Stranger()] * (seats - 1), 200, rng=2)
        assert played.lengths.max() <= environment.shape.horizon


def deck_with(*cards):
    whole = decks.deck_text(decks.sorted_deck(make("hanabi").rules)).split()
    for card in cards:
        whole.remove(card)
    return {"deck": " ".join([*cards, *whole])}


def test_a_hint_points_at_the_newest_card_and_it_is_played():
    """The other holds one playable card, a red 1 drawn last; it is told of, then played."""
    mine, theirs = ["Y2", "Y3", "G2", "G3", "W4"], ["B3", "B4", "W3", "Y4", "R1"]
    environment = make("hanabi")
    state = environment.start(deck_with(*mine, *theirs))
    bots = [SmartBot(), SmartBot()]
    memories = [bot.begin(environment, seat, 1, 0) for seat, bot in enumerate(bots)]

    def chosen(seat):
        actions = []
        for place, bot in enumerate(bots):
            view = views(environment, state, place)
            actions.append(bot.act(memories[place], view)[0][0])
        return int(actions[seat])

    hint = chosen(0)
    assert environment.describe(0, hint) in ("tell player 2 of red", "tell player 2 of 1s")
    state = environment.step(state, np.array([[hint, 0]])).state
    assert environment.describe(1, chosen(1)) == "play card 5"


def views(environment, state, seat):
    from comity.learning.policies.protocol import View

    nothing = np.empty((1, 0))
    return View(nothing, nothing, environment.acting(state)[:, seat], state, seat)
