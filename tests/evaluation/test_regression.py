"""A planted regression is found, and nothing is found where nothing changed."""

import dataclasses

import numpy as np
import pytest

from comity.core.errors import InputError
from comity.evaluation.regression import compare_versions
from evaluating import AGENTS, Erratic, evaluated, quickly


def test_identical_agents_differ_by_nothing():
    found = compare_versions(evaluated("honest"), evaluated("honest"))
    assert not found.worse
    assert not found.better
    for change in found.changes:
        assert (change.change.value, change.change.low, change.change.high) == (0, 0, 0)
    assert found.faults == 0


def test_a_planted_regression_is_found_and_its_mirror_is_progress():
    worse = compare_versions(evaluated("honest"), evaluated("refuses"))
    names = {change.name for change in worse.worse}
    assert {"agreement", "joint gain", "own gain"} <= names
    assert all(change.change.value < 0 for change in worse.worse if change.name == "own gain")
    better = compare_versions(evaluated("refuses"), evaluated("honest"))
    assert {change.name for change in better.better} == names


def named(found, name):
    return next(change for change in found.changes if change.name == name)


def test_less_harm_is_better():
    """One family in two bears on it, so it takes more matches than other scores."""
    before, after = (quickly(AGENTS[name](), matches=8) for name in ("honest", "refuses"))
    harm = named(compare_versions(before, after), "harm to bystanders")
    assert harm.change.value < 0
    assert harm.verdict == "better"


@pytest.mark.parametrize(("matches", "names"), [(5, {"harm to bystanders"}), (6, set())])
def test_scores_on_which_too_few_matches_bear_are_named(matches, names):
    """Five matches in one family have a chance of 1 in 16 at least, six of 1 in 32."""
    plain = quickly(AGENTS["silent"](), matches=matches)
    found = compare_versions(plain, plain)
    assert {change.name for change in found.too_few} == names
    assert named(found, "harm to bystanders").matches == matches
    assert named(found, "agreement").matches == 2 * matches


def test_two_matches_in_one_family_are_never_certain():
    honest, silent = (
        quickly(AGENTS[name](), families=["information"], matches=2)
        for name in ("honest", "silent")
    )
    found = compare_versions(honest, silent)
    assert named(found, "agreement").change.value < -0.3
    assert not found.worse
    assert found.too_few == found.changes


def test_changes_are_means_of_paired_differences():
    before, after = evaluated("honest"), evaluated("accepts")
    for change in compare_versions(before, after).changes:
        pairs = [
            np.subtract(new, old)
            for old, new in zip(
                before.score(change.name).values.values(),
                after.score(change.name).values.values(),
                strict=True,
            )
            if new
        ]
        assert change.change.value == pytest.approx(np.mean([d.mean() for d in pairs]))
        assert change.before + change.change.value == pytest.approx(change.after)


def shuffled(evaluation, rng):
    """The same agent with every match's value drawn afresh from those of its family."""
    scores = [
        dataclasses.replace(
            score,
            values={f: list(rng.permutation(row)) for f, row in score.values.items()},
        )
        for score in evaluation.scores
    ]
    return dataclasses.replace(evaluation, scores=tuple(scores))


def test_another_machine_is_no_other_version():
    """What solvers return differs in its last digits there, by chance or not."""
    base = evaluated("honest")
    scores = tuple(
        dataclasses.replace(
            score, values={f: [v - 1e-9 for v in row] for f, row in score.values.items()}
        )
        for score in base.scores
    )
    found = compare_versions(base, dataclasses.replace(base, scores=scores))
    assert not found.worse
    assert not found.better


def test_the_rate_of_false_alarms():
    """Versions that differ by chance alone are called different about as often as stated."""
    rng = np.random.default_rng(5)
    base = quickly(Erratic(0.3, 0), matches=4)
    alarms = 0
    for _ in range(60):
        found = compare_versions(shuffled(base, rng), shuffled(base, rng))
        alarms += bool(found.worse or found.better)
    assert alarms <= 60 * 0.05 + 3 * np.sqrt(60 * 0.05 * 0.95)


@pytest.mark.slow
def test_the_rate_of_false_alarms_with_real_agents():
    """Two agents that refuse by coins of equal bias, twenty times."""
    alarms = [
        bool(found.worse or found.better)
        for found in (
            compare_versions(
                *(
                    quickly(Erratic(0.3, 2 * k + side), families=["dilemmas"], matches=6, seed=k)
                    for side in range(2)
                )
            )
            for k in range(20)
        )
    ]
    assert sum(alarms) <= 4


def test_a_small_planted_regression_in_noise():
    """Refusing two times in three instead of never is seen; the agreement falls by about that."""
    before = quickly(Erratic(0.0, 1), matches=4)
    after = quickly(Erratic(0.66, 1), matches=4)
    found = compare_versions(before, after)
    assert "agreement" in {change.name for change in found.worse}
    agreement = named(found, "agreement")
    assert agreement.after / agreement.before == pytest.approx(0.34, abs=0.15)


def test_other_draws_are_refused():
    other = quickly(Erratic(0.0, 1), families=["dilemmas"], matches=2)
    with pytest.raises(InputError, match=r"settings\.families"):
        compare_versions(evaluated("honest"), other)


def test_a_file_that_lacks_a_score_or_a_match_is_refused():
    before = evaluated("honest")
    first, *rest = before.scores
    short = dataclasses.replace(first, values={f: row[1:] for f, row in first.values.items()})
    for scores in (tuple(rest), (short, *rest)):
        with pytest.raises(InputError, match="damaged"):
            compare_versions(dataclasses.replace(before, scores=scores), before)


def test_an_evaluation_without_values_is_refused():
    before = evaluated("honest")
    cut = tuple(dataclasses.replace(s, values={}) for s in before.scores)
    with pytest.raises(InputError, match="damaged"):
        compare_versions(dataclasses.replace(before, scores=cut), before)
