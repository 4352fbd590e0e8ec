"""How human models of Overcooked foretell people, and how they play: the tables of the how-to page.

    python benchmarks/learning_people.py FILE [--games 20]

FILE holds recorded games in the format of `docs/how-to/fit-human-models.md`, such as the 39 games
of 2019 (Carroll et al. 2019). The planner and the clone are fitted to all pairs, and each pair is
foretold by models that never saw it; then teams of two of each play as long as the people did, on
each layout. Same seed, same figures; a few minutes.
"""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from comity.core import Certified
from comity.learning import Policy, make, play
from comity.learning.humans import clone, fit_boltzmann, read_trajectories, samples
from comity.learning.humans.trajectories import STUDY_OF_2019, Trajectory

SEED = 0


def interval(value: Certified) -> str:
    """Return a number with its interval, as it stands in the table."""
    return f"{value.value:.2f} [{value.low:.2f}, {value.high:.2f}]"


def table(games: Sequence[Trajectory]) -> tuple[list[str], dict[str, Policy]]:
    """Return the lines of the table, and the two models fitted to all pairs."""
    choices = samples(games)
    planner, copy = fit_boltzmann(choices, rng=SEED), clone(choices, rng=SEED)
    habits = interval(planner.held_out.marginal)
    told = f"rationality {interval(planner.rationality)} nats a step, waiting " + interval(
        planner.waiting
    )
    lines = [
        "| | log-likelihood a choice | gain over habits | parameters |",
        "|---|---|---|---|",
        f"| habits | {habits} | | |",
    ]
    for name, held, words in (
        ("planner", planner.held_out, told),
        ("clone", copy.held_out, ""),
    ):
        lines.append(f"| {name} | {interval(held.model)} | {interval(held.gain)} | {words} |")
    held = copy.held_out
    lines.append(f"\n{held.pairs} pairs, {held.choices:,} choices")
    return lines, {"planner": planner.cook, "clone": copy.clone}


def scores(games: Sequence[Trajectory], models: dict[str, Policy], count: int) -> list[str]:
    """Return, by layout, what people scored and what teams of the models score in as many steps."""
    layouts = sorted({game.layout for game in games})
    lines = [
        f"| layout | steps | people | {' | '.join(models)} |",
        f"|---|---|---|{'---|' * len(models)}",
    ]
    for layout in layouts:
        own = [game for game in games if game.layout == layout]
        steps = round(np.mean([len(game.actions) for game in own]))
        kitchen = make("overcooked", layout=layout, **STUDY_OF_2019 | {"horizon": steps})
        people = np.mean([game.rewards.sum() for game in own])
        teams = [
            play(kitchen, [model, model], count, SEED).scores[:, 0].mean()
            for model in models.values()
        ]
        shown = " | ".join(f"{score:.0f}" for score in (people, *teams))
        lines.append(f"| {layout} | {steps} | {shown} |")
    return lines


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("file", type=Path, help="recorded games")
    parser.add_argument("--games", type=int, default=20, help="of each team on each layout")
    stated = parser.parse_args()
    games = read_trajectories(stated.file)
    lines, models = table(games)
    print("\n".join(lines), "\n", flush=True)
    print("\n".join(scores(games, models, stated.games)))


if __name__ == "__main__":
    main()
