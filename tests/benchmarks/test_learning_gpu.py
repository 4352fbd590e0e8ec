"""What is measured on a GPU, on the CPU with tiny numbers, and how it is told."""

import json
import sys

import learning_gpu
import learning_gpu_page
import learning_training
import numpy as np
import pytest
from learning_gpu_engines import replayed, speed


@pytest.mark.parametrize(
    ("name", "steps"), [("hanabi", 60), pytest.param("overcooked", 410, marks=pytest.mark.slow)]
)
def test_both_engines_play_the_same_games_past_their_ends(name, steps):
    found = replayed(name, 2, steps)
    assert found["differences"] == 0
    assert found["numbers"] > 1000 * found["steps"]


def test_a_difference_is_found(monkeypatch):
    import learning_gpu_engines

    class Off:
        def __init__(self, inside):
            self.inside = inside

        def __getattr__(self, name):
            return getattr(self.inside, name)

        def observe(self, state):
            return self.inside.observe(state).at[0, 0, 3].add(1)

    made = learning_gpu_engines.make

    def make(name, *engine):
        return Off(made(name, *engine)) if engine else made(name)

    monkeypatch.setattr(learning_gpu_engines, "make", make)
    assert replayed("hanabi", 2, 3)["differences"] == 3


def test_the_speed_counts_bytes():
    found = speed("overcooked", 4, 2)
    assert found["kept"] == 2 * 58 + 2 * 520
    assert found["moved"] > found["kept"]
    assert found["rate"] > 0


@pytest.mark.slow
def test_agents_learn_and_meet_and_are_told(tmp_path, monkeypatch):
    def run(*arguments):
        monkeypatch.setattr(sys, "argv", ["learning_gpu.py", *arguments, "--out", str(tmp_path)])
        learning_gpu.main()

    small = ["--games", "8", "--steps", "4", "--hidden", "8", "--total-steps", "320"]
    run("train", "--seeds", "2", *small)
    run("meet", "--meetings", "5")
    figures = json.loads((tmp_path / "figures.json").read_text("utf-8"))
    assert figures["train"]["steps"] == 320
    assert [point["steps"] for point in figures["train"]["curve"]] == list(range(32, 321, 32))
    assert np.shape(figures["meet"]["matrix"]) == (2, 4)
    stored = json.loads(learning_training.FIGURES.read_text("utf-8"))
    told = learning_gpu_page.section(stored | figures)
    assert "320 steps a seed" in told
    assert "| smart |" in told


def test_the_stored_figures_are_told_whole():
    told = learning_gpu_page.section(json.loads(learning_training.FIGURES.read_text("utf-8")))
    assert "of 61,900,800 numbers seen, allowed or paid none differs" in told
    assert "| another seed | 14.97 (2.79 to 27.15) |" in told
    assert "nan" not in told
