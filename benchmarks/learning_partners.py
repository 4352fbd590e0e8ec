"""How well teams of the programs in the box score: the tables of the reference of environments.

``python benchmarks/learning_partners.py [--games N] [--kitchens N]``

Mean and standard error over games; same seed, same figures.
"""

from __future__ import annotations

import argparse

import numpy as np

from comity.learning import Environment, make, play
from comity.learning.environments.overcooked.layouts import CLASSIC
from comity.learning.partners.catalogue import partner

HANABI = {"bombing": "keeps points"}
DYNAMICS = {"new dynamics": False, "old dynamics": True}


def team(name: str, environment: Environment, games: int, seed: int) -> str:
    """Return the score of a team of one program: mean and standard error."""
    seats = [partner(name, environment) for _ in environment.shape.players]
    scores = play(environment, seats, games, seed).scores[:, 0]
    error = scores.std(ddof=1) / np.sqrt(games)
    return f"{scores.mean():.2f} ± {error:.2f}"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--games", type=int, default=20_000, help="of Hanabi, each team")
    parser.add_argument(
        "--kitchens", type=int, default=500, help="games of Overcooked, each layout"
    )
    parser.add_argument("--seed", type=int, default=0)
    given = parser.parse_args()
    for name in ("smart", "hat"):
        for players in (2, 3, 4, 5):
            table = make("hanabi", players=players, **HANABI)
            print("hanabi", name, players, team(name, table, given.games, given.seed), flush=True)
    for words, old in DYNAMICS.items():
        for layout in CLASSIC:
            kitchen = make("overcooked", layout=layout, old_dynamics=old)
            score = team("greedy", kitchen, given.kitchens, given.seed)
            print("overcooked, greedy,", words, layout, score, flush=True)


if __name__ == "__main__":
    main()
