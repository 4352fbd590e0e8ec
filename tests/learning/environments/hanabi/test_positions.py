"""Games that go on from their positions, on both engines, and positions that are none."""

import json

import numpy as np
import pytest

from comity.core.errors import InputError
from comity.learning import make, play, records, replay
from comity.learning.environments.checks import random_choice
from comity.learning.environments.hanabi.batched import rows_of
from comity.learning.environments.hanabi.rules import BOARD, HANDS, STATED, TURN
from comity.learning.partners.hanabi_hat import HatBot
from comity.learning.partners.hanabi_rules import sound_rules
from comity.learning.partners.hanabi_smart import SmartBot

VARIANTS = [
    {},
    {"players": 5, "hand": 3, "bombing": "keeps points", "empty_hints": True},
    {"players": 3, "colours": 3, "ranks": 4, "observation": "seer", "lives": 7, "information": 5},
]

MIDDLE = {
    "hands": ["R3 Y4 B5 W2 G1", "R2 Y1 B1 W1 G4"],
    "piles": [1, 0, 0, 0, 2],
    "discards": "R1 R4",
    "information": 3,
    "lives": 2,
    "mover": 2,
}


def rest(*cards):
    """Every other card of the usual deck, as text."""
    deck = [c + r for c in "RYGWB" for r in "1112233445"]
    for card in " ".join(cards).split():
        deck.remove(card)
    return " ".join(deck)


def middle(**changes):
    taken = [*MIDDLE["hands"], MIDDLE["discards"], "R1", "B1 B2"]
    return MIDDLE | {"deck": rest(*taken)} | changes


def words_that_count(game, rows):
    """The words without the mark of a position and without cards that have left the deck."""
    rows = rows.copy()
    rows[:, BOARD] &= ~np.uint32(1 << STATED)
    return rows[:, : HANDS + 4 * game.rules.players]


def advanced(game, steps, games=24):
    """Games some moves on, with few plays so that they last; those that ended are left out."""
    state, generator = game.begin(3, games), np.random.default_rng(5)
    plays = np.arange(game.actions) // game.rules.hand == 1
    for _ in range(steps):
        liking = generator.random((len(state), game.rules.players, game.actions))
        actions = np.argmax(liking * np.where(plays, 0.4, 1) * game.legal(state), axis=2)
        step = game.step(state, actions)
        state = step.state[~step.done]
    return state


@pytest.mark.parametrize(("variant", "steps"), [(0, 0), (0, 40), (0, 87), (1, 79), (2, 7), (2, 22)])
def test_a_game_goes_on_from_its_position_as_it_would_have(variant, steps):
    """The later of these steps are those at which decks are empty and hands are short."""
    variant = VARIANTS[variant]
    game, batched = make("hanabi", **variant), make("hanabi", "jax", **variant)
    state = advanced(game, steps)
    assert len(state) > 3
    shown = json.loads(json.dumps(game.positions(state)))
    again, other = game.start(shown), batched.start(shown)
    assert np.array_equal(words_that_count(game, again), words_that_count(game, state))
    assert np.array_equal(rows_of(other), again)
    assert batched.positions(other) == shown
    choose, running = random_choice(8), np.ones(len(state), dtype=bool)
    while running.any():
        seen, legal = game.observe(state), game.legal(state)
        assert np.array_equal(game.observe(again)[running], seen[running])
        assert np.array_equal(np.asarray(batched.observe(other))[running], seen[running])
        assert np.array_equal(np.asarray(batched.legal(other))[running], legal[running])
        actions = choose(0, legal, legal)
        one, two = (game.step(rows[running], actions[running]) for rows in (state, again))
        three = batched.step(other, actions)
        for name in ("rewards", "done"):
            expected = getattr(one, name)
            assert np.array_equal(getattr(two, name), expected)
            assert np.array_equal(np.asarray(getattr(three, name))[running], expected)
        state[running], again[running], other = one.state, two.state, three.state
        running[running] = ~one.done


def test_a_position_by_hand():
    game = make("hanabi")
    state = game.start(middle())
    assert game.acting(state)[0].tolist() == [False, True]
    legal = game.legal(state)[0, 1]
    assert legal[:10].all()  # All may be played or discarded.
    step = game.step(state, np.array([[0, 5]]))  # The second plays its red 2 on the red 1.
    assert step.rewards[0].tolist() == [1, 1]
    (after,) = game.positions(step.state)
    assert after["piles"] == [2, 0, 0, 0, 2]
    assert after["hands"][1] == "Y1 B1 W1 G4 R1"
    assert after["last"] == {
        "player": 2,
        "action": 5,
        "card": "R2",
        "scored": True,
        "token": False,
    }
    assert after["told"][1] == ["RYGWB 12345"] * 5


@pytest.mark.parametrize("bot", [SmartBot, HatBot, sound_rules])
def test_programs_play_on_from_positions_and_the_record_plays_again(bot):
    game = make("hanabi")
    shown = game.positions(advanced(game, 30))
    played = play(game, [bot(), bot()], given=shown)
    assert played.given == shown
    assert played.finished.all()
    for record in records(game, played, ["one", "other"]):
        assert np.array_equal(replay(record), record.rewards)


def test_decks_and_positions_start_side_by_side():
    for engine in ("numba", "jax"):
        game = make("hanabi", engine)
        deck = game.given(game.begin(1, 1))[0]
        state = game.start([deck, middle()])
        assert [one["mover"] for one in game.positions(state)] == [1, 2]
        with pytest.raises(InputError, match=r"state\[1\].*began from a position"):
            game.given(state)
        with pytest.raises(InputError, match="began from a position"):
            game.relabel(state, 0, np.arange(5))
        assert game.given(game.start([deck, deck])) == [deck, deck]


def test_the_end_of_a_game_is_counted():
    """With an empty deck and one turn left, the move ends the game."""
    game = make("hanabi", colours=1, ranks=3, hand=2)
    start = {"hands": ["R1 R2", "R3"], "piles": [1], "discards": "R1 R2", "turns": 1}
    state = game.start(start)
    assert int(state[0, TURN]) >> 3 & 7 == 1
    step = game.step(state, np.array([[3, 0]]))
    assert step.rewards[0].tolist() == [1, 1]
    assert step.done.tolist() == [True]


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"hands": ["R3"]}, "hands: not the hands"),
        ({"hands": "R3"}, "hands: not the hands"),
        ({"hands": ["R3 Y4 B5 W2", MIDDLE["hands"][1]], "discards": "R1 R4 G1"}, "size cannot be"),
        ({"hands": ["R3 Y4 B5 W2 X1", MIDDLE["hands"][1]]}, r"hands\[0\]: no such card"),
        ({"deck": 7}, "deck: no cards"),
        ({"deck": rest("R1")}, "not the cards of this game"),
        ({"discards": "R1"}, "1 of R4; expected 2|not the cards"),
        ({"piles": [1, 0, 0, 0]}, "piles: not the piles"),
        ({"piles": [1, 0, 0, 0, 6]}, r"piles\[4\]: out of range"),
        ({"piles": [5] * 5}, "the game is over"),
        ({"piles": None}, "piles: not the piles"),
        ({"information": 9}, "information: out of range"),
        ({"lives": 0}, "lives: out of range"),
        ({"mover": 3}, "mover: out of range"),
        ({"turns": 1}, "turns: out of range"),
        ({"told": [["R 1"]]}, "told: not what was told"),
        ({"last": 3}, "last: not a move"),
        ({"surprise": 1}, "not a start"),
    ],
)
@pytest.mark.parametrize("engine", ["numba", "jax"])
def test_what_is_no_position_is_refused(engine, changes, words):
    with pytest.raises(InputError, match=words):
        make("hanabi", engine).start(middle(**changes))


def test_a_deck_beside_what_belongs_to_a_position_is_refused():
    with pytest.raises(InputError, match="not a start"):
        make("hanabi").start({"deck": rest(), "lives": 2})
