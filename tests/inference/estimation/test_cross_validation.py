"""Folds part what they should, and predictors see no more than they may."""

import numpy as np
import pytest

from comity.core.errors import InputError
from comity.inference.estimation.cross_validation import cross_validate, split_folds
from comity.inference.evidence import Evidence, Situation

PAIR = Situation(("x", "y"), [[1, 0], [0, 1]])
PEOPLE, ROUNDS = 11, 6
ROWS = np.arange(PEOPLE * ROUNDS)
EVIDENCE = Evidence(
    (PAIR,),
    tuple(f"p{k}" for k in range(PEOPLE)),
    ROWS // ROUNDS,
    0 * ROWS,
    (ROWS * 7 % 5 < 2).astype(int),
    games=("one", "two", "three"),
    game=ROWS % 3,
    studies=("spring", "autumn"),
    study=(ROWS // ROUNDS) % 2,
    sequence=ROWS // 2,
)


def split_in(fold, unit):
    """How many of the units have rows in more than one fold."""
    return sum(len(set(fold[unit == u])) > 1 for u in np.unique(unit))


@pytest.mark.parametrize("by", ["person", "game", "study"])
def test_what_is_held_out_is_held_out_whole(by):
    fold = split_folds(EVIDENCE, by, rng=3)
    unit = getattr(EVIDENCE, by)
    assert split_in(fold, unit) == 0
    expected = min(5, len(np.unique(unit)))
    assert sorted(set(fold)) == list(range(expected))
    units = [len(set(unit[fold == k])) for k in range(expected)]
    assert max(units) - min(units) <= 1


@pytest.mark.parametrize(("by", "folds"), [("sequence", 3), ("row", 4)])
def test_everybody_stays_known(by, folds):
    fold = split_folds(EVIDENCE, by, folds, rng=3)
    for person in range(PEOPLE):
        own = fold[EVIDENCE.person == person]
        counts = np.bincount(own, minlength=folds) // (2 if by == "sequence" else 1)
        assert counts.max() - counts.min() <= 1
        assert counts.max() < counts.sum()
    if by == "sequence":
        assert split_in(fold, EVIDENCE.sequence) == 0
    sizes = np.bincount(fold)
    assert sizes.min() > 0.5 * len(fold) / folds


def test_sequences_of_two_people_under_one_number_are_two():
    shared = Evidence((PAIR,), ("a", "b"), np.array([0, 0, 1, 1]), *np.zeros((2, 4), int),
                      sequence=np.array([0, 1, 0, 1]))  # fmt: skip
    assert any(
        fold[0] != fold[2] for fold in (split_folds(shared, "sequence", 2, k) for k in range(20))
    )


def test_folds_are_drawn_and_repeatable():
    first, again, other = (split_folds(EVIDENCE, "row", 5, seed) for seed in (1, 1, 2))
    assert first.tolist() == again.tolist()
    assert first.tolist() != other.tolist()


def seen(known, whole):
    """A table that says who is known: 0.9 of y where the row's person is."""
    chance = np.where(np.isin(whole.person, known.person), 0.9, 0.2)
    return np.stack([1 - chance, chance], axis=1)


def shares(known, whole):
    chance = np.full(len(whole), known.choice.mean())
    return np.stack([1 - chance, chance], axis=1)


def test_predictors_learn_from_other_folds_alone():
    found = cross_validate({"seen": seen, "shares": shares}, EVIDENCE, "person", 4, rng=6)
    assert (found.tables["seen"][:, 1] == 0.2).all()
    for k in range(4):
        held = found.fold == k
        assert found.tables["shares"][held, 1] == pytest.approx(EVIDENCE.choice[~held].mean())
    assert (
        cross_validate({"seen": seen}, EVIDENCE, "row", rng=6).tables["seen"][:, 1] == 0.9
    ).all()
    assert found.by == "person"


def test_workers_give_the_same_answer():
    alone = cross_validate({"seen": seen, "shares": shares}, EVIDENCE, "game", rng=6)
    many = cross_validate({"seen": seen, "shares": shares}, EVIDENCE, "game", n_jobs=2, rng=6)
    for name, table in alone.tables.items():
        assert many.tables[name].tolist() == table.tolist()


def test_a_predictor_without_probabilities_is_named():
    def wrong(known, whole):
        return np.full((len(whole), 2), np.nan)

    with pytest.raises(InputError, match="table of wrong, row 0"):
        cross_validate({"wrong": wrong}, EVIDENCE)


def test_what_cannot_be_held_out_is_refused():
    alone = EVIDENCE.of_people([3])
    with pytest.raises(InputError, match="1 of 1 by person"):
        split_folds(alone)
    with pytest.raises(InputError, match="nothing can be held out"):
        split_folds(EVIDENCE, "person", 1)
    with pytest.raises(InputError, match="nothing of that name"):
        split_folds(EVIDENCE, "weather")
    assert set(split_folds(alone, "row", 2)) == {0, 1}
