"""Cross-play of rule lists of full Hanabi, every pair with every other: how long it takes.

    python benchmarks/learning_cross.py [--bots 100] [--games 1000] [--jobs 2]

Two players, points kept on bombing, the same decks for all pairs. Programs are compiled before.
"""

from __future__ import annotations

import argparse
import os
import time

import numpy as np

from comity.learning.partners.hanabi_cross import RuleCross, rule_cross_play
from comity.learning.partners.hanabi_rules import rule_family


def told(found: RuleCross, clock: float, processor: float, jobs: int) -> str:
    """Return what was played, how long it took, and who met the others best."""
    bots, games = len(found.names), found.games * len(found.names) ** 2
    others = found.means + found.means.T
    np.fill_diagonal(others, 0)
    others = others.sum(axis=1) / max(1, 2 * (bots - 1))
    own, best = np.diag(found.means), int(np.argmax(others))
    spent = f"{clock:.0f} s on the clock, {processor:.0f} s of processor"
    ends = f"{others.min():.1f} to {others.max():.1f}"
    lines = (
        f"{bots} x {bots} programs, {found.games:,} games a pair, {games:,} games",
        f"{jobs} threads, {os.cpu_count()} cores: {spent}, {1e6 * processor / games:.1f} µs a game",
        f"with themselves {own.min():.1f} to {own.max():.1f}",
        f"with others, on average, {ends}; the best, program {best}, {own[best]:.1f} with itself",
        f"standard errors up to {found.errors.max():.2f}",
    )
    return "\n".join(lines)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--bots", type=int, default=100)
    parser.add_argument("--games", type=int, default=1_000)
    parser.add_argument("--jobs", type=int, default=2)
    stated = parser.parse_args()
    family = rule_family(stated.bots, rng=1)
    rule_cross_play(family[:2], games=2)
    clock, processor = time.perf_counter(), time.process_time()
    found = rule_cross_play(family, games=stated.games, jobs=stated.jobs)
    clock, processor = time.perf_counter() - clock, time.process_time() - processor
    print(f"load {os.getloadavg()[0]:.1f} at the end")
    print(told(found, clock, processor, stated.jobs))


if __name__ == "__main__":
    main()
