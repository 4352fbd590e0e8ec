import copy

import numpy as np
import pytest

from comity.agreement import agree, make_party, propose
from comity.rooms.protocol.checks import read_report
from comity.rooms.protocol.solving import proposal_and_faults, solve
from room_play import agreeing, dealing, elaborate, plain_json, play_out, refusing, table, talking


@pytest.mark.parametrize("case", [agreeing, dealing, elaborate, refusing])
def test_a_room_proposes_what_agree_proposes(case):
    """The other road runs everything in one process."""
    made = case()
    found = table(made).until("solving")
    body = solve(found.room.terms, found.room.opened, 0)
    parties = {p.name: make_party(p.kind, p.options) for p in made.parties}
    agreement = agree(made, parties=parties, rng=0, misreports="none")
    (step,) = [s["data"] for s in agreement.transcript if s["type"] == "solve"]
    for name in ("notion", "status"):
        assert body[name] == step[name]
    for name in ("payoffs", "disagreement"):
        assert np.allclose(body[name], step[name])


def test_talk_revises_before_it_solves():
    found = play_out(talking())
    room = found.room
    first, second = (solve(room.terms, room.opened, k) for k in (0, 1))
    assert first["public"] != second["public"]
    reports = {n: read_report(room.terms, b["report"]) for n, b in room.opened.items()}
    direct = propose(reports, room.terms.constitution, room.terms.evidence)
    assert np.allclose(first["payoffs"], direct.solution.payoffs)


def test_what_is_solved_follows_from_the_reports():
    found = table(elaborate()).until("solving")
    body = plain_json(solve(found.room.terms, found.room.opened, 0))
    proposal, faults = proposal_and_faults(found.room.terms, found.room.reports, 0, body)
    assert faults == []
    assert np.allclose(proposal.solution.payoffs, body["payoffs"])


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (lambda b: b["common"]["blocks"]["facts"].__setitem__(0, 99.0), "facts of the common"),
        (lambda b: b.update(notion="egalitarian"), "the constitution picks"),
        (lambda b: b["payoffs"].__setitem__(0, 99.0), "payoffs"),
        (lambda b: b["public"]["A"].pop(), "another answer for A"),
        (lambda b: b["public"]["B"][0].update(holds=1), "another answer for B"),
        (lambda b: b["public"]["B"][0].update(figure="1"), "another answer for B"),
        (lambda b: b["public"]["B"][0].update(tolerance=2.0), "another answer for B"),
        (lambda b: b["public"]["B"][0].update(more=2.0), "another answer for B"),
        (lambda b: b["public"].update(A=None), "another answer for A"),
    ],
)
def test_what_does_not_follow_is_named(change, words):
    found = table(elaborate()).until("solving")
    body = plain_json(solve(found.room.terms, found.room.opened, 0))
    forged = copy.deepcopy(body)
    change(forged)
    faults = proposal_and_faults(found.room.terms, found.room.reports, 0, forged)[1]
    assert any(words in fault for fault in faults)


def test_figures_may_differ_by_rounding():
    found = table(elaborate()).until("solving")
    body = plain_json(solve(found.room.terms, found.room.opened, 0))
    body["public"]["A"][0]["figure"] *= 1 + 1e-12
    assert proposal_and_faults(found.room.terms, found.room.reports, 0, body)[1] == []
