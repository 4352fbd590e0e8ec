"""Make `last_offer.csv`: sixty made-up people answer ten offers each, another round always to come.

Each accepts an offer with chance 1 / (1 + exp(-25 (offer - 0.3))): better offers are likelier to be
accepted, and 0.3 of the pie is the point at which it is even. Whether they are committed to 0.3,
or build a reputation that is worth 0.3 to them, nobody can see: that is what the Case is about.

Run it from any folder: python examples/last_offer.py
"""

import csv
from pathlib import Path

import numpy as np

OFFERS = np.array([0.05, 0.10, 0.15, 0.20, 0.25, 0.30, 0.35, 0.40, 0.45, 0.50])
PEOPLE, SEED = 60, 20261125
THRESHOLD, SENSITIVITY, PRIZE = 0.3, 25.0, 0.4


def rows():
    """Yield one row a decision: who, when, which offer of a pie of 1, and whether it was taken."""
    rng = np.random.default_rng(SEED)
    chance = 1 / (1 + np.exp(-SENSITIVITY * (OFFERS - THRESHOLD)))
    for person in range(1, PEOPLE + 1):
        order = rng.permutation(len(OFFERS))
        accepted = rng.random(len(OFFERS)) < chance[order]
        for k, (offer, taken) in enumerate(zip(OFFERS[order], accepted, strict=True), start=1):
            yield f"person {person}", k, f"{offer:.2f}", 1, PRIZE, int(taken)


def write(path):
    """Write the table with its header."""
    with Path(path).open("w", encoding="utf-8", newline="") as stream:
        table = csv.writer(stream, lineterminator="\n")
        table.writerow(["person", "round", "offer", "continues", "prize", "accepted"])
        table.writerows(rows())


if __name__ == "__main__":
    write(Path(__file__).with_suffix(".csv"))
