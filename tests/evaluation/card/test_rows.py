"""Rows hold what the evaluation holds, and pictures lie where the figures say."""

import pytest

from comity.evaluation.card.rows import GAINS, SHARES, WIDTH, changes, families, rows, strips
from comity.evaluation.regression import compare_versions
from evaluating import evaluated


def test_a_row_for_each_score():
    found = evaluated("honest")
    assert [row.title for row in rows(found, "programs")] == [s.title for s in found.scores]
    assert rows(found, "people") == []


def test_differences_that_are_more_than_chance_are_marked():
    found = evaluated("silent")
    shown = {row.title: row for row in rows(found, "programs")}
    agreement = found.score("agreement")
    assert shown["agreement"].difference == f"−{100 * agreement.honest:.0f} points"
    assert shown["agreement"].reach.endswith(" points")
    assert {row.title for row in shown.values() if row.certain} == {
        score.title for score in found.scores if score.chance <= 0.05
    }
    assert shown["agreement"].certain
    assert not shown["harm to bystanders"].certain


def test_lanes_lie_where_the_figures_say():
    found = evaluated("accepts")
    for score, row in zip(found.scores, rows(found, "programs"), strict=True):
        low, high = SHARES if score.share else GAINS
        place = 4 + (WIDTH - 8) * (score.figure.value - low) / (high - low)
        assert row.lane.point == pytest.approx(min(WIDTH - 4, max(4, place)), abs=0.06)
        assert 4 <= row.lane.low <= row.lane.point <= row.lane.high <= WIDTH - 4


def test_a_square_for_each_cell():
    found = evaluated("honest")
    for strip in strips(found):
        cells = [cell for cell in found.cells if cell.partner == strip.name]
        assert len(strip.squares) == len(cells)
        for square, cell in zip(strip.squares, cells, strict=True):
            assert square.text == f"{abs(cell.own.value):.2f}".rjust(1) or "−" in square.text
            assert square.shade.startswith("up" if cell.own.value >= 0 else "down")


def test_families_with_their_units():
    assert families(evaluated("honest"))[0][2] == "4.1 (first-best)"


def test_the_worst_changes_first():
    found = compare_versions(evaluated("honest"), evaluated("refuses"))
    tones = [row.tone for row in changes(found)]
    assert tones == sorted(tones, key=["worse", "better", "same"].index)
    assert tones[0] == "worse"
