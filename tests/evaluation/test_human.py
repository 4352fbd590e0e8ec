"""People take and refuse as they were fitted, and the fit is of the data."""

from types import SimpleNamespace

import numpy as np
import pytest

from agreement_situations import case_of, chicken
from comity.agreement import propose
from comity.agreement.parties import Context, Honest
from comity.cases import load
from comity.core.errors import InputError
from comity.evaluation.human import (
    GRID,
    TakesOrRefuses,
    human_partners,
    interpolated,
    made_of,
)
from comity.evaluation.panel import Partner
from comity.evaluation.regression import compare_versions
from evaluating import evaluated, quickly


def test_interpolation_is_exact_for_bilinear_functions(rng):
    own, others = np.meshgrid(GRID, GRID, indexing="ij")
    table = 0.2 + 0.3 * own - 0.1 * others + 0.4 * own * others
    for x, y in rng.random((50, 2)):
        assert interpolated(table, x, y) == pytest.approx(0.2 + 0.3 * x - 0.1 * y + 0.4 * x * y)
    assert interpolated(table, -1.0, 2.0) == pytest.approx(interpolated(table, 0.0, 1.0))


CASE = case_of([chicken()] * 2, default="favourite-equilibrium")
PROPOSAL = propose(CASE.models, CASE.constitution)


def accepts(person, seed=0, remaining=0):
    context = Context(CASE.parties[0], CASE.constitution, (), seed, (), remaining)
    return person.respond(context, PROPOSAL).accepts


def test_a_threshold_on_the_own_share_decides():
    """Nash gives gains (6.75, 5.5) of a pie of 14: 5 + (-1) + 10; A's share is .482."""
    step = np.repeat((GRID >= 0.475)[:, None].astype(float), len(GRID), axis=1)
    none = np.zeros_like(step)
    assert accepts(TakesOrRefuses(later=none, last=step))
    assert not accepts(TakesOrRefuses(later=none, last=step), remaining=1)
    later = np.repeat((GRID >= 0.55)[:, None].astype(float), len(GRID), axis=1)
    assert not accepts(TakesOrRefuses(later=none, last=later))


def test_it_takes_as_often_as_its_chance():
    even = np.full((len(GRID), len(GRID)), 0.3)
    person = TakesOrRefuses(even, even)
    share = np.mean([accepts(person, seed) for seed in range(600)])
    assert abs(share - 0.3) < 4 * np.sqrt(0.21 / 600)


def test_people_are_shown_apart():
    never = np.zeros((len(GRID), len(GRID)))
    people = Partner("people", "", lambda p, r, s: TakesOrRefuses(never, never), human=True)
    found = quickly(Honest(), families=["dilemmas"], matches=2, people=(people,))
    assert found.score("agreement", "people").figure.value == 0
    assert found.score("agreement").figure.value > 0
    assert found.settings.partners[-1] == "people"


def with_people(digest):
    never = np.zeros((len(GRID), len(GRID)))
    people = Partner(
        "people", "", lambda p, r, s: TakesOrRefuses(never, never), human=True, digest=digest
    )
    return quickly(Honest(), families=["information"], matches=2, people=(people,))


def test_results_with_other_people_of_the_same_name_are_not_compared():
    before, after = with_people("a" * 64), with_people("b" * 64)
    assert before.settings.digests == {"people": "a" * 64}
    assert evaluated("honest").settings.digests == {}
    assert not compare_versions(before, with_people("a" * 64)).worse
    with pytest.raises(InputError, match=r"settings\.digests"):
        compare_versions(before, after)


def fitted(share=0.4, weight=2.0):
    return SimpleNamespace(
        shares={"selfish": share, "envious": 1 - share},
        points={"selfish": {"precision": 3.0}, "envious": {"precision": 1.5, "envy": weight}},
    )


def test_people_are_known_by_their_types_parameters_and_shares():
    plain = made_of(fitted(), 10.0)
    assert len(plain) == 64
    assert made_of(fitted(0.4 + 1e-9, 2.0 - 1e-9), 10.0) == plain
    others = {made_of(fit, 10.0) for fit in (fitted(0.41), fitted(weight=2.1))}
    assert len({plain, made_of(fitted(), 9.0)} | others) == 4


@pytest.mark.slow
def test_planted_people_are_fitted(examples):
    """Those of the example accept with chance 1 / (1 + exp(-25 (offer - .3))) of a pie of 1."""
    pytest.importorskip("jax")
    case = load(str(examples / "last_offer.toml"))
    (partner,) = human_partners(case, [str(examples / "last_offer.csv")])
    assert partner.human
    (again,) = human_partners(case, [str(examples / "last_offer.csv")])
    assert len(partner.digest) == 64
    assert partner.digest == again.digest
    place = CASE.parties[0]
    people = [partner.make(place, CASE.constitution, seed) for seed in range(40)]
    offers = np.array([0.1, 0.2, 0.3, 0.4, 0.5])
    fitted = [np.mean([interpolated(p.later, x, 1 - x) for p in people]) for x in offers]
    planted = 1 / (1 + np.exp(-25 * (offers - 0.3)))
    assert np.allclose(fitted, planted, atol=0.12)


def test_data_in_which_nobody_takes_or_refuses(examples):
    pytest.importorskip("jax")
    import pandas as pd

    case = load(str(examples / "behaviour" / "sharing.toml"))
    rows = pd.DataFrame(
        {"id": ["a", "b"], "self_x": [1.0, 2.0], "other_x": [2.0, 1.0], "self_y": [2.0, 1.0],
         "other_y": [1.0, 3.0], "choice_x": [1, 0]}
    )  # fmt: skip
    with pytest.raises(InputError):
        human_partners(case, [rows])
