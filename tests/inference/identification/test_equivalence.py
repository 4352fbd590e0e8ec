"""Exact classes of a design, and where the others part."""

import numpy as np
import pytest

from comity.core.errors import InputError
from comity.inference.identification.divergence import divergences
from comity.inference.identification.equivalence import observationally_equivalent

RNG = np.random.default_rng(2)


def test_planted_classes_are_found_and_nothing_else():
    base = RNG.dirichlet(np.ones(3), size=(3, 6))
    order = [0, 1, 0, 2, 1, 0]
    names = list("abcdef")
    found = observationally_equivalent(base[order], names)
    assert found.classes == (("a", "c", "f"), ("b", "e"), ("d",))
    assert found.widest == (0, 0, 0)
    assert len(found.separations) == 15 - 3 - 1


def test_separation_is_the_largest_total_variation():
    p = RNG.dirichlet(np.ones(4), size=(2, 5))
    found = observationally_equivalent(p, ["a", "b"]).separation("b", "a")
    subsets = [[i for i in range(4) if mask >> i & 1] for mask in range(16)]
    by_sets = [max(p[0, d, s].sum() - p[1, d, s].sum() for s in subsets) for d in range(5)]
    assert found.decision == f"decision {np.argmax(by_sets) + 1}"
    assert found.distance == pytest.approx(max(by_sets))


def test_a_decision_more_splits_what_a_design_could_not():
    """Two thresholds that coincide in early rounds and part in the last one."""
    early = [[0, 1], [0, 1], [1, 0], [1, 0]]
    committed, builder = [*early, [0, 1]], [*early, [1, 0]]
    short = observationally_equivalent([committed[:4], builder[:4]], ["committed", "builder"])
    assert short.classes == (("committed", "builder"),)
    assert short.separation("committed", "builder") is None
    assert "no data from this design can split: committed, builder" in str(short)
    full = observationally_equivalent([committed, builder], ["committed", "builder"])
    assert full.classes == (("committed",), ("builder",))
    assert full.separations[0].distance == 1
    assert "every member differs" in str(full)


def test_equivalence_is_zero_divergence():
    tables = RNG.dirichlet(np.ones(2), size=(5, 3)).round(0)
    classes = observationally_equivalent(tables).classes
    zero = divergences(tables).total == 0
    together = {name: group for group in classes for name in group}
    for i in range(5):
        for j in range(5):
            alike = together[f"member {i + 1}"] == together[f"member {j + 1}"]
            assert bool(zero[i, j]) == alike


def test_a_chain_of_near_members_shows_its_length():
    chances = [0.5, 0.504, 0.508]
    found = observationally_equivalent([[[p, 1 - p]] for p in chances], atol=0.005)
    assert len(found.classes) == 1
    assert found.widest[0] == pytest.approx(0.008)


def test_wrong_input():
    tables = [[[0.5, 0.5]], [[0.4, 0.6]]]
    with pytest.raises(InputError, match="atol"):
        observationally_equivalent(tables, atol=-1)
    with pytest.raises(InputError, match="no such member"):
        observationally_equivalent(tables).separation("member 1", "x")
