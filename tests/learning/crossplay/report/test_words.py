import dataclasses

import numpy as np
import pytest

from comity.core import Certified
from comity.learning.crossplay.cross_play import cross_play
from comity.learning.crossplay.report.words import (
    about,
    figure,
    interval,
    kinds_met,
    level,
    over,
    shade,
    title,
    verdict,
)
from comity.learning.environments.make import make
from lever_players import Puller

LEVER = make("lever")


def met(groups, partners=()):
    return cross_play(groups, partners, environment=LEVER, games=2)


def test_who_meets_strangers_better():
    groups = {"breaks": [Puller(k) for k in range(6)], "keeps": [Puller(9)] * 6}
    said = verdict(met(groups))
    assert said.heading == "keeps meets strangers better than breaks"
    assert said.tone == "holds"
    assert said.findings[0].startswith("breaks: 1 with itself and 0 with siblings (0 to 0)")


def test_a_group_alone():
    assert verdict(met([Puller(k) for k in range(6)])).tone == "fragile"
    assert verdict(met([Puller(9)] * 6)).heading == "As good with strangers as with itself"
    assert verdict(met([Puller(0), Puller(0), Puller(1)])).tone == "none"
    assert "cannot be told" in verdict(met([Puller(0)])).heading


def test_groups_that_cannot_be_told_apart():
    groups = {"some": [Puller(0), Puller(0), Puller(1)], "others": [Puller(k) for k in (2, 3, 3)]}
    assert "not beyond doubt" in verdict(met(groups)).heading
    assert "Only some" in verdict(met({"some": [Puller(0)] * 2, "one": [Puller(1)]})).heading


def test_partners_are_told_by_kind():
    partners = [Puller(0, "bot", "program"), Puller(9, "person", "human model")]
    found = met([Puller(9)] * 3, partners)
    assert [(words, [name for name, _ in rows]) for words, rows in kinds_met(found)] == [
        ("programs", ["bot"]),
        ("models of people", ["person"]),
    ]
    assert "and 0 with its worst partner, bot" in verdict(found).findings[0]


def test_what_was_played():
    found = met([Puller(9)] * 3)
    assert title(found) == "Meeting strangers in lever"
    assert about(found).startswith("3 agents, 2 games for each choice of seats. Rules: payoffs [")
    assert level(found) == "95%"
    long = dataclasses.replace(found, variant={"layout": "x" * 500})
    assert len(about(long)) < 150


def test_what_intervals_are_over():
    pair, single = [Puller(0), Puller(1)], [Puller(9)]
    assert over(met({"pair": pair})) == "seeds"
    assert over(met({"single": single})).startswith("games")
    assert over(met({"pair": pair, "single": single})) == "seeds, and over games for a single agent"


def test_figures():
    assert figure(Certified.unknown("why")) == "cannot tell"
    assert interval(Certified.unknown("why")) == "why"
    assert interval(Certified.exact(1)) == "exact"
    assert interval(Certified.estimate(1, 0, 2)) == "0 to 2"


@pytest.mark.parametrize("low", [0.0, -3.0])
def test_shades_grow_with_scores(low):
    shades = [shade(value, low, low + 1) for value in np.linspace(low, low + 1, 11)]
    assert shades == sorted(shades)
    assert set(shades) == {f"up{k}" for k in range(5)}
