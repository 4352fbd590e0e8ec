"""Trained agents that come with comity, to play with and to test with."""

from __future__ import annotations

from pathlib import Path

FOLDER = Path(__file__).parents[1] / "trained"


def shipped() -> dict[str, Path]:
    """Return the checkpoints in the box by name; they can play, not learn on.

    ``hanabi-two-players`` is Hanabi's agent for two of `benchmarks/learning_gpu.py`, that of the
    three seeds whose pairs score highest: 525,664,256 steps on one GPU, 20.7 points with itself by
    its likeliest actions; its weights are rounded to 16 bits.
    ``overcooked-cramped-room`` is the agent of ``comity train overcooked`` with seed 0: PPO in
    self-play, 3,000,000 steps, 238.9 points a game in training, 240 by its likeliest actions.

    Examples
    --------
    >>> sorted(shipped())
    ['hanabi-two-players', 'overcooked-cramped-room']
    """
    return {path.stem: path for path in sorted(FOLDER.glob("*.npz"))}
