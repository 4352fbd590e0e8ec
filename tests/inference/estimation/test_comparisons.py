"""Comparisons against loops over all signs, exact null distributions, and simulated crowds."""

from itertools import combinations, product

import numpy as np
import pytest
from scipy.stats import t

from comity.core.errors import InputError
from comity.inference.estimation import comparisons
from comity.inference.estimation.comparisons import compare, holm
from comity.inference.evidence import Evidence, Situation

PAIR = Situation(("x", "y"), [[1, 0], [0, 1]])


def people_with(sizes):
    person = np.repeat(np.arange(len(sizes)), sizes)
    names = tuple(f"p{k}" for k in range(len(sizes)))
    return Evidence((PAIR,), names, person, np.zeros(len(person), int), np.zeros(len(person), int))


def student(added, shares):
    """The mean over its CR2 standard error, from what each person adds."""
    total = sum(added)
    away = [(a - w * total) ** 2 / (1 - w) for a, w in zip(added, shares, strict=True)]
    return total / np.sqrt(sum(away))


def by_brute_force(scores, sizes, pairs, level):
    """P-values and the quantile of the largest t over every way to put signs."""
    cuts = np.cumsum(sizes)[:-1]
    n, shares = sum(sizes), [s / sum(sizes) for s in sizes]
    added = {
        (a, b): [part.sum() / n for part in np.split(scores[a] - scores[b], cuts)] for a, b in pairs
    }
    above, largest = dict.fromkeys(pairs, 0), []
    every = list(product((1, -1), repeat=len(sizes)))
    for signs in every:
        of_centred = []
        for pair, raw in added.items():
            turned = [s * a for s, a in zip(signs, raw, strict=True)]
            above[pair] += abs(student(turned, shares)) >= abs(student(raw, shares)) - 1e-9
            own = [a - w * sum(raw) for a, w in zip(raw, shares, strict=True)]
            moved = [s * a for s, a in zip(signs, own, strict=True)]
            of_centred.append(abs(student(moved, shares)))
        largest.append(max(of_centred))
    place = int(np.ceil(level * (len(every) - 1)))
    return {pair: count / len(every) for pair, count in above.items()}, sorted(largest)[place]


SIZES = [3, 1, 4, 2, 3, 2, 5]
RNG = np.random.default_rng(7)
SCORES = {name: RNG.normal(mean, 1, sum(SIZES)) for name, mean in (("a", 0), ("b", -1), ("c", 1))}


@pytest.mark.parametrize("reference", ["a", None])
def test_signs_against_brute_force(reference):
    evidence = people_with(SIZES)
    best = max(SCORES, key=lambda name: SCORES[name].mean())
    against = reference or best
    pairs = list(combinations(SCORES, 2)) if reference is None else [("a", "b"), ("a", "c")]
    p_values, times = by_brute_force(SCORES, SIZES, pairs, 0.9)
    adjusted = dict(zip(pairs, holm(np.array([p_values[pair] for pair in pairs])), strict=True))
    for found in compare(SCORES, evidence, 0.9, reference=reference):
        if found.name == against:
            assert found.behind.kind == "exact"
            assert np.isnan(found.p_value)
            continue
        pair = tuple(sorted((found.name, against)))
        apart = SCORES[against] - SCORES[found.name]
        added = np.bincount(evidence.person, apart) / len(apart)
        reach = times * abs(added.sum() / student(added, np.array(SIZES) / len(apart)))
        assert found.behind.value == pytest.approx(apart.mean())
        assert found.p_value == pytest.approx(p_values[pair])
        assert found.adjusted == pytest.approx(adjusted[pair])
        assert found.behind.high - found.behind.value == pytest.approx(reach)


def test_holm_by_hand():
    # Sorted: 0.005 x 4, 0.01 x 3, 0.03 x 2, 0.04 x 1; none below the one before.
    found = holm(np.array([0.01, 0.04, 0.03, 0.005]))
    assert found.tolist() == pytest.approx([0.03, 0.06, 0.06, 0.02])
    assert holm(np.array([0.9, np.nan, 0.6])) == pytest.approx([1.0, np.nan, 1.0], nan_ok=True)
    assert holm(np.zeros(0)).shape == (0,)


def test_p_values_are_uniform_where_nothing_differs():
    """Exact with few people: no more than a share p of all p-values is at most p."""
    evidence = people_with([2] * 7)
    rng = np.random.default_rng(3)
    found = np.array(
        [
            compare({"a": np.zeros(14), "b": rng.standard_t(3, 14)}, evidence)[1].p_value
            for _ in range(600)
        ]
    )
    # 64 pairs of signs: the p-value is one of 1/64, 2/64, ... with equal chance.
    assert np.isclose(found * 64 % 1, 0).all()
    for p in (1 / 64, 6 / 64, 16 / 64, 32 / 64, 48 / 64):
        assert np.mean(found <= p + 1e-9) == pytest.approx(p, abs=4 * np.sqrt(p * (1 - p) / 600))


def test_intervals_cover_all_at_once_though_the_best_is_picked(monkeypatch):
    monkeypatch.setattr(comparisons, "DRAWS", 400)
    sizes = [2] * 10 + [6] * 8
    evidence = people_with(sizes)
    rng = np.random.default_rng(9)
    true = np.array([0.0, 0.0, 0.1, 0.4])
    covered, alone = [], []
    for _ in range(300):
        own = rng.normal(size=(len(sizes), 4))[evidence.person]
        rows = own + rng.normal(size=own.shape) + 5 * rng.normal(size=(len(own), 1)) - true
        found = compare({str(k): rows[:, k] for k in range(4)}, evidence, rng=rng)
        rest = [d for d in found if d.name != d.reference]
        truth = [true[int(d.name)] - true[int(d.reference)] for d in rest]
        inside = [d.behind.low <= x <= d.behind.high for d, x in zip(rest, truth, strict=True)]
        covered.append(all(inside))
        # The same, each as if it were the only one and its reference had been named beforehand.
        times = t.ppf(0.95, len(sizes) - 1)
        errors = [
            np.bincount(evidence.person, apart - apart.mean())
            for apart in (rows[:, int(d.reference)] - rows[:, int(d.name)] for d in rest)
        ]
        reach = [times * np.sqrt((e**2).sum()) / len(rows) for e in errors]
        alone.append(
            all(abs(d.behind.value - x) <= r for d, x, r in zip(rest, truth, reach, strict=True))
        )
    assert np.mean(covered) >= 0.86
    assert np.mean(alone) < 0.8


def test_many_people_are_drawn_and_agree_with_students_t():
    evidence = people_with([1] * 400)
    rng = np.random.default_rng(5)
    scores = {"a": rng.normal(0.1, 1, 400), "b": rng.normal(0, 1, 400)}
    found = compare(scores, evidence, reference="a")[1 if scores["a"].mean() > 0 else 0]
    apart = scores["a"] - scores["b"]
    statistic = apart.mean() / (apart.std(ddof=1) / 20)
    assert found.p_value == pytest.approx(2 * t.sf(abs(statistic), 399), abs=0.02)
    low, high = t.interval(0.9, 399, apart.mean(), apart.std(ddof=1) / 20)
    assert (found.behind.low, found.behind.high) == pytest.approx((low, high), abs=0.015)
    again = compare(scores, evidence, reference="a")
    assert [d.p_value for d in again][-1] == found.p_value


def test_predictors_that_say_the_same_do_not_differ():
    scores = {"a": SCORES["a"], "twin": SCORES["a"].copy(), "b": SCORES["b"]}
    found = {d.name: d for d in compare(scores, people_with(SIZES))}
    twin = found["twin"] if found["twin"].reference == "a" else found["a"]
    assert (twin.behind.value, twin.behind.low, twin.behind.high) == (0, 0, 0)
    assert twin.p_value == 1.0


def test_few_people_have_students_intervals_with_bonferronis_levels():
    evidence = people_with([1, 1, 1])
    rows = {name: RNG.normal(size=3) for name in "abc"}
    found = compare(rows, evidence, 0.9, reference="a")
    for d in found:
        if d.name != "a":
            apart = rows["a"] - rows[d.name]
            low, high = t.interval(0.95, 2, apart.mean(), apart.std(ddof=1) / np.sqrt(3))
            assert (d.behind.low, d.behind.high) == pytest.approx((low, high))
            assert d.p_value >= 0.25


def test_one_person_tells_nothing():
    found = compare({"a": np.ones(3), "b": np.zeros(3)}, people_with([3]))
    assert found[1].behind.kind == "unknown"
    assert np.isnan(found[1].adjusted)


def test_a_choice_of_probability_0_is_infinitely_behind():
    impossible = np.where(np.arange(20) == 3, -np.inf, 0.0)
    scores = SCORES | {"d": impossible, "e": impossible}
    found = {d.name: d for d in compare(scores, people_with(SIZES))}
    assert found["d"].behind.value == np.inf
    assert "d gave a choice probability 0" in found["d"].behind.method
    plain = {d.name: d for d in compare(SCORES, people_with(SIZES))}
    assert found["b"].adjusted == plain["b"].adjusted
    against = {d.name: d for d in compare(scores, people_with(SIZES), reference="d")}
    assert against["a"].behind.value == -np.inf
    assert against["e"].behind.kind == "unknown"
    assert against["d"].behind.method == "the reference"


@pytest.mark.parametrize(
    ("scores", "reference", "words"),
    [
        ({}, None, "nothing to compare"),
        ({"a": np.zeros(3)}, None, "one score per decision"),
        ({"a": np.full(20, np.nan)}, None, "not a score"),
        (SCORES, "z", "no such predictor"),
    ],
)
def test_what_cannot_be_compared_is_refused(scores, reference, words):
    with pytest.raises(InputError, match=words):
        compare(scores, people_with(SIZES), reference=reference)
