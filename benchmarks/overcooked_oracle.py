"""What overcooked_ai makes of given games; `learning_overcooked_evidence.py` runs it.

    PYTHON benchmarks/overcooked_oracle.py < games.jsonl > steps.jsonl
    PYTHON benchmarks/overcooked_oracle.py --speed 2000

PYTHON is one where `overcooked_ai==1.1.0` and scipy are installed; nothing of comity is imported.
A line of input is one game: ``{"layout", "old_dynamics", "horizon", "actions"}``, the actions as
hexadecimal bytes, ``6 * first + second`` a step. A line of output holds three digests a step, of
the position, the rewards, and what both cooks see.
"""

import hashlib
import json
import sys
import time

import numpy as np
from overcooked_ai_py.mdp.actions import Action, Direction
from overcooked_ai_py.mdp.overcooked_mdp import OvercookedGridworld

HEADINGS = dict(zip(Direction.ALL_DIRECTIONS, ("north", "south", "east", "west"), strict=True))
FILES = {
    "counter_circuit": "counter_circuit_o_1order",
    "counter_circuit_tomato": "counter_circuit",
}
"""Names of the reference's files where they differ from comity's."""


class OldKitchen(OvercookedGridworld):
    """The kitchen until 2020: a full pot starts by itself, and nothing else starts one.

    The release of 1.1.0 has no such setting; the project's later option ``old_dynamics`` does this.
    """

    def soup_to_be_cooked_at_location(self, state, pos):
        """Return that no interaction starts a pot."""
        return False

    def step_environment_effects(self, state):
        """Start full pots, then cook."""
        for soup in state.objects.values():
            if soup.name == "soup" and soup.is_idle and len(soup.ingredients) == 3:
                soup.begin_cooking()
        super().step_environment_effects(state)


def kitchen(layout, old_dynamics):
    """Return the reference's game."""
    game = OvercookedGridworld.from_layout_name(FILES.get(layout, layout))
    if old_dynamics:
        game.__class__ = OldKitchen
    return game


def thing(found):
    """Return an object in comity's words."""
    if found is None:
        return "nothing"
    if found.name != "soup":
        return found.name
    onions = found.ingredients.count("onion")
    return "soup " + "O" * onions + "T" * (len(found.ingredients) - onions)


def position(game, state):
    """Return a state as comity writes positions."""
    cooks = [
        {
            "at": list(cook.position),
            "facing": HEADINGS[cook.orientation],
            "holds": thing(cook.held_object),
        }
        for cook in state.players
    ]
    things = []
    for where in sorted(state.objects):
        shown = {"at": list(where), "is": thing(state.objects[where])}
        if where in game.get_pot_locations() and not state.objects[where].is_idle:
            shown["cooked"] = state.objects[where]._cooking_tick
        things.append(shown)
    return {"cooks": cooks, "things": things, "time": state.timestep}


def brief(data):
    """Return eight bytes that stand for many, as hexadecimal."""
    return hashlib.blake2b(data, digest_size=8).hexdigest()


def steps(stated):
    """Return three digests for each step of a game."""
    game = kitchen(stated["layout"], stated["old_dynamics"])
    state = game.get_standard_start_state()
    digests = []
    for joint in bytes.fromhex(stated["actions"]):
        pair = [Action.ALL_ACTIONS[joint // 6], Action.ALL_ACTIONS[joint % 6]]
        state, infos = game.get_state_transition(state, pair)
        rewards = [int(sum(infos["sparse_reward_by_agent"])), *infos["shaped_reward_by_agent"]]
        seen = game.lossless_state_encoding(state, horizon=stated["horizon"])
        shown = json.dumps(position(game, state), sort_keys=True).encode()
        picture = np.stack(seen).astype(np.uint8).tobytes()
        digests.append([brief(shown), brief(json.dumps(rewards).encode()), brief(picture)])
    return digests


def speed(count):
    """Return how many random steps a second of processor time, with what both cooks see."""
    game, rng = kitchen("cramped_room", old_dynamics=False), np.random.default_rng(0)
    state, moves = game.get_standard_start_state(), rng.integers(6, size=(count, 2))
    began = time.process_time()
    for pair in moves:
        state, _ = game.get_state_transition(state, [Action.ALL_ACTIONS[move] for move in pair])
        seen = game.lossless_state_encoding(state)
    seconds = time.process_time() - began
    picture = np.stack(seen).nbytes
    return {"rate": count / seconds, "compile": 0, "state": float("nan"), "picture": picture}


def main():
    """Answer every game on standard input, or tell the speed."""
    if sys.argv[1:2] == ["--speed"]:
        print(json.dumps(speed(int(sys.argv[2]))))
        return
    for line in sys.stdin:
        print(json.dumps({"steps": steps(json.loads(line))}), flush=True)


if __name__ == "__main__":
    main()
