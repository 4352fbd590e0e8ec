import numpy as np
import pytest

from comity.learning import make
from comity.learning.environments.hanabi import decks
from comity.learning.partners.hanabi_smart import SmartBot
from hanabi_seats import (
    check_it_plays_variants_and_with_strangers,
    check_it_reads_only_what_it_sees,
    team_score,
)

PUBLISHED = {2: 23.09, 3: 23.26, 4: 22.40, 5: 20.69}


@pytest.mark.parametrize("players", PUBLISHED)
def test_teams_score_what_is_published(players):
    """4,000 games have a standard error of at most .03; the seed is fixed."""
    assert team_score(SmartBot, players, 4_000) == pytest.approx(PUBLISHED[players], abs=0.1)


@pytest.mark.parametrize("players", [2, 4])
def test_it_reads_nothing_that_its_seat_does_not_see(players):
    check_it_reads_only_what_it_sees(SmartBot, players)


def test_it_plays_variants_and_with_strangers():
    check_it_plays_variants_and_with_strangers(SmartBot)


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
