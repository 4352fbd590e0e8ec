"""Random games of Hanabi played by hanabi-learning-environment, written down step by step.

Run by a Python that has `hanabi-learning-environment` 0.0.4 and NumPy, and nothing of comity:

    python benchmarks/hanabi_reference.py --games 20000 --seed 1 --out FOLDER

Its makefile needs `CMAKE_POLICY_VERSION_MINIMUM=3.5` in the environment when it is installed.
`benchmarks/hanabi_replay.py` starts this script and compares. For each variant there is one file,
`NUMBER.npz`: the rules as JSON; for each game its deck; for each step the action, the reward, the
legal actions and what every player sees, as packed bits, before the step, and once more at the end.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
from hanabi_learning_environment import pyhanabi

NAMES = {
    "players": "players",
    "colours": "colors",
    "ranks": "ranks",
    "hand": "hand_size",
    "information": "max_information_tokens",
    "lives": "max_life_tokens",
}
OBSERVATIONS = ("minimal", "card knowledge", "seer")

VARIANTS: list[dict[str, Any]] = [
    *({"players": players} for players in (2, 3, 4, 5)),
    *({"players": players, "observation": "minimal"} for players in (2, 3, 4, 5)),
    *({"players": players, "observation": "seer"} for players in (2, 5)),
    {"players": 2, "colours": 1, "hand": 2, "information": 3, "lives": 1},
    {"players": 2, "colours": 2, "hand": 2, "information": 3, "lives": 1},
    {"players": 3, "colours": 3, "ranks": 4, "hand": 3, "information": 5},
    {"players": 4, "colours": 4, "ranks": 3, "hand": 2, "lives": 2},
    {"players": 5, "colours": 4, "ranks": 5, "hand": 6, "information": 12, "lives": 5},
    {"players": 2, "colours": 5, "ranks": 2, "hand": 4, "information": 1},
    {"players": 2, "colours": 3, "ranks": 1, "hand": 2, "information": 2},
    {"players": 2, "colours": 5, "ranks": 5, "hand": 1, "information": 15, "lives": 7},
    {"players": 5, "colours": 2, "ranks": 5, "hand": 4, "information": 4},
]
"""What is played: every number of players, every kind of observation, small and odd decks."""

BOLD = (1.0, 0.3, 0.02)
"""Chance, by game in turn, that a card that will not fit may be played: some games get far."""


def game_of(variant: dict[str, Any], seed: int) -> pyhanabi.HanabiGame:
    stated = {NAMES[name]: value for name, value in variant.items() if name in NAMES}
    kind = OBSERVATIONS.index(variant.get("observation", "card knowledge"))
    return pyhanabi.HanabiGame({**stated, "observation_type": kind, "seed": seed})


def seen(state: Any, encoder: Any, players: int) -> np.ndarray:
    """Return what every player sees, as packed bits."""
    rows = []
    for player in range(players):
        observation = state.observation(player)
        text = pyhanabi.lib.EncodeObservation(encoder._encoder, observation.observation())
        rows.append(np.frombuffer(pyhanabi.ffi.string(text), dtype=np.uint8)[::2] - ord("0"))
        pyhanabi.lib.DeleteString(text)
    return np.packbits(np.stack(rows), axis=1)


def choose(state: Any, game: Any, moves: list[Any], bold: float, random: Any) -> Any:
    """Return a random legal move; where the player is not bold, no card that will not fit."""
    if random.random() >= bold:
        hand = state.player_hands()[state.cur_player()]
        fits = [state.card_playable_on_fireworks(card.color(), card.rank()) for card in hand]
        play = pyhanabi.HanabiMoveType.PLAY
        fine = [m for m in moves if m.type() != play or fits[m.card_index()]]
        plays = [m for m in fine if m.type() == play]
        moves = plays if plays and random.random() < 0.5 else fine or moves
    return moves[random.integers(len(moves))]


def played(game: Any, bold: float, random: Any) -> Iterator[tuple[int, float, int, np.ndarray]]:
    """Yield, step by step, action, reward, legal bits, what is seen; then the deck."""
    state, players = game.new_initial_state(), game.num_players()
    encoder = pyhanabi.ObservationEncoder(game)
    score = 0
    while True:
        while state.cur_player() == pyhanabi.CHANCE_PLAYER_ID:
            state.deal_random_card()
        looks = seen(state, encoder, players)
        if state.is_terminal():
            break
        moves = state.legal_moves()
        legal = sum(1 << game.get_move_uid(move) for move in moves)
        move = choose(state, game, moves, bold, random)
        state.apply_move(move)
        reward, score = state.score() - score, state.score()
        yield game.get_move_uid(move), reward, legal, looks
    deals = [
        item.move().color() * game.num_ranks() + item.move().rank()
        for item in state.move_history()
        if item.move().type() == pyhanabi.HanabiMoveType.DEAL
    ]
    left = [game.num_cards(c, r) for c in range(game.num_colors()) for r in range(game.num_ranks())]
    for card in deals:
        left[card] -= 1
    rest = [card for card, number in enumerate(left) for _ in range(number)]
    yield -1, 0.0, 0, looks
    yield -2, 0.0, 0, np.array(deals + rest, dtype=np.uint8)


def write(path: Path, variant: dict[str, Any], games: int, seed: int) -> None:
    random = np.random.default_rng(seed)
    game = game_of(variant, seed)
    decks, actions, rewards, legal, looks = [], [], [], [], []
    for number in range(games):
        for action, reward, bits, look in played(game, BOLD[number % len(BOLD)], random):
            if action == -2:
                decks.append(look)
                continue
            actions.append(action)
            rewards.append(reward)
            legal.append(bits)
            looks.append(look)
    np.savez(
        path,
        variant=json.dumps(variant),
        decks=np.stack(decks),
        actions=np.array(actions, dtype=np.int8),
        rewards=np.array(rewards, dtype=np.int8),
        legal=np.array(legal, dtype=np.uint64),
        looks=np.stack(looks),
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--games", type=int, default=20_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--out", type=Path, required=True)
    stated = parser.parse_args()
    each = -(-stated.games // len(VARIANTS))
    for number, variant in enumerate(VARIANTS):
        write(stated.out / f"{number}.npz", variant, each, stated.seed + number)


if __name__ == "__main__":
    main()
