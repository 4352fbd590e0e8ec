"""What is kept between searches is of one version and takes no more than it may."""

import gc

import numpy as np

from comity.core.database import make_engine
from comity.newsletter.search import kept as module
from comity.newsletter.search.kept import Kept, keep, kept_of
from comity.newsletter.search.ranking import Lengths, passing_rows

LENGTHS = Lengths.of(np.full(1000, 3))


def test_another_version_is_not_kept(tmp_path):
    engine = make_engine(f"sqlite:///{tmp_path}/a.db")
    assert kept_of(engine, "public", (1, "")) is None
    kept = keep(engine, "public", Kept((1, ""), LENGTHS))
    assert kept_of(engine, "public", (1, "")) is kept
    assert kept_of(engine, "public", (2, "")) is None
    assert kept_of(engine, "internal", (1, "")) is None
    engine.dispose()


def test_what_was_not_asked_for_longest_makes_room():
    term = passing_rows(np.arange(1000), 1000)
    kept = Kept((1, ""), LENGTHS, most=3 * term.size)
    for name in "abc":
        kept.keep(name, term)
    assert kept.get("a") is term
    kept.keep("d", term)
    assert [kept.get(name) is None for name in "abcd"] == [False, True, False, False]


def test_nothing_is_kept_for_an_engine_that_is_gone(tmp_path):
    engine = make_engine(f"sqlite:///{tmp_path}/a.db")
    keep(engine, "public", Kept((1, ""), LENGTHS))
    before = len(module._KEPT)
    engine.dispose()
    del engine
    gc.collect()
    assert len(module._KEPT) < before
