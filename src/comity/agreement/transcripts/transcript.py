"""Checking a transcript offline, with nothing but itself.

What is public is replayed: the chain of hashes, the commitments, the combination of the reports,
the optimality of the play, the rules that anyone can check, the draw. What is private cannot be:
a party's own figures stay with it, and only their place in the chain is checked.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from comity.agreement.acceptance import PUBLIC_RULES, public_findings
from comity.agreement.proposal import Proposal
from comity.agreement.talk import revise
from comity.agreement.transcripts.commitment import FIRST_ROUND, Opening, draw_commitment, opens
from comity.agreement.transcripts.draw import draw_seed, drawn_outcome, uniform_draw
from comity.agreement.transcripts.record import START, STEP_TYPES, VERSION, step_hash
from comity.agreement.transcripts.replay import close, play_of, play_to_dict, replay_proposal
from comity.agreement.transcripts.wire import (
    constitution_from_dict,
    empty_game,
    evidence_from_list,
    report_from_dict,
)
from comity.cases import Case, Constitution, Evidence
from comity.core import Result, digest
from comity.core.errors import ComityError
from comity.games import Game, MixedProfile, NormalForm, Play

Step = Mapping[str, Any]

UNREADABLE = (
    ComityError,
    KeyError,
    TypeError,
    ValueError,
    AttributeError,
    IndexError,
    AssertionError,
    OverflowError,
    RecursionError,
    MemoryError,
)
"""What a step that somebody tampered with may raise when it is replayed."""


@dataclass(frozen=True)
class Fault:
    """One thing that is wrong with a transcript.

    Attributes
    ----------
    step : number of the step, or -1 for the whole.
    type : its type.
    what : what is wrong, in a sentence.
    """

    step: int
    type: str
    what: str

    def __str__(self) -> str:
        where = f"step {self.step} ({self.type})" if self.step >= 0 else "transcript"
        return f"{where}: {self.what}"


@dataclass(frozen=True)
class Verification(Result):
    """Whether a transcript is what it claims to be.

    Attributes
    ----------
    ok : whether no fault was found.
    faults : what is wrong, in the order of the steps.
    checked : what was checked, in sentences.
    """

    ok: bool
    faults: tuple[Fault, ...]
    checked: tuple[str, ...]


CHECKED = (
    "every step is bound to the one before by its hash",
    "all parties committed before any report was seen, and each opened its own commitment",
    "the common model follows from the reports, and the play from the common model to 1e-9",
    "every rule that anyone can check gave the recorded answer",
    "the outcome follows from the draw nonces of all parties, opened after all had accepted",
)


def verify(transcript: Sequence[Step], case: Case | None = None) -> Verification:
    """Return whether a transcript holds together, with every fault found.

    With ``case`` it must also be a transcript of that Case. Nothing is raised for a broken
    transcript: what is broken is a fault. Costs one solution per recorded round.
    """
    faults = _chain_faults(transcript)
    if not faults or all(fault.step >= 0 for fault in faults):
        with np.errstate(all="ignore"):
            faults += _Replay(list(transcript), case).run()
    faults = sorted(dict.fromkeys(faults), key=lambda fault: fault.step)
    return Verification(not faults, tuple(faults), CHECKED)


def _chain_faults(transcript: Sequence[Step]) -> list[Fault]:
    """Return steps whose form, number or hashes are wrong."""
    if not isinstance(transcript, Sequence) or not transcript:
        return [Fault(-1, "", "there are no steps")]
    faults: list[Fault] = []
    previous = START
    for k, step in enumerate(transcript):
        if not isinstance(step, Mapping) or set(step) != {
            "step",
            "type",
            "previous",
            "data",
            "hash",
        }:
            return [*faults, Fault(-1, "", f"step {k} is not a step")]
        kind = str(step["type"])
        if step["step"] != k or isinstance(step["step"], bool):
            faults.append(Fault(k, kind, f"its number is {step['step']}"))
        if kind not in STEP_TYPES or not isinstance(step["data"], Mapping):
            return [*faults, Fault(-1, "", f"step {k} is of no known type")]
        if step["previous"] != previous:
            faults.append(Fault(k, kind, "it does not hold the hash of the step before"))
        if step["hash"] != _hash(step):
            faults.append(Fault(k, kind, "its hash is not that of its contents"))
        previous = step["hash"]
    return faults


def _hash(step: Step) -> str | None:
    try:
        return step_hash(step)
    except UNREADABLE:
        return None


class _Replay:
    """Walks through the steps and redoes all that is public."""

    def __init__(self, steps: list[Step], case: Case | None) -> None:
        self.steps = steps
        self.case = case
        self.faults: list[Fault] = []
        self.step: Step = steps[0]
        self.place = 0
        self.digest = ""
        self.constitution = Constitution()
        self.evidence: tuple[Evidence, ...] = ()
        self.frame: Mapping[str, Any] = {}
        self.players: tuple[str, ...] = ()
        self.joined: dict[str, bool] = {}
        self.commitments: dict[str, str] = {}
        self.draws: dict[str, str] = {}
        self.openings: dict[str, Opening] = {}
        self.reports: dict[str, Game] = {}
        self.proposal: Proposal | None = None
        self.answers: dict[str, bool] = {}
        self.outcome: list[int] | None = None
        self.rounds = 0
        self.ended = False

    def run(self) -> list[Fault]:
        """Replay every step; a step that cannot be read is a fault, and ends the replay."""
        for place, step in enumerate(self.steps):
            self.place, self.step = place, step
            try:
                CHECKS[step["type"]](self, step["data"])
            except UNREADABLE as error:
                self.fault(f"it cannot be replayed: {type(error).__name__}: {error}")
                return self.faults
        if not self.ended:
            self.faults.append(Fault(-1, "", "it ends before anything is played"))
        return self.faults

    def fault(self, what: str) -> None:
        """Note what is wrong with the present step."""
        self.faults.append(Fault(self.place, str(self.step["type"]), what))

    def expect(self, holds: bool, what: str) -> None:
        """Note a fault unless something holds."""
        if not holds:
            self.fault(what)

    def open(self, data: Mapping[str, Any]) -> None:
        """Check what all knew before they reported."""
        self.expect(self.place == 0, "a run opens once")
        self.expect(data["version"] == VERSION, f"its version is {data['version']}")
        public = {name: data[name] for name in ("title", "frame", "constitution", "evidence")}
        self.expect(data["case"] == digest(public), "the digest of the Case is another")
        if self.case is not None:
            from comity.agreement.protocol import public_part

            self.expect(digest(public_part(self.case)) == data["case"], "it is of another Case")
        self.digest, self.frame = data["case"], data["frame"]
        self.players = tuple(self.frame["players"])
        self.constitution = constitution_from_dict(data["constitution"])
        self.evidence = evidence_from_list(data["evidence"])

    def participate(self, data: Mapping[str, Any]) -> None:
        """Note who takes part."""
        self._known(data["party"], self.joined)
        self.expect(isinstance(data["answer"], bool), "its answer is neither yes nor no")
        self.joined[data["party"]] = data["answer"]

    def commit(self, data: Mapping[str, Any]) -> None:
        """Note a commitment, which must come before any report is seen."""
        self._known(data["party"], self.commitments)
        self.expect(not self.openings, "it commits after a report was revealed")
        self.expect(self.joined.get(data["party"], False), "it commits without taking part")
        copied = data["commitment"] in self.commitments.values()
        self.expect(not copied, "its commitment is a copy of another's")
        self.expect(data["round"] == FIRST_ROUND, "reports are committed in one round")
        self.commitments[data["party"]] = data["commitment"]
        self.draws[data["party"]] = data["draw"]

    def reveal(self, data: Mapping[str, Any]) -> None:
        """Open a commitment and read the report."""
        self._known(data["party"], self.openings)
        missing = [name for name in self.players if name not in self.commitments]
        self.expect(not missing, f"it reveals before {', '.join(missing)} committed")
        opening = Opening(self.digest, data["party"], data["round"], data["report"], data["nonce"])
        committed = self.commitments.get(data["party"], "")
        self.expect(opens(opening, committed), f"{data['party']} revealed not what it committed to")
        self.openings[data["party"]] = opening
        self.reports[data["party"]] = report_from_dict(self.frame, data["report"])

    def talk(self, data: Mapping[str, Any]) -> None:
        """Revise the reports as the constitution says."""
        self._next_round(data["round"])
        self.reports = revise(self.reports, self.constitution, self.evidence)
        raised = self.constitution.talk.tolerance_step * data["round"]
        self.expect(close(data["tolerance_raised"], raised), "tolerances rise by another amount")

    def _next_round(self, delay: int) -> None:
        refused = self.answers and not all(self.answers.values())
        self.expect(bool(refused), "there is talk although nobody refused")
        self.rounds += 1
        self.expect(delay == self.rounds, f"it is round {self.rounds} and calls itself {delay}")
        self.expect(delay <= self.constitution.talk.rounds, "the constitution has fewer rounds")
        self.answers = {}

    def solve(self, data: Mapping[str, Any]) -> None:
        """Combine the reports, and hold the recorded play against its upper bounds."""
        self.expect(data["round"] == self.rounds, "it is of another round")
        again = self.proposal is not None and self.proposal.delay == self.rounds
        self.expect(not again, "this round was solved before")
        self.proposal, faults = replay_proposal(
            data, self.frame, self.reports, self.constitution, self.evidence, self.rounds
        )
        for what in faults:
            self.fault(what)

    def decide(self, data: Mapping[str, Any]) -> None:
        """Redo the rules that anyone can check."""
        self._known(data["party"], self.answers)
        assert self.proposal is not None
        self.expect(data["round"] == self.rounds, "it is of another round")
        found = public_findings(data["party"], self.proposal, self.constitution, self.evidence)
        stated = [finding for finding in data["findings"] if finding["public"]]
        self.expect(len(data["findings"]) == len(self.constitution.acceptance), "a rule is missing")
        self.expect(len(stated) == len(found), "a public rule is missing")
        for claim, finding in zip(stated, found, strict=False):
            same = close(claim["figure"], finding.figure) and claim["holds"] == finding.holds
            self.expect(same, f"the {finding.rule} rule gives {finding.figure:.10g}")
        self._check_rules(data["findings"])
        broken = data["accepts"] and not all(finding.holds for finding in found)
        self.expect(not broken, "it accepts against a public rule")
        own = all(finding["holds"] for finding in data["findings"] if not finding["public"])
        self.expect(own or not data["accepts"], "it accepts although its own rule does not hold")
        self.expect(isinstance(data["accepts"], bool), "its answer is neither yes nor no")
        self.answers[data["party"]] = data["accepts"]

    def _check_rules(self, stated: Sequence[Mapping[str, Any]]) -> None:
        for claim, rule in zip(stated, self.constitution.acceptance, strict=False):
            talk = self.constitution.talk.tolerance_step * self.rounds
            raised = talk if rule.rule in ("public", "private") else 0.0
            measured = rule.divergence if rule.rule in ("public", "private") else ""
            same = (claim["rule"], claim["divergence"]) == (rule.rule, measured)
            same = same and claim["public"] == (rule.rule in PUBLIC_RULES)
            fits = same and close(claim["tolerance"], rule.tolerance + raised)
            self.expect(fits, "its rules are not those of the constitution")

    def draw(self, data: Mapping[str, Any]) -> None:
        """Redo the draw from the nonces."""
        assert self.proposal is not None
        assert self.proposal.solution.play is not None
        self.expect(self._status() == "agreed", "it draws although nothing was agreed")
        self.expect(self.outcome is None, "it draws twice")
        nonces = dict(data["nonces"])
        opened = {name: draw_commitment(self.digest, name, n) for name, n in nonces.items()}
        self.expect(opened == self.draws, "the draw nonces are not those committed to")
        seed = draw_seed(self.digest, nonces)
        self.expect(data["seed"] == seed, "the seed does not follow from the nonces")
        number = uniform_draw(seed)
        self.expect(close(data["number"], number), "the number does not follow from the seed")
        outcome = list(drawn_outcome(self.proposal.solution.play, number))
        self.expect(list(data["outcome"]) == outcome, f"the draw gives {outcome}")
        self.outcome = outcome

    def play(self, data: Mapping[str, Any]) -> None:
        """Check that what is played follows from the answers."""
        self.expect(not self.ended, "something is played twice")
        self.ended = True
        status = self._status()
        self.expect(data["status"] == status, f"the status should be {status}")
        self.expect(set(data["acts"]) == set(self.players), "not every party acts")
        said = all(isinstance(act, str) for act in data["acts"].values())
        self.expect(said, "an act is not a word")
        if status != "agreed":
            self.expect(data["outcome"] is None, "nothing was agreed, so nothing is drawn")
            self._without_agreement(play_of(data["play"]), data["acts"])
            return
        assert self.proposal is not None
        play = play_of(data["play"])
        same = play is not None and play.to_dict() == play_to_dict(self.proposal.solution.play)
        self.expect(same, "what is played is not what was agreed")
        self.expect(data["outcome"] == self.outcome, "the outcome is not the one drawn")

    def _without_agreement(self, play: Play | None, acts: Mapping[str, str]) -> None:
        """Check what is public of defaults: their form, and that stated actions are played.

        The defaults themselves follow from private models, so which they are stays unseen.
        """
        game = empty_game(self.frame)
        if not isinstance(game, NormalForm):
            self.expect(play is None, "a deal is played that nobody agreed on")
            return
        self.expect(isinstance(play, MixedProfile), "parties act together without agreement")
        assert isinstance(play, MixedProfile)
        game.payoffs(play)
        for i, name in enumerate(self.players):
            if acts[name] in game.actions[i]:
                certain = play.strategies[i][game.actions[i].index(acts[name])] == 1
                self.expect(certain, f"{name} acts otherwise than it says")

    def _status(self) -> str:
        if not all(self.joined.get(name, False) for name in self.players):
            return "declined"
        if self.proposal is None:
            return "refused"
        if self.proposal.solution.play is None:
            return "no gain"
        everyone = set(self.answers) == set(self.players)
        return "agreed" if everyone and all(self.answers.values()) else "refused"

    def _known(self, name: str, so_far: Mapping[str, Any]) -> None:
        self.expect(name in self.players, f"{name} is no party")
        self.expect(name not in so_far, f"{name} does it twice")


CHECKS: dict[str, Callable[[_Replay, Mapping[str, Any]], None]] = {
    name: getattr(_Replay, name) for name in STEP_TYPES
}
