"""What overstating brings under each solution, and its limits."""

import dataclasses

import numpy as np
import pytest

from agreement_situations import case_of, random_negotiation
from comity.agreement import agree
from comity.agreement.parties import Context, Exaggerating
from comity.agreement.studies.scalar import scalar_case
from comity.core.errors import InputError


def worth(case, party=None):
    parties = {"A": party} if party else {}
    agreement = agree(case, parties=parties, rng=0, misreports="none")
    return case.models["A"].payoffs(agreement.play)[0]


@pytest.mark.parametrize("notion", ["nash", "kalai-smorodinsky"])
def test_some_solutions_do_not_see_scale(notion, rng):
    game = random_negotiation(rng, (4, 4))
    case = case_of([game] * 2, solution=(notion,))
    assert np.isclose(worth(case), worth(case, Exaggerating(3.0)), atol=1e-6)


def test_the_sum_of_utilities_rewards_who_shouts(rng):
    game = random_negotiation(rng, (4, 4))
    case = case_of([game] * 2, solution=("utilitarian",))
    assert worth(case, Exaggerating(3.0)) > worth(case) + 0.05


@pytest.mark.parametrize(("party", "sign"), [("one", 1), ("two", -1)])
def test_facts_are_pushed_its_own_way(party, sign):
    case = scalar_case(0.5, 0.5, 0.5)
    entry = next(p for p in case.parties if p.name == party)
    report = Exaggerating(1.0, facts=0.1).report(Context(entry, case.constitution))
    assert np.allclose(report.facts, 0.5 + sign * 0.1)


def test_a_narrow_tolerance_stops_it():
    case = scalar_case(0.5, 0.5, 0.5, 0.2)
    for push, status in ((0.1, "agreed"), (0.3, "refused")):
        parties = {"one": Exaggerating(1.0, facts=push)}
        assert agree(case, parties=parties, rng=0, misreports="none").status == status


def test_named_biases():
    case = scalar_case(0.5, 0.5, 0.5)
    report = Exaggerating(1.0, bias={"no deal": 0.2}).report(
        Context(case.parties[0], case.constitution)
    )
    assert report.reservation.tolist() == [0.2, 0.0]
    with pytest.raises(InputError, match=r"parties\.one\.options\.bias"):
        Exaggerating(bias={"charm": 1.0}).report(Context(case.parties[0], case.constitution))


def test_in_a_case_by_name():
    case = scalar_case(0.5, 0.5, 0.5, 0.2)
    loud = dataclasses.replace(
        case.parties[0], kind="exaggerating", options={"factor": 1.0, "facts": 0.15}
    )
    case = dataclasses.replace(case, parties=(loud, case.parties[1]))
    agreement = agree(case, rng=0, misreports="none")
    assert np.allclose(agreement.reports["one"].facts, 0.65)
