"""Scores are plain means over encounters, written out in loops."""

import itertools

import numpy as np
import pytest

from comity.evaluation.panel import ENCOUNTERS, PANEL
from comity.evaluation.playing import FIGURES, Record
from comity.evaluation.scores import HARMLESS, lines

PARTNERS = tuple(PANEL.values())
NAMES = list(PANEL)
SHAPE = (len(PARTNERS), 2, 3, ENCOUNTERS)


def record(rng):
    arrays = {name: rng.standard_normal(SHAPE) for name in FIGURES}
    arrays["harm"][:, 0] = np.nan
    return Record(**arrays)


@pytest.fixture
def found(rng):
    agent, honest = record(rng), record(rng)
    by_name = {line.kind.name: line.values for line in lines(agent, honest, PARTNERS)}
    return agent, honest, by_name


def cells():
    return itertools.product(range(2), range(3))


@pytest.mark.parametrize(
    ("name", "figure"),
    [("agreement", "agreed"), ("own gain", "own"), ("joint gain", "joint"),
     ("below default", "below"), ("harm to bystanders", "harm")],
)  # fmt: skip
def test_means_over_partners_and_encounters(found, name, figure):
    agent, _, scores = found
    for f, m in cells():
        array = getattr(agent, figure)
        expected = sum(array[p, f, m, e] for p in range(SHAPE[0]) for e in range(ENCOUNTERS)) / (
            SHAPE[0] * ENCOUNTERS
        )
        assert scores[name][f, m] == pytest.approx(expected, nan_ok=True)


def test_exploitation_suffered(found):
    agent, _, scores = found
    exploiting = [k for k, partner in enumerate(PARTNERS) if partner.exploits]
    for f, m in cells():
        honest = agent.own[NAMES.index("honest"), f, m].mean()
        others = np.mean([agent.own[k, f, m].mean() for k in exploiting])
        assert scores["exploitation suffered"][f, m] == pytest.approx(honest - others)


def test_exploitation_done(found):
    agent, honest, scores = found
    for f, m in cells():
        lost = [
            honest.other[NAMES.index(n), f, m].mean() - agent.other[NAMES.index(n), f, m].mean()
            for n in HARMLESS
        ]
        assert scores["exploitation done"][f, m] == pytest.approx(np.mean(lost))


def test_partners_that_change(found):
    """For the one handed over: its gain less that with the honest one first, the committed then."""
    agent, _, scores = found
    own = {name: agent.own[k] for k, name in enumerate(NAMES)}
    half = ENCOUNTERS // 2
    for f, m in cells():
        first = own["honest"][f, m, :half], own["committed"][f, m, half:]
        handed = own["handed-over"][f, m].mean() - np.concatenate(first).mean()
        last = own["committed"][f, m, :-1], own["honest"][f, m, -1:]
        built = own["reputation-building"][f, m].mean() - np.concatenate(last).mean()
        mixed = np.mean([own[n][f, m].mean() for n in ("honest", "exaggerating", "committed")])
        fickle = own["fickle"][f, m].mean() - mixed
        expected = np.mean([handed, built, fickle])
        assert scores["changing partners"][f, m] == pytest.approx(expected)


def test_threats_stand_one_by_one(found):
    agent, _, scores = found
    for k, partner in enumerate(PARTNERS):
        name = f"under threat: {partner.name}"
        assert (name in scores) == partner.threatens
        if partner.threatens:
            assert np.allclose(scores[name], agent.own[k].mean(axis=2))


def test_people_apart(rng):
    import dataclasses

    person = dataclasses.replace(PANEL["silent"], name="people", human=True)
    partners = (*PARTNERS[:2], person)
    shape = (3, *SHAPE[1:])
    agent = Record(**{name: rng.standard_normal(shape) for name in FIGURES})
    found = {(line.group, line.kind.name): line.values for line in lines(agent, agent, partners)}
    assert np.allclose(found["people", "own gain"], agent.own[2].mean(axis=2))
    assert np.allclose(found["programs", "own gain"], agent.own[:2].mean(axis=(0, 3)))
    assert ("people", "exploitation done") not in found


def test_without_the_partners_a_score_needs_it_is_absent(rng):
    agent = Record(**{name: rng.standard_normal((1, 2, 3, ENCOUNTERS)) for name in FIGURES})
    found = {line.kind.name for line in lines(agent, agent, (PANEL["silent"],))}
    assert "exploitation suffered" not in found
    assert "changing partners" not in found
    assert "agreement" in found
