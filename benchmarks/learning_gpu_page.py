"""The section on GPUs of the page on learning, from the figures of `learning_gpu.py`."""

from __future__ import annotations

import textwrap
from typing import Any

SHARES = (0.02, 0.05, 0.1, 0.25, 0.5, 0.75, 1.0)
"""Of learning, at which scores are told."""

RECORD = "24.45 (Forkel and Foerster 2025, arXiv 2511.22581)"
RECORD_STEPS = 1e10


def section(figures: dict[str, Any]) -> str:
    """Return the section, from the replay, the speed, the training and the meetings."""
    machine = figures["train"]["machine"]
    versions = ", ".join(f"{name} {machine[name]}" for name in ("jax", "numpy", "numba", "optax"))
    parts = [
        said(
            f"By `benchmarks/learning_gpu.py` on one {machine['device']}, Python",
            f"{machine['python']}, {versions}.",
        ),
        replay(figures["replay"]["games"]),
        speed(**figures["speed"]["games"]),
        train(figures["train"]),
        meet(figures["meet"], figures["train"]),
    ]
    return "\n\n".join(parts)


def said(*parts: str) -> str:
    """Return words as lines of at most 100 letters."""
    return textwrap.fill(" ".join(parts), 100, break_long_words=False, break_on_hyphens=False)


def replay(games: dict[str, Any]) -> str:
    """Return what the engines were compared on."""
    steps, numbers, differ = (
        sum(one[name] for one in games.values()) for name in ("steps", "numbers", "differences")
    )
    return said(
        f"The JAX engines on it and the compiled loops on its CPU played {steps:,} steps of Hanabi",
        f"and Overcooked side by side: of {numbers:,} numbers seen, allowed or paid",
        f"{differ or 'none'} {'differ' if differ > 1 else 'differs'}.",
    )


def speed(hanabi: list[dict[str, float]], overcooked: list[dict[str, float]]) -> str:
    """Return the table of steps a second, and the bytes that a step moves."""
    rows = [
        f"| {one['batch']:,} | {one['rate'] / 1e6:.0f} | {other['rate'] / 1e6:.0f} |"
        for one, other in zip(hanabi, overcooked, strict=True)
    ]
    one, other = hanabi[-1], overcooked[-1]
    lines = [
        "Random play with the observations of both players, millions of steps a second:",
        "",
        "| games at once | Hanabi, two players | Overcooked, cramped room |",
        "|---:|---:|---:|",
        *rows,
        "",
        said(
            f"A step cannot move fewer than {one['kept']:,.0f} bytes in Hanabi and",
            f"{other['kept']:,.0f} in Overcooked: the state read and written, the observations",
            f"written. The compiler counts {one['moved']:,.0f} and {other['moved']:,.0f}.",
        ),
    ]
    return "\n".join(lines)


def train(found: dict[str, Any]) -> str:
    """Return how learning went, with scores at some shares of it."""
    settings, seeds = found["settings"], range(found["seeds"])
    lines = [
        said(
            "Full Hanabi for two, points lost with the last life: PPO with weight",
            f"{settings['entropy_coefficient']:g} of entropy, {len(seeds)} seeds side by side in",
            f"one program, {settings['games']:,} games each, two layers of",
            f"{settings['hidden'][0]}, no memory. {found['steps']:,} steps a seed took",
            f"{found['seconds'] / 60:.1f} minutes after {found['compile']:.0f} s of compilation:",
            f"{found['rate'] / 1e6:.2f} million steps a second in all. Mean scores in training,",
            "where actions are drawn:",
        ),
        "",
        f"| steps a seed | minutes | {' | '.join(f'seed {k}' for k in seeds)} |",
        f"|---:|---:|{'---:|' * len(seeds)}",
    ]
    for share in SHARES:
        point = next(p for p in found["curve"] if p["steps"] >= share * found["steps"])
        minutes = (point["seconds"] - found["compile"]) / 60
        scores = " | ".join(f"{score:.1f}" for score in point["score"])
        lines.append(f"| {point['steps'] / 1e6:,.0f} million | {minutes:.1f} | {scores} |")
    return "\n".join(lines)


def meet(found: dict[str, Any], trained: dict[str, Any]) -> str:
    """Return scores with oneself, with each other and with programs, beside the record."""
    rows = [
        f"| {name} | {score['value']:.2f} ({score['low']:.2f} to {score['high']:.2f}) |"
        for name, score in found["scores"].items()
    ]
    seeds, matrix = range(trained["seeds"]), found["matrix"]
    pairs = ", ".join(f"{i} with {j} {matrix[i][j]:.1f}" for i in seeds for j in seeds if i < j)
    hours = RECORD_STEPS * len(seeds) / trained["rate"] / 3600
    times = RECORD_STEPS / trained["steps"]
    lines = [
        f"Likeliest actions, {found['games']:,} games for each order of each pair:",
        "",
        "| with | score (95%, over seeds) |",
        "|---|---:|",
        *rows,
        "",
        said(
            f"Seed {pairs}. The record of cross-play among seeds is {RECORD}, by recurrent",
            f"networks after 10^10 steps of each seed, {times:.0f} times as many as here, which at",
            f"the speed above would take {hours:.1f} hours for all {len(seeds)}. So these agents",
            "are far from done:",
            "their scores still rise, they differ in what a hint means, and with programs, which",
            "follow conventions of their own, they score next to nothing.",
        ),
    ]
    return "\n".join(lines)
