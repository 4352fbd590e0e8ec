"""The benchmark of speed: its lines, on sizes that take no time."""

import agree
import numpy as np


def test_domains_have_the_frontier_they_should(rng):
    game = agree.additive(rng, 3, 4)
    assert game.size == 64
    rows = game.values.reshape(2, 3, 4)
    found = agree.negmas_domain(rows)
    points = game.payoff_points()
    undominated = [p for p in points if not any(np.all(q >= p) and np.any(q > p) for q in points)]
    assert found is None or found[1] == len(undominated)


def test_enumeration_lines_hold_the_figures_of_the_campsite():
    line = agree.enumeration_lines((3,), 1)[0]
    assert line.what == "all reports of 6 x 6 types over 64 deals"
    assert "gains 0.667" in line.compared


def test_memory_is_linear_in_the_batch(rng):
    models = rng.normal(size=(4000, 2, 2, 3, 3))
    half, whole = (int(words.split()[0]) for words in agree.memory_words(models).split(" and "))
    assert whole <= half + 5


def test_table_is_markdown():
    page = agree.table([agree.Line("a", "1 ms", "b", "c")])
    assert page.splitlines() == [
        "| what | figure | compared with | aim |",
        "| --- | --- | --- | --- |",
        "| a | 1 ms | b | c |",
    ]


def test_machine_names_its_versions():
    assert "numpy" in agree.machine()
