import dataclasses
import re

import numpy as np
import pytest

from comity.inference.report.posteriors import HEIGHT, MOST_COLUMNS, WIDTH, columns, ordered
from comity.inference.results import People


def people(table, level=0.9):
    table = np.array(table, float)
    names = tuple(f"e{k}" for k in range(table.shape[1]))
    return People(names, {}, table, tuple(map(str, range(len(table)))), level=level)


def area(path):
    """Twice-signed area by the shoelace formula."""
    x, y = np.array(re.findall(r"(-?[\d.]+) (-?[\d.]+)", path), float).T
    return abs(np.dot(x, np.roll(y, -1)) - np.dot(y, np.roll(x, -1))) / 2


def test_areas_are_the_mean_posteriors(rng):
    table = rng.dirichlet((1, 2, 0.5), 60)
    found = columns(people(table))
    shares = [area(path) / (WIDTH * HEIGHT) for _, _, path in found.areas]
    assert shares == pytest.approx(table.mean(axis=0), abs=2e-3)


def test_people_stand_by_their_explanation_and_the_surest_first():
    table = [[0.6, 0.4], [0.1, 0.9], [0.95, 0.05], [0.45, 0.55]]
    assert ordered(np.array(table)).tolist() == [2, 0, 1, 3]


def test_those_who_cannot_be_assigned_are_marked(rng):
    table = rng.dirichlet((0.4, 0.4), 50)
    found = columns(people(table, 0.9))
    share = sum(width for _, width in found.untold) / WIDTH
    assert share == pytest.approx(np.mean(table.max(axis=1) < 0.9), abs=1e-2)


def test_a_crowd_is_thinned_evenly(rng):
    table = rng.dirichlet((1, 1), 3000)
    found = columns(people(table))
    assert found.each == 13
    assert 3000 / found.each - 1 <= len(re.findall("L", found.areas[0][2])) / 4 <= MOST_COLUMNS
    assert area(found.areas[0][2]) / (WIDTH * HEIGHT) == pytest.approx(table[:, 0].mean(), abs=0.02)


def test_many_explanations_share_the_last_colour(rng):
    table = rng.dirichlet(np.ones(9), 20)
    found = columns(people(table))
    assert [name for _, name, _ in found.areas] == ["e0", "e1", "e2", "e3", "e4", "4 others"]
    assert sum(area(path) for *_, path in found.areas) == pytest.approx(WIDTH * HEIGHT, rel=1e-2)


def test_one_person(rng):
    found = columns(people([[0.2, 0.8]]))
    assert found.untold == [(0.0, WIDTH)]
    assert columns(dataclasses.replace(people([[0.2, 0.8]]), level=0.5)).untold == []
