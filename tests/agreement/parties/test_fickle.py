"""It is one of its kinds at each move, and changes as often as it says."""

import numpy as np
import pytest

from agreement_situations import case_of, chicken
from comity.agreement import agree, propose
from comity.agreement.parties import Committed, Context, Fickle, Honest, Silent

CASE = case_of([chicken()] * 2, default="favourite-equilibrium")
PROPOSAL = propose(CASE.models, CASE.constitution)


def kinds(party, seed):
    """Which of Honest and Silent reports, and which of Honest and Committed answers."""
    context = Context(CASE.parties[0], CASE.constitution, (), seed)
    return party.report(context) is not None, party.respond(context, PROPOSAL).accepts


def test_without_change_it_stays_what_it_was_drawn():
    party = Fickle([Honest(), Both()], change=0.0)
    found = [kinds(party, seed) for seed in range(200)]
    assert all(came == agreed for came, agreed in found)
    assert abs(np.mean([came for came, _ in found]) - 0.5) < 4 * np.sqrt(0.25 / 200)


class Both(Honest):
    """Neither comes nor agrees."""

    def report(self, context):
        return None

    def respond(self, context, proposal):
        return Committed(99.0).respond(context, proposal)


@pytest.mark.parametrize("change", [0.5, 1.0])
def test_it_changes_as_often_as_it_says(change):
    """It draws again with this chance, and then half the time the other kind: half of it."""
    party, count = Fickle([Honest(), Both()], change=change), 600
    changed = np.mean([came != agreed for came, agreed in (kinds(party, s) for s in range(count))])
    expected = change / 2
    assert abs(changed - expected) < 4 * np.sqrt(expected * (1 - expected) / count)


def test_a_run_can_be_repeated():
    party = Fickle([Honest(), Silent()])
    runs = [agree(CASE, parties={"A": party}, rng=seed, misreports="none") for seed in (0, 0, 1, 1)]
    assert runs[0].transcript == runs[1].transcript
    assert runs[2].transcript == runs[3].transcript
