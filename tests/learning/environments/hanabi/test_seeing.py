import numpy as np
import pytest

from comity.learning import make
from comity.learning.environments.hanabi import layout, seeing
from comity.learning.environments.hanabi.rules import copies

START = {
    "deck": "R1 R2 R3 R4 R5 Y1 Y1 Y2 G1 B5 "
    "R1 R1 R2 R3 R4 Y1 Y2 Y3 Y3 Y4 Y4 Y5 G1 G1 G2 G2 G3 G3 G4 G4 G5 "
    "W1 W1 W1 W2 W2 W3 W3 W4 W4 W5 B1 B1 B1 B2 B2 B3 B3 B4 B4"
}


def section(environment, observation, name):
    begin = layout.offsets(environment.rules)[name]
    return observation[begin : begin + layout.sections(environment.rules)[name]].tolist()


def test_a_game_by_hand():
    """Player 1 plays a red 1, player 2 is then told of its ones: what each sees, by section."""
    environment = make("hanabi")
    state = environment.start(START)
    state = environment.step(state, np.array([[5, 0]])).state
    seen = environment.observe(state)[0]

    def mine(name):
        return section(environment, seen[0], name)

    def theirs(name):
        return section(environment, seen[1], name)

    held = np.reshape(mine("hands"), (5, 25)).argmax(axis=1)
    assert held.tolist() == [5, 5, 6, 10, 24]
    assert np.reshape(theirs("hands"), (5, 25)).argmax(axis=1).tolist() == [1, 2, 3, 4, 0]
    assert sum(mine("deck")) == 39
    assert mine("piles") == [1] + [0] * 24
    assert (mine("mover"), theirs("mover")) == ([1, 0], [0, 1])
    assert mine("move") == [1, 0, 0, 0]
    assert mine("place") == [1, 0, 0, 0, 0]
    assert mine("card") == [1] + [0] * 24
    assert mine("outcome") == [1, 0]
    state = environment.step(state, np.array([[0, 15]])).state
    seen = environment.observe(state)[0]
    assert (mine("mover"), theirs("mover")) == ([0, 1], [1, 0])
    assert mine("move") == [0, 0, 0, 1]
    assert (mine("target"), theirs("target")) == ([1, 0], [0, 1])
    assert mine("rank") == [1, 0, 0, 0, 0]
    assert mine("matches") == [0, 0, 0, 0, 1]
    assert sum(mine("information")) == 7
    own = np.reshape(mine("knowledge"), (2, 5, 35))[0]
    assert own[4, :25].reshape(5, 5).tolist() == [[1, 0, 0, 0, 0]] * 5
    assert own[0, :25].reshape(5, 5).tolist() == [[0, 1, 1, 1, 1]] * 5
    assert own[:, 25:].sum() == 1


@pytest.mark.parametrize("ranks", [1, 2, 3, 4, 5])
def test_discards_become_thermometers(ranks):
    room = [copies(rank, ranks) for rank in range(ranks)]
    for gone in np.ndindex(*(most + 1 for most in room)):
        packed = sum(count << (2 * rank) for rank, count in enumerate(gone))
        bits = "".join("1" * n + "0" * (most - n) for n, most in zip(gone, room, strict=True))
        assert seeing.THERMOMETER[ranks, packed] == int(bits[::-1], 2)
    assert seeing.GONE_BITS[ranks] == sum(room)


def test_fields_may_cross_the_edge_of_a_word():
    bits, writer = np.zeros(3, dtype=np.uint64), (np.uint64(0), 0, 0)
    for width, value in ((60, 5), (35, 2**35 - 2), (33, 1), (7, 9)):
        waiting, fill, at = seeing.push(bits, writer, width, value)
        writer = (np.uint64(waiting), fill, at)
    assert writer == (9, 7, 2)
    whole = int(bits[0]) | int(bits[1]) << 64
    assert whole == 5 | (2**35 - 2) << 60 | 1 << 95


def test_own_cards_are_not_seen():
    environment = make("hanabi", players=3)
    state = environment.start(START)
    swapped = START["deck"].split()
    swapped[0], swapped[30] = swapped[30], swapped[0]
    other = environment.start({"deck": " ".join(swapped)})
    one, two = environment.observe(state)[0], environment.observe(other)[0]
    assert np.array_equal(one[0], two[0])
    assert not np.array_equal(one[1], two[1])
