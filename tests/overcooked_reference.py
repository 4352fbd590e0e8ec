"""Games that overcooked_ai 1.1.0 played, replayed on comity's engines.

`benchmarks/learning_overcooked_evidence.py --record` writes the file; its marks are digests of
fifty steps of positions, rewards and pictures each.
"""

import json
from hashlib import blake2b
from pathlib import Path

import numpy as np

from comity.learning.environments.make import make

FILE = Path(__file__).parent / "learning" / "environments" / "overcooked" / "reference.json"


def kitchens():
    """Return the recorded games by layout and dynamics."""
    found = {}
    for game in json.loads(FILE.read_text(encoding="utf-8"))["games"]:
        found.setdefault((game["layout"], game["old_dynamics"]), []).append(game)
    return found


def brief(data):
    return blake2b(data, digest_size=8).hexdigest()


def marks(engine, layout, old_dynamics, games):
    """Return comity's marks for recorded games of one kitchen, and the sum of their rewards."""
    kitchen = make("overcooked", engine, layout=layout, old_dynamics=old_dynamics)
    joint = np.array([list(bytes.fromhex(game["actions"])) for game in games])
    state, total, steps = kitchen.start([{}] * len(games)), 0.0, []
    for pairs in np.stack(np.divmod(joint, 6), axis=-1).swapaxes(0, 1):
        after = kitchen.step(state, pairs)
        state, rewards = after.state, np.asarray(after.rewards)
        total += float(rewards[:, 0].sum())
        steps.append(_digests(kitchen, state, rewards))
    found = [list(game) for game in zip(*steps, strict=True)]
    return [
        [brief(json.dumps(game[at : at + 50]).encode()) for at in range(0, len(game), 50)]
        for game in found
    ], total


def _digests(kitchen, state, rewards):
    shaped, seen = np.asarray(kitchen.shaped(state)), np.asarray(kitchen.observe(state))
    found = []
    for game, position in enumerate(kitchen.positions(state)):
        position["things"].sort(key=lambda thing: thing["at"])
        paid = [int(rewards[game, 0]), *map(int, shaped[game])]
        shown = json.dumps(position, sort_keys=True).encode(), json.dumps(paid).encode()
        found.append([*map(brief, shown), brief(seen[game].tobytes())])
    return found
