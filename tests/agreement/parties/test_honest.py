"""It says what it sees and keeps its word."""

from agreement_situations import chicken
from comity.agreement import decide, propose
from comity.agreement.parties import Context, Honest
from comity.cases import Constitution, Party


def test_it_reports_its_model_and_answers_by_the_rules():
    rules = Constitution(default="favourite-equilibrium")
    context = Context(Party("A", chicken()), rules)
    proposal = propose(dict.fromkeys("AB", chicken()), rules)
    assert Honest().report(context) is context.model
    assert Honest().respond(context, proposal) == decide("A", chicken(), proposal, rules)
    assert Honest().act(context, proposal.solution.play) == "comply"
