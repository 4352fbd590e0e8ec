"""It refuses below its demand, and two such parties never agree."""

import pytest

from agreement_situations import case_of, chicken, random_negotiation
from comity.agreement import agree
from comity.agreement.parties import Committed
from comity.core.errors import InputError


def run(parties, **rules):
    case = case_of([chicken()] * 2, default="favourite-equilibrium", **rules)
    return agree(case, parties=parties, rng=0, misreports="none")


@pytest.mark.parametrize(("demand", "status"), [(1.75, "agreed"), (1.76, "refused")])
def test_its_demand_decides(demand, status):
    """Nash bargaining from maximin gives A 1.75."""
    agreement = run({"A": Committed(demand)})
    assert agreement.status == status
    word = "meets" if status == "agreed" else "falls short of"
    assert word in agreement.decisions[0].reasons[0]


def test_its_action_replaces_its_default():
    assert run({"A": Committed(4.0, "C")}).play.to_lottery().outcomes == ((0, 1),)


def test_an_action_it_does_not_have():
    with pytest.raises(InputError, match=r"parties\.A\.options\.action"):
        run({"A": Committed(4.0, "fly")})


def test_in_a_negotiation_it_only_demands(rng):
    case = case_of([random_negotiation(rng)] * 2)
    agreement = agree(case, parties={"A": Committed(99.0)}, rng=0, misreports="none")
    assert (agreement.status, agreement.play) == ("refused", None)
