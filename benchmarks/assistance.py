"""How fast ChefWorld is solved: by the generalised Bellman update and by the old one.

    python benchmarks/assistance.py [--most 6] [--old 6]

Both updates are pruned by the same code and give the same value, which is checked. Times are
processor time of one process, the best of several runs.
"""

import argparse
import platform
import sys
import time
from itertools import product

import numpy as np

from comity.assistance.games.catalogue import chef_world
from comity.assistance.people import noisy
from comity.assistance.solving import solve_assistance, solve_by_points
from comity.assistance.solving.pruning import undominated

RUNS = 3
TOLERANCE = 1e-10


def timed(job, runs=RUNS):
    """Return the least processor time of some runs, and what the last returned."""
    best = np.inf
    for _ in range(runs):
        start = time.process_time()
        found = job()
        best = min(best, time.process_time() - start)
    return best, found


def old_update(game):
    """Return the value by the update that picks a rule for the person: |A_H| ^ |Theta| of them.

    For each action of the assistant and each rule from goals to actions of the person, plans after
    different actions are added up (Hadfield-Menell et al. 2016, before Malik et al. 2018).
    """
    goals = len(game.goals)
    seen = game.reachable(game.horizon + 1)
    later = {int(s): np.zeros((1, goals)) for s in np.flatnonzero(seen[game.horizon])}
    for step in range(game.horizon - 1, -1, -1):
        later = {int(s): old_backup(game, int(s), later) for s in np.flatnonzero(seen[step])}
    return float((later[game.start] @ game.prior).max())


def old_backup(game, state, later):
    """Return the useful vectors of one state."""
    goals = len(game.goals)
    if game.final[state]:
        return np.zeros((1, goals))
    persons = np.flatnonzero(game.person_allowed[state])
    found = []
    for a in np.flatnonzero(game.assistant_allowed[state]):
        after = {}
        for h in persons:
            ((_, follows, _),) = game.successors(state, int(h), int(a))
            after[h] = game.rewards[:, state, h, a] + game.discount * later[follows]
        for rule in product(persons, repeat=goals):
            rule = np.array(rule)
            vectors = np.zeros((1, goals))
            for h in np.unique(rule):
                part = np.where(rule == h, after[h], 0.0)
                vectors = (vectors[:, None] + part[None]).reshape(-1, goals)
                vectors = vectors[undominated(vectors, TOLERANCE)]
            found.append(vectors)
    stacked = np.unique(np.concatenate(found), axis=0)
    return stacked[undominated(stacked, TOLERANCE)]


def row(recipes, old):
    """Return one line of the table."""
    game = chef_world(recipes)
    solve_assistance(game)  # Compiles.
    new, solved = timed(lambda: solve_assistance(game))
    person = noisy(game, 10.0)
    points, bounded = timed(lambda: solve_by_points(game, person, gap=0.01), runs=1)
    actions = len(game.person_actions)
    line = [
        str(recipes),
        f"{solved.value.value:.4f}",
        f"{new:.3f} s",
        f"{actions} x {recipes} = {actions * recipes}",
        f"{actions}^{recipes} = {actions**recipes:,}",
    ]
    if recipes <= old:
        before, value = timed(lambda: old_update(game), runs=1)
        assert abs(value - solved.value.value) < 1e-6
        line += [f"{before:.3f} s", f"{before / new:,.0f} times"]
    else:
        line += ["", ""]
    return [*line, f"{bounded.value.value:.3f} to {bounded.upper_bound.value:.3f}, {points:.2f} s"]


TITLES = (
    "recipes", "value", "generalised update", "entries a plan", "rules of the old update",
    "old update", "ratio", "noisy person, by points",
)  # fmt: skip


def main(arguments=None):
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--most", type=int, default=6, help="recipes, at most")
    parser.add_argument(
        "--old", type=int, default=6, help="recipes up to which the old update runs"
    )
    given = parser.parse_args(arguments)
    print("| " + " | ".join(TITLES) + " |")
    print("| " + " | ".join("---" for _ in TITLES) + " |")
    for recipes in range(2, given.most + 1):
        print("| " + " | ".join(row(recipes, given.old)) + " |", flush=True)
    versions = f"Python {platform.python_version()}, numpy {np.__version__}"
    print(f"\n{platform.machine()}; {versions}; one core, nothing random")
    return 0


if __name__ == "__main__":
    sys.exit(main())
