import copy

import numpy as np
import pytest

from agreement_situations import case_of, chicken
from comity.agreement.proposal import propose
from comity.agreement.transcripts.replay import (
    close,
    play_of,
    proposal_to_dict,
    recorded_solution,
    replay_proposal,
)


@pytest.fixture(scope="module")
def proposed():
    case = case_of([chicken()] * 2)
    return case, propose(case.models, case.constitution)


def replayed(case, data):
    frame = case.parties[0].model.frame()
    return replay_proposal(data, frame, case.models, case.constitution, case.evidence, 0)


def test_a_proposal_comes_back(proposed):
    case, proposal = proposed
    data = proposal_to_dict(proposal, "nash")
    again, faults = replayed(case, data)
    assert faults == []
    assert again.solution.play.to_dict() == proposal.solution.play.to_dict()
    np.testing.assert_array_equal(recorded_solution(data).payoffs, proposal.solution.payoffs)


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (lambda data: data.update(notion="egalitarian"), "the constitution picks nash"),
        (lambda data: data["common"]["blocks"]["tastes[A]"].__setitem__(0, 9.0), "tastes"),
        (lambda data: data["payoffs"].__setitem__(0, 9.0), "payoffs"),
    ],
)
def test_what_does_not_follow_is_named(proposed, change, words):
    case, proposal = proposed
    data = copy.deepcopy(proposal_to_dict(proposal, "nash"))
    change(data)
    assert any(words in fault for fault in replayed(case, data)[1])


def test_numbers_are_close_by_their_size():
    assert close([1e9], [1e9 + 0.5])
    assert not close([1.0], [1.0 + 1e-8])
    assert not close([1.0], [1.0, 1.0])
    assert play_of(None) is None
