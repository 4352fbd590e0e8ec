"""Compare Hanabi with hanabi-learning-environment, bit for bit.

    python benchmarks/hanabi_replay.py --reference PYTHON --games 20000

PYTHON is an interpreter that has `hanabi-learning-environment` 0.0.4. It plays random games, in
its own process, by `benchmarks/hanabi_reference.py`; here both engines play the same decks and
moves, and the legal moves, rewards, ends and observations of all players are compared at every
step. The command ends with status 1 if anything differs. `--record FILE` writes the first games of
each variant with check sums, which the tests play again.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
import zlib
from pathlib import Path
from typing import Any

import numpy as np

from comity.learning import make

SCRIPT = Path(__file__).with_name("hanabi_reference.py")
FORMAT = "comity-hanabi-reference/1"


def games_of(data: Any) -> list[slice]:
    """Where each game's steps lie; the last of each is the end."""
    ends = np.flatnonzero(data["actions"] == -1) + 1
    return [slice(start, end) for start, end in zip([0, *ends[:-1]], ends, strict=True)]


def compared(data: Any, engine: str) -> dict[str, int]:
    """Play all games of a file in one batch: return how much was compared, how much differs."""
    variant = json.loads(str(data["variant"]))
    environment = make("hanabi", engine, **variant)
    actions, rewards, legal, looks = (
        data[name] for name in ("actions", "rewards", "legal", "looks")
    )
    starts = np.array([game.start for game in games_of(data)])
    lengths = np.array([game.stop - game.start - 1 for game in games_of(data)])
    state = environment.start([{"deck": deck.tolist()} for deck in data["decks"]])
    found = {"games": len(starts), "moves": 0, "observations": 0, "differences": 0}
    shifts = np.arange(environment.shape.actions[0], dtype=np.uint64)
    for step in range(lengths.max() + 1):
        # Games that are over stay where they are: a copy of the first that runs is played.
        runs = step <= lengths
        here = starts + np.minimum(step, lengths)
        seen = np.packbits(np.asarray(environment.observe(state), dtype=np.uint8), axis=2)
        found["differences"] += int((seen != looks[here]).any(axis=2)[runs].sum())
        found["observations"] += int(runs.sum()) * seen.shape[1]
        moves = step < lengths
        if not moves.any():
            break
        player = np.asarray(environment.acting(state)).argmax(axis=1)
        allowed = np.asarray(environment.legal(state))[np.arange(len(starts)), player]
        wanted = (legal[here][:, None] >> shifts) & np.uint64(1) == 1
        found["differences"] += int((allowed != wanted).any(axis=1)[moves].sum())
        found["moves"] += int(moves.sum())
        state, gained, done = advanced(environment, state, actions[here], moves)
        found["differences"] += int((gained != rewards[here])[moves].sum())
        found["differences"] += int((done != (step + 1 == lengths))[moves].sum())
    return found


def advanced(environment: Any, state: Any, actions: Any, moves: Any) -> tuple[Any, Any, Any]:
    """Play one step in the games that still run."""
    if environment.engine == "numba":
        rows = state[moves]
        seats = len(environment.shape.players)
        step = environment.step(rows, np.repeat(actions[moves, None], seats, axis=1))
        state[moves] = step.state
        gained, done = np.zeros(len(moves)), np.ones(len(moves), dtype=bool)
        gained[moves], done[moves] = step.rewards[:, 0], step.done
        return state, gained, done
    import jax

    chosen = np.repeat(actions[:, None], len(environment.shape.players), axis=1)
    step = environment.step(state, chosen)
    keep = jax.tree.map(lambda new, old: np.where(moves, new, old), step.state, state)
    return keep, np.asarray(step.rewards)[:, 0], np.asarray(step.done)


def recorded(data: Any, games: int, length: int) -> list[dict[str, Any]]:
    """Return the first games of a file, with check sums of what was seen."""
    kept = []
    for game, deck in list(zip(games_of(data), data["decks"], strict=True))[:games]:
        sums = [zlib.crc32(look.tobytes()) for look in data["looks"][game]]
        kept.append(
            {
                "variant": json.loads(str(data["variant"])),
                "length": length,
                "deck": deck.tolist(),
                "actions": data["actions"][game][:-1].tolist(),
                "rewards": data["rewards"][game][:-1].tolist(),
                "legal": [f"{bits:x}" for bits in data["legal"][game][:-1].tolist()],
                "seen": [f"{digest:08x}" for digest in sums],
            }
        )
    return kept


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--reference", required=True, help="a Python that has the reference")
    parser.add_argument("--games", type=int, default=20_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--engines", nargs="+", default=["numba", "jax"])
    parser.add_argument("--record", type=Path)
    stated = parser.parse_args()
    total: dict[tuple[str, str], int] = {}
    kept: list[dict[str, Any]] = []
    with tempfile.TemporaryDirectory() as folder:
        call = [stated.reference, str(SCRIPT), "--out", folder]
        call += ["--games", str(stated.games), "--seed", str(stated.seed)]
        subprocess.run(call, check=True)
        for path in sorted(Path(folder).iterdir(), key=lambda path: int(path.stem)):
            with np.load(path) as stored:
                data = dict(stored)
            for engine in stated.engines:
                found = compared(data, engine)
                print(f"{engine:6}{data['variant']}: {found}")
                for name, number in found.items():
                    total[engine, name] = total.get((engine, name), 0) + number
            length = make("hanabi", **json.loads(str(data["variant"]))).shape.observations[0]
            kept += recorded(data, 6, length)
    for (engine, name), number in total.items():
        print(f"{engine:6}{name}: {number:,}")
    if stated.record:
        head = {"format": FORMAT, "reference": "hanabi-learning-environment 0.0.4"}
        lines = [json.dumps(line, separators=(",", ":")) for line in [head, *kept]]
        stated.record.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return int(any(number for (_, name), number in total.items() if name == "differences"))


if __name__ == "__main__":
    sys.exit(main())
