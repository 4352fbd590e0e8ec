"""An honest transcript verifies; every altered entry is found, and named."""

import copy
import dataclasses
import json

import numpy as np
import pytest

from agreement_situations import case_of, chicken, full_game, random_negotiation
from comity.agreement import agree, verify
from comity.agreement.parties import Honest, Silent
from comity.agreement.results import Decision
from comity.agreement.solution import BARGAINING
from comity.agreement.studies.scalar import scalar_case
from comity.agreement.transcripts.commitment import Opening
from comity.agreement.transcripts.draw import draw_seed, drawn_outcome, uniform_draw
from comity.agreement.transcripts.record import rechained
from comity.agreement.transcripts.transcript import _chain_faults
from comity.cases import AcceptanceRule, Evidence, Talk
from comity.games import Lottery, NormalForm


def transcripts():
    rng = np.random.default_rng(11)
    game = full_game(rng)
    near = [game, game.replace("facts", game.facts.ravel() + 0.05)]
    scalar = scalar_case(0.6, 0.5, 0.5, 0.08, gain_rule=True)
    talk = dataclasses.replace(scalar.constitution, talk=Talk(rounds=3, tolerance_step=0.03))
    deals = [random_negotiation(rng, (3, 3), reservation=0.3)] * 2
    return {
        "chicken": (case_of([chicken()] * 2), {}),
        "everything": (
            case_of(
                near,
                evidence=(Evidence("fish", np.ones(2), sd=2.0),),
                acceptance=(
                    AcceptanceRule("public", "affine", 1.0),
                    AcceptanceRule("evidence", tolerance=5.0),
                    AcceptanceRule("gain", tolerance=9.0),
                ),
            ),
            {},
        ),
        "talk": (dataclasses.replace(scalar, constitution=talk), {}),
        "deal": (case_of(deals, enforcement="self-enforcing", solution=("egalitarian",)), {}),
        "refused": (scalar_case(0.9, 0.1, 0.5, 0.2), {}),
        "declined": (case_of([chicken()] * 2), {"B": Silent()}),
        "equilibrium": (
            case_of(
                [chicken()] * 2,
                solution=("best-correlated-equilibrium",),
                default="favourite-equilibrium",
            ),
            {},
        ),
    }


RUNS = {
    name: (case, agree(case, parties=parties, rng=3, misreports="none").transcript)
    for name, (case, parties) in transcripts().items()
}


@pytest.mark.parametrize("name", RUNS)
def test_an_honest_transcript_verifies_offline(name):
    case, steps = RUNS[name]
    read_back = json.loads(json.dumps(steps))
    for verification in (verify(read_back), verify(read_back, case)):
        assert verification.faults == ()
        assert verification.ok


def leaves(data, path=()):
    """Every number, word or truth value in plain JSON, by its path."""
    if isinstance(data, dict):
        for key, value in data.items():
            yield from leaves(value, (*path, key))
    elif isinstance(data, list):
        for key, value in enumerate(data):
            yield from leaves(value, (*path, key))
    else:
        yield path, data


def altered(steps, path):
    forged = copy.deepcopy(steps)
    place = forged
    for key in path[:-1]:
        place = place[key]
    place[path[-1]] = flipped(place[path[-1]])
    return forged


def flipped(value):
    if isinstance(value, bool):
        return not value
    if isinstance(value, (int, float)):
        return value + (1 if isinstance(value, int) else 1e-3)
    if value is None:
        return 1
    first = value[:1]
    return ("1" if first != "1" else "2") + value[1:] if value else "x"


@pytest.mark.parametrize("name", ["talk", "everything", "refused", "declined"])
def test_every_altered_entry_is_found_and_named(name):
    """The chain alone finds them all; every 20th goes through the whole of `verify`."""
    _, steps = RUNS[name]
    for k, (path, value) in enumerate(leaves(steps)):
        forged = altered(steps, path)
        faults = _chain_faults(forged) if k % 20 else verify(forged).faults
        named = {fault.step for fault in faults}
        assert named & {path[0], path[0] + 1, -1}, f"{path} = {value}: {faults}"


def test_a_step_dropped_moved_or_doubled_is_found():
    _, steps = RUNS["talk"]
    for k in range(len(steps)):
        assert not verify(steps[:k] + steps[k + 1 :]).ok
        assert not verify([*steps[: k + 1], *steps[k:]]).ok
    for k in range(len(steps) - 1):
        swapped = [*steps[:k], steps[k + 1], steps[k], *steps[k + 2 :]]
        assert not verify(swapped).ok


def renumbered(steps):
    return rechained([{**step, "step": k} for k, step in enumerate(steps)])


UNSEEN = {
    # what a party keeps to itself, or does afterwards
    ("decide", "findings", "holds"),
    ("play", "acts"),
    # words beside a number
    ("solve", "gap", "method"),
    # any welfare weights give a true bound, so others than those recorded prove no less
    ("solve", "weights"),
}


@pytest.mark.parametrize(
    ("name", "every"),
    [("chicken", 2), ("talk", 4), ("everything", 11), ("deal", 5), ("equilibrium", 5)],
)
def test_one_who_rewrites_all_hashes_is_found_by_replay(name, every):
    """Every entry that is public or committed to is checked by its meaning, not its hash alone."""
    _, steps = RUNS[name]
    assert verify(rechained(steps)).ok
    for path, value in list(leaves(steps))[::every]:
        if len(path) < 3 or path[1] != "data":
            continue
        forged = rechained(altered(steps, path))
        kind = steps[path[0]]["type"]
        words = tuple(key for key in path[2:] if isinstance(key, str))
        if any((kind, *words)[: len(unseen)] == unseen for unseen in UNSEEN):
            continue
        assert not verify(forged).ok, f"{kind} {path} = {value}"


def test_a_copied_commitment_cannot_be_opened():
    """B copies A's commitment and later A's report and nonce: the name inside betrays it."""
    _, steps = RUNS["chicken"]
    forged = copy.deepcopy(steps)
    commits = [k for k, step in enumerate(steps) if step["type"] == "commit"]
    reveals = [k for k, step in enumerate(steps) if step["type"] == "reveal"]
    for first, second, entries in ((*commits, ("commitment",)), (*reveals, ("report", "nonce"))):
        for entry in entries:
            forged[second]["data"][entry] = forged[first]["data"][entry]
    faults = [str(fault) for fault in verify(rechained(forged)).faults]
    assert any("its commitment is a copy" in fault for fault in faults)
    assert any("B revealed not what it committed to" in fault for fault in faults)


def test_a_late_commitment_is_found():
    """B waits for A's report, then commits to another and opens that."""
    _, steps = RUNS["chicken"]
    kinds = [step["type"] for step in steps]
    commit, reveal = kinds.index("commit") + 1, kinds.index("reveal")
    late = [*steps[:commit], *steps[commit + 1 : reveal + 1], steps[commit], *steps[reveal + 1 :]]
    faults = [str(fault) for fault in verify(renumbered(late)).faults]
    assert any("before B committed" in fault for fault in faults)
    assert any("after a report was revealed" in fault for fault in faults)


def test_a_changed_report_is_found_even_with_a_fitting_common_model():
    _, steps = RUNS["talk"]
    forged = copy.deepcopy(steps)
    reveal = next(step for step in forged if step["type"] == "reveal")
    reveal["data"]["report"]["blocks"]["facts"] = [0.5, 0.5]
    faults = [str(fault) for fault in verify(rechained(forged)).faults]
    assert any("one revealed not what it committed to" in fault for fault in faults)
    assert any("facts of the common model does not follow" in fault for fault in faults)


def test_a_consistent_history_of_another_report_verifies_only_as_another():
    """Whoever rewrites everything makes another run; the last hash, kept elsewhere, tells them."""
    case, steps = RUNS["chicken"]
    other = agree(case, rng=4, misreports="none").transcript
    assert verify(other, case).ok
    assert other[-1]["hash"] != steps[-1]["hash"]


def test_another_case_is_found():
    _, steps = RUNS["chicken"]
    other = case_of([chicken()] * 2, solution=("egalitarian",))
    assert [str(fault) for fault in verify(steps, other).faults] == [
        "step 0 (open): it is of another Case"
    ]


@pytest.mark.parametrize(
    "junk",
    [[], None, 7, "text", [1], [{}], [{"step": 0}], {"a": 1}, [None, None]],
    ids=str,
)
def test_junk_is_a_fault_not_an_error(junk):
    verification = verify(junk)
    assert not verification.ok
    assert str(verification.faults[0]).startswith("transcript: ")


def test_truncated_transcripts_are_found():
    _, steps = RUNS["chicken"]
    for k in range(1, len(steps)):
        assert not verify(steps[:k]).ok


def test_the_commitments_are_of_the_whole_report():
    case, steps = RUNS["everything"]
    opened = [step["data"] for step in steps if step["type"] == "reveal"]
    committed = [step["data"]["commitment"] for step in steps if step["type"] == "commit"]
    for data, commitment in zip(opened, committed, strict=True):
        opening = Opening(steps[0]["data"]["case"], data["party"], 1, data["report"], data["nonce"])
        assert opening.commitment() == commitment
    assert set(opened[0]["report"]["blocks"]) == set(case.models["A"].blocks())


def nodes(data, path=()):
    """The path of every entry of plain JSON, large or small."""
    yield path
    inner = (
        data if isinstance(data, dict) else dict(enumerate(data if isinstance(data, list) else ()))
    )
    for key, value in inner.items():
        yield from nodes(value, (*path, key))


JUNK = [None, [], {}, "x", -1, 1e300, 10**30, float("inf"), True, [[1]], {"a": 1}, "0" * 64]


@pytest.mark.parametrize("name", ["chicken", "deal", "declined"])
def test_junk_in_any_place_is_a_fault_not_an_error(name):
    _, steps = RUNS[name]
    rng = np.random.default_rng(2)
    paths = [path for path in nodes(steps) if path]
    for k in rng.choice(len(paths), 60, replace=False):
        forged = copy.deepcopy(steps)
        place = forged
        for key in paths[k][:-1]:
            place = place[key]
        place[paths[k][-1]] = JUNK[int(rng.integers(len(JUNK)))]
        if forged != steps:
            assert not verify(forged).ok


def of_type(steps, kind):
    return [step["data"] for step in steps if step["type"] == kind]


def test_the_draw_cannot_be_known_before_all_accept():
    """Nothing before the draw step gives its number; the nonces that do are opened there."""
    case, steps = RUNS["chicken"]
    revealed = {data["party"]: data["nonce"] for data in of_type(steps, "reveal")}
    (draw,) = of_type(steps, "draw")
    assert draw_seed(steps[0]["data"]["case"], revealed) != draw["seed"]
    kinds = [step["type"] for step in steps]
    before = json.dumps(steps[: kinds.index("draw")])
    assert set(draw["nonces"]) == set(case.names)
    assert not any(nonce in before for nonce in draw["nonces"].values())
    assert kinds.index("draw") > max(k for k, kind in enumerate(kinds) if kind == "decide")


@pytest.mark.parametrize("change", ["another", "withheld"])
def test_a_draw_nonce_that_was_not_committed_to_is_found(change):
    _, steps = RUNS["chicken"]
    forged = copy.deepcopy(steps)
    (draw,) = of_type(forged, "draw")
    if change == "another":
        draw["nonces"]["A"] = "0" * 64
    else:
        del draw["nonces"]["A"]
    draw["seed"] = draw_seed(steps[0]["data"]["case"], draw["nonces"])
    draw["number"] = uniform_draw(draw["seed"])
    faults = [str(fault) for fault in verify(rechained(forged)).faults]
    assert any("not those committed to" in fault for fault in faults)


def test_accepting_against_a_rule_of_ones_own_is_found():
    _, steps = RUNS["talk"]
    forged = copy.deepcopy(steps)
    last = of_type(forged, "decide")[-1]
    next(finding for finding in last["findings"] if not finding["public"])["holds"] = False
    (fault,) = verify(rechained(forged)).faults
    assert fault.what == "it accepts although its own rule does not hold"


def test_who_accepts_states_that_its_own_rules_hold():
    """A behaviour that accepts against its own gain rule leaves a transcript that verifies."""

    class Pushover(Honest):
        def respond(self, context, proposal):
            return Decision(context.name, True, ())

    case = scalar_case(0.9, 0.1, 0.1, None, gain_rule=True)
    assert agree(case, rng=0, misreports="none").status == "refused"
    pushed = {name: Pushover() for name in case.names}
    agreement = agree(case, parties=pushed, rng=0, misreports="none")
    assert agreement.status == "agreed"
    assert verify(agreement.transcript, case).ok


def test_a_report_nested_too_deep_is_a_fault():
    _, steps = RUNS["chicken"]
    forged = copy.deepcopy(steps)
    deep = []
    for _ in range(3000):
        deep = [deep]
    reveal = next(step for step in forged if step["type"] == "reveal")
    reveal["data"]["report"]["blocks"]["tastes[A]"] = deep
    assert not verify(forged).ok


BATTLE = np.array([[[2.0, 0], [0, 1]], [[1, 0], [0, 2]]])
TILTED = np.array([[[1.0, 3], [0, 2]], [[1, 2], [0, 3.5]]])


def forged_play(case, play):
    """The transcript of a Case with another play, and all that anyone can compute from it."""
    steps = copy.deepcopy(agree(case, rng=1, misreports="none").transcript)
    game = case.parties[0].model
    (solve,), (draw,), (last,) = (of_type(steps, kind) for kind in ("solve", "draw", "play"))
    solve["play"] = last["play"] = play.to_dict()
    solve["payoffs"] = game.payoffs(play).tolist()
    draw["outcome"] = last["outcome"] = list(drawn_outcome(play, draw["number"]))
    return rechained(steps)


@pytest.mark.parametrize("notion", ["best-equilibrium", "best-correlated-equilibrium"])
def test_ties_broken_otherwise_are_found(notion):
    case = case_of([NormalForm.from_payoffs(BATTLE, ["A", "B"])] * 2, solution=(notion,))
    assert agree(case, misreports="none").payoffs.tolist() == [1.5, 1.5]
    (fault,) = verify(forged_play(case, Lottery.pure((0, 0)))).faults
    assert "should be [1.5 1.5]" in fault.what


def test_a_tie_of_sums_broken_otherwise_is_found():
    table = np.array([[[1, 0], [0, 0.5]], [[0, 1], [0, 0.5]]])
    game = NormalForm.from_payoffs(table, ["A", "B"])
    case = case_of(
        [game] * 2,
        solution=("utilitarian",),
        disagreement="point",
        disagreement_point={"A": 0, "B": 0},
        acceptance=(),
    )
    assert np.allclose(agree(case, misreports="none").payoffs, 0.5)
    (fault,) = verify(forged_play(case, Lottery.pure((0, 0)))).faults
    assert "should be [0.5 0.5]" in fault.what


@pytest.mark.parametrize("lotteries", [True, False])
@pytest.mark.parametrize("notion", BARGAINING)
def test_a_bad_play_is_found_in_any_unit(notion, lotteries):
    for scale, zero in ((1e-10, 0), (1e-7, 0), (1, 0), (1e10, 0), (1, 1e6), (1, 1e9)):
        game = NormalForm.from_payoffs(TILTED * scale + zero, ["A", "B"])
        case = case_of([game] * 2, solution=(notion,), lotteries=lotteries, acceptance=())
        assert verify(agree(case, rng=1, misreports="none").transcript).ok
        faults = [fault.what for fault in verify(forged_play(case, Lottery.pure((0, 0)))).faults]
        assert any("the play" in fault for fault in faults), (scale, zero)


def test_a_false_gap_is_found():
    _, steps = RUNS["chicken"]
    for entry, value in (("value", 123.0), ("kind", "unknown")):
        forged = copy.deepcopy(steps)
        of_type(forged, "solve")[0]["gap"][entry] = value
        assert not verify(rechained(forged)).ok


def test_what_is_public_of_defaults_is_checked():
    """A deal, a joint play, or an act beside the strategy, although nothing was agreed."""
    deal = copy.deepcopy(RUNS["refused"][1])
    of_type(deal, "play")[0]["play"] = Lottery.pure((0,)).to_dict()
    joint = copy.deepcopy(RUNS["declined"][1])
    of_type(joint, "play")[0]["play"] = Lottery.pure((0, 0)).to_dict()
    act = copy.deepcopy(RUNS["declined"][1])
    of_type(act, "play")[0]["acts"]["A"] = chicken().actions[0][1]
    for forged in (deal, joint, act):
        assert not verify(rechained(forged)).ok
