"""It does not come, and everyone falls back."""

from agreement_situations import case_of, chicken
from comity.agreement import agree, verify
from comity.agreement.parties import Silent


def test_its_silence_is_recorded():
    case = case_of([chicken()] * 2, default="favourite-equilibrium")
    agreement = agree(case, parties={"A": Silent()}, rng=0, misreports="none")
    kinds = [step["type"] for step in agreement.transcript]
    assert kinds == ["open", "participate", "participate", "play"]
    assert agreement.status == "declined"
    assert agreement.payoffs.tolist() == [-5, -5]
    assert verify(agreement.transcript).ok
