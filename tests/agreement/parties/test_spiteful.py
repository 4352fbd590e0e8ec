"""It gives up what would gain others too much, and hurts them where it can."""

import pytest

from agreement_situations import case_of, chicken, random_negotiation
from comity.agreement import agree
from comity.agreement.parties import Spiteful
from comity.games import NormalForm


def run(weight, who="A"):
    case = case_of([chicken()] * 2, default="favourite-equilibrium")
    return agree(case, parties={who: Spiteful(weight)}, rng=0, misreports="none")


# Nash bargaining from maximin gives (1.75, .5), the crash (-5, -5): gains of 6.75 and 5.5.
@pytest.mark.parametrize(
    ("who", "weight", "status"),
    [
        ("A", 1.227, "agreed"),
        ("A", 1.228, "refused"),
        ("B", 0.814, "agreed"),
        ("B", 0.815, "refused"),
    ],
)
def test_the_ratio_of_gains_decides(who, weight, status):
    assert run(weight, who).status == status


def test_without_spite_it_takes_any_gain():
    assert run(0.0).status == "agreed"


def test_without_agreement_it_hurts_at_its_own_cost():
    """Its default 'spare' is worth 1 to it and 3 to the other; 'harm' nothing to either."""
    own, other = [[1, 3], [0, 0], [-1, 2]], [[3, -1], [0, -1], [0, 4]]
    actions = [["spare", "harm", "join"], ["l", "r"]]
    game = NormalForm.from_payoffs([own, other], ["A", "B"], actions)
    case = case_of([game] * 2, default="favourite-equilibrium")
    refuser = Spiteful(99.0)
    acts = [
        agree(case, parties={"A": Spiteful(weight), "B": refuser}, rng=0, misreports="none").acts
        for weight in (0.3, 0.4)
    ]
    assert [act["A"] for act in acts] == ["spare", "harm"]


def test_in_a_negotiation_it_only_refuses(rng):
    case = case_of([random_negotiation(rng)] * 2)
    agreement = agree(case, parties={"A": Spiteful(99.0)}, rng=0, misreports="none")
    assert (agreement.status, agreement.acts["A"]) == ("refused", "comply")
