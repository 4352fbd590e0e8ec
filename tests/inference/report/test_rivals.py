import dataclasses

import numpy as np

from comity.inference.report.rivals import rivals
from comity.inference.report.words import needed
from inference.making import COMMITTED, FEHR, RABIN, REPUTATION, bare, understanding


def test_every_pair_with_both_numbers(rich):
    found = rivals(rich).pairs
    assert [(p.truth, p.rival) for p in found] == [(r.truth, r.rival) for r in rich.rivalries]
    for pair, rivalry in zip(found, rich.rivalries, strict=True):
        assert pair.expected == needed(rivalry.decisions_expected)
        assert pair.errors == needed(rivalry.decisions_errors)


def test_the_matrix_holds_what_it_takes_for_small_errors(rich):
    found = rivals(rich)
    at = {name: k for k, name in enumerate(found.names)}
    for rivalry in rich.rivalries:
        cell = found.matrix[at[rivalry.truth]][at[rivalry.rival]]
        assert cell.text == needed(rivalry.decisions_errors)
        assert cell.over == (rivalry.decisions_errors > len(rich.evidence))
    assert all(found.matrix[k][k] is None for k in range(len(at)))


def test_harder_pairs_are_darker(rich):
    found = rivals(rich)
    cells = [c for row in found.matrix for c in row if c]
    size = [np.inf if c.text == "never" else float(c.text.replace(",", "")) for c in cells]
    shades = np.array([c.shade for c in cells])[np.argsort(size)]
    assert (np.diff(shades) >= 0).all()
    assert {c.shade for c in cells if c.text == "never"} == {6}


def test_those_that_coincide_are_named_together(rich):
    found = rivals(rich)
    assert len(found.groups) == 1
    assert found.groups[0].startswith(f"{COMMITTED} and {REPUTATION} both give")
    nowhere = {p.where for p in found.pairs if p.equivalent}
    assert nowhere == {"nowhere: they coincide"}


def test_a_rival_that_copies_the_truth_is_no_twin(rich):
    (pair,) = (r for r in rich.rivalries if (r.truth, r.rival) == (FEHR, RABIN))
    copied = dataclasses.replace(pair, equivalent=True)
    (found,) = rivals(understanding(rivalries=(copied,))).pairs
    assert found.where == "nowhere: the rival can copy it"


def test_three_that_coincide():
    made = understanding(classes=((COMMITTED, REPUTATION, FEHR),))
    assert "all give every decision" in rivals(made).groups[0]


def test_directions_that_change_nothing(rich):
    ((name, directions),) = rivals(rich).flat
    assert name == REPUTATION
    assert len(directions) == 1


def test_two_need_no_matrix(rich):
    pair = {COMMITTED, FEHR}
    kept = tuple(r for r in rich.rivalries if {r.truth, r.rival} == pair)
    assert rivals(understanding(rivalries=kept)).matrix == ()
    three = tuple(r for r in rich.rivalries if {r.truth, r.rival} <= pair | {RABIN})
    some = rivals(understanding(rivalries=three[:-1])).matrix
    assert sum(cell is None for row in some for cell in row) == 4


def test_no_new_setting_no_difference_in_it(rich):
    made = tuple(dataclasses.replace(r, parted=None) for r in rich.rivalries)
    found = rivals(understanding(rivalries=made))
    assert not found.parts
    assert {p.parted for p in found.pairs} == {""}


def test_nothing_to_tell_apart():
    found = rivals(bare())
    assert (found.groups, found.pairs, found.matrix) == ((), (), ())
