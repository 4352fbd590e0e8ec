import hashlib
import json

import numpy as np
import pytest
from scipy.stats import chisquare

from comity.agreement.transcripts.draw import drawn_outcome, uniform_draw
from comity.games import Lottery, MixedProfile
from comity.rooms.protocol.commitments import room_draw_seed
from comity.rooms.protocol.draws import drawn, drawn_number
from room_play import OTHER_ROOM, SECRETS, agreeing, play_out, three


def random_play(rng):
    if rng.integers(2):
        return MixedProfile(tuple(rng.dirichlet(np.ones(k)) for k in (2, 3, 2)))
    cells = rng.permutation(9)[:5]
    outcomes = tuple(divmod(int(cell), 3) for cell in cells)
    return Lottery(outcomes, rng.dirichlet(np.ones(5)))


def test_it_draws_what_agreements_draw():
    """The other road sums with NumPy and searches; they part by rounding only."""
    rng = np.random.default_rng(1)
    for _ in range(400):
        play, number = random_play(rng), float(rng.random())
        assert tuple(drawn(play.to_dict(), number)) == drawn_outcome(play, number)
    seed = hashlib.sha256(b"x").hexdigest()
    assert drawn_number(seed) == uniform_draw(seed)


def test_the_edges_are_drawn():
    third = {"kind": "lottery", "outcomes": [[2], [0], [1]], "probabilities": [1 / 3] * 3}
    assert [drawn(third, x) for x in (0.0, 0.334, 0.5, 1 - 2**-52)] == [[0], [1], [1], [2]]


def test_what_has_no_chance_is_not_drawn():
    play = {"kind": "mixed", "strategies": [[0.0, 1.0], [1.0, 0.0]]}
    assert {tuple(drawn(play, x)) for x in (0.0, 0.3, 1 - 2**-52)} == {(1, 0)}
    rounding = {"kind": "lottery", "outcomes": [[0], [1]], "probabilities": [-1e-12, 1.0]}
    assert drawn(rounding, 0.0) == [1]


def test_draws_follow_the_chances():
    """Nonces of fixed secrets, 5,000 rooms; chi-square at the 0.1 % level."""
    chances = np.array([0.1, 0.2, 0.3, 0.4])
    play = {"kind": "lottery", "outcomes": [[k] for k in range(4)], "probabilities": [*chances]}
    counts = np.zeros(4)
    for k in range(5_000):
        nonces = {name: hashlib.sha256(f"{name}{k}".encode()).hexdigest() for name in "AB"}
        counts[drawn(play, drawn_number(room_draw_seed("00" * 16, 0, nonces)))[0]] += 1
    assert chisquare(counts, 5_000 * chances).pvalue > 1e-3


@pytest.mark.parametrize("chooser", ["A", "B"])
def test_one_party_cannot_steer_the_draw(chooser):
    """Whatever constant one plays, the other's nonce makes the number uniform."""
    numbers = []
    for k in range(2000):
        nonces = {name: hashlib.sha256(f"{name}{k}".encode()).hexdigest() for name in "AB"}
        nonces[chooser] = "0" * 64
        numbers.append(drawn_number(room_draw_seed("00" * 16, 0, nonces)))
    counts = np.histogram(numbers, bins=20, range=(0, 1))[0]
    assert chisquare(counts).pvalue > 1e-3


@pytest.mark.parametrize("case", [agreeing, three])
def test_the_outcome_of_a_room_follows_in_a_few_lines(case):
    """Recomputed with json, hashlib and a loop, from the log alone."""
    room = play_out(case()).room
    assert room.outcome["status"] == "agreed"
    nonces = {
        entry.message.author: entry.message.body["draw"]
        for entry in room.entries
        if entry.message.type == "answer" and entry.message.round == room.round
    }
    data = {"version": "comity-room-draw-1", "room": room.id, "round": room.round, "nonces": nonces}
    seed = hashlib.sha256(
        json.dumps(data, sort_keys=True, separators=(",", ":")).encode()
    ).hexdigest()
    number = int(seed[:13], 16) / 2**52
    play = room.outcome["play"]
    below, place = 0.0, number * sum(play["probabilities"])
    pairs = sorted(zip(play["outcomes"], play["probabilities"], strict=True))
    reached = [(outcome, below := below + chance) for outcome, chance in pairs]
    outcome = next(outcome for outcome, height in reached if height > place)
    assert room.outcome["draw"] == {"seed": seed, "number": number, "outcome": outcome}


def test_other_secrets_and_rooms_draw_otherwise():
    seeds = {
        play_out(agreeing(), secrets=SECRETS[k:], room=room).room.outcome["draw"]["seed"]
        for k in (0, 2)
        for room in ("00" * 16, OTHER_ROOM)
    }
    assert len(seeds) == 4
