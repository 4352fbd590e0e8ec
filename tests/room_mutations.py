"""Bodies with something odd in them, and how much memory it took to read them."""

from __future__ import annotations

import json
import os
import random


def mutated(data, dice: random.Random):
    """A message with one thing in it changed for something odd, at any depth."""
    data = json.loads(json.dumps(data))
    node = data
    while True:
        if not node:
            return data
        key = dice.choice(sorted(node)) if isinstance(node, dict) else dice.randrange(len(node))
        if isinstance(node[key], (dict, list)) and node[key] and dice.random() < 0.75:
            node = node[key]
            continue
        odd = dice.choice(ODD)
        if odd is DROP:
            del node[key]
        else:
            node[key] = odd(node[key], dice) if callable(odd) else odd
        return data


DROP = object()
ODD = (
    DROP, None, True, 0, -1, 0.5, 1e308, 2**53 + 1, -(2**63), "", "\0", "\u202e", "x" * 3000,
    [], {},
    [[]] * 50, {"a": {}}, {"": 1},
    lambda value, dice: [value],
    lambda value, dice: {"value": value},
    lambda value, dice: value[::-1] if isinstance(value, (str, list)) else str(value),
    lambda value, dice: value * 2 if isinstance(value, (str, list, int)) else value,
)  # fmt: skip


def scrambled(text: str, dice: random.Random) -> str:
    """A text with a piece of it cut out, doubled, or replaced by something odd."""
    start = dice.randrange(len(text) + 1)
    end = min(len(text), start + dice.choice((1, 2, 10, 200)))
    piece = text[start:end]
    return text[:start] + dice.choice(("", piece * 2, *SCRAPS)) + text[end:]


SCRAPS = (
    "[",
    "]]",
    '"""',
    "\n",
    "=",
    "{",
    "nan",
    "1e999",
    "-0",
    "\0",
    "\u202e",
    "a.b.c = 1\n",
    "# ",
    "inf",
)


def resident() -> int:
    """Bytes of memory of this process, the server among it."""
    with open("/proc/self/statm", encoding="ascii") as file:
        return int(file.read().split()[1]) * os.sysconf("SC_PAGE_SIZE")
