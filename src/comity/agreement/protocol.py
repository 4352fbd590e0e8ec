"""One run of collaborative game specification, from invitation to play.

(0) Each party holds its own model. (1) Anyone may decline. (2) Reports and each one's part of a
draw are committed, then the reports are revealed, so that nobody reports second. (3) The reports
are combined and solved, each party accepts or refuses, and while somebody refuses and rounds of
talk are left they talk. (4) All accept: the draw is opened, and the agreed play follows. Otherwise
each plays its default by its own model. (5) A transcript records every step. The public description
is Clifton (2021); what it leaves open is our completion.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

import numpy as np

from comity.agreement.acceptance import Finding, findings, public_findings
from comity.agreement.defaults import actual_default, default_play, play_payoffs
from comity.agreement.parties import COMPLY, Context, PartyBehaviour, make_party
from comity.agreement.preconditions import check_case, check_search
from comity.agreement.proposal import Proposal, propose
from comity.agreement.results import Agreement, Decision
from comity.agreement.robustness.of_agreement import rests_on
from comity.agreement.solution import choose_notion
from comity.agreement.talk import revise
from comity.agreement.transcripts.commitment import FIRST_ROUND, Opening, draw_commitment, new_nonce
from comity.agreement.transcripts.draw import draw_seed, drawn_outcome, uniform_draw
from comity.agreement.transcripts.record import VERSION, Record
from comity.agreement.transcripts.replay import proposal_to_dict
from comity.agreement.transcripts.wire import constitution_to_dict, evidence_to_list, report_to_dict
from comity.cases import Case
from comity.core import as_generator, check_choice, digest, spawn_seeds
from comity.core.errors import InputError
from comity.core.randomness import Rng
from comity.games import Game, Lottery, MixedProfile, NormalForm, Play

Misreports = Literal["none", "local", "full"] | int
Progress = Callable[[str, float], None]
"""Called with what is being done and the share that is done, in [0, 1]."""


def agree(
    case: Case,
    *,
    parties: Mapping[str, PartyBehaviour] | None = None,
    rng: Rng = None,
    misreports: Misreports = "local",
    progress: Progress | None = None,
) -> Agreement:
    """Return what the parties of a Case agree on, or what happens because they do not.

    Parameters
    ----------
    case : who sees what, and by which constitution they decide.
    parties : behaviours that replace the kinds the Case names.
    rng : seed of nonces, of the draw and of behaviours by chance. Without one nonces are secret.
    misreports : how hard the certificate looks for gains from lying: ``none`` (fast), ``local``,
        ``full``, or how many reports it tries for each party.
    progress : called with a sentence and the share done.

    Raises `InputError` before anyone reports where the constitution cannot be applied.
    """
    check_case(case)
    check_search(misreports)
    tell = progress or (lambda words, share: None)
    run = _Run(case, _behaviours(case, parties or {}), rng)
    tell("collecting reports", 0.0)
    if not run.collect(tell):
        return run.end("declined")
    notion = choose_notion(case.constitution, case.names)
    if notion is None:
        run.note("No solution is acceptable to all parties.")
        return run.end("refused")
    tell("solving the common model", 0.2)
    status = run.negotiate(notion)
    agreement = run.end(status)
    tell("certifying", 0.4)
    certified = _certified(agreement, rng, misreports, tell)
    tell("done", 1.0)
    return certified


@dataclass
class _Run:
    """Everything that happens in one run, in the order it happens."""

    case: Case
    behaviours: Mapping[str, PartyBehaviour]
    rng: Rng
    record: Record = field(default_factory=Record)
    reports: dict[str, Game] = field(default_factory=dict)
    nonces: dict[str, str] = field(default_factory=dict)
    draw_nonces: dict[str, str] = field(default_factory=dict)
    proposal: Proposal | None = None
    notion: str = ""
    decisions: tuple[Decision, ...] = ()
    notes: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        generator = as_generator(self.rng)
        seeds = spawn_seeds(generator, len(self.case.parties))
        source = None if self.rng is None else generator
        self.nonces = {name: new_nonce(source) for name in self.case.names}
        self.draw_nonces = {name: new_nonce(source) for name in self.case.names}
        self.contexts = {
            party.name: Context(party, self.case.constitution, self.case.evidence, seed)
            for party, seed in zip(self.case.parties, seeds, strict=True)
        }
        public = public_part(self.case)
        self.digest = digest(public)
        self.record.add("open", version=VERSION, case=self.digest, **public)
        if self.rng is not None:
            self.note("Nonces come from a stated seed, so the run can be repeated and predicted.")

    def note(self, sentence: str) -> None:
        """Add an assumption that the figures rest on."""
        self.notes.append(sentence)

    def collect(self, tell: Progress) -> bool:
        """Ask all, then commit and reveal; return whether every party took part."""
        asked: dict[str, Game | None] = {}
        for name in self.case.names:
            tell(f"{name} makes its report", 0.2 * len(asked) / len(self.case.names))
            asked[name] = self.behaviours[name].report(self.contexts[name])
        for name, report in asked.items():
            self.record.add("participate", party=name, answer=report is not None)
        present = {name: report for name, report in asked.items() if report is not None}
        if len(present) < len(asked):
            return False
        openings = {name: self._opening(name, report) for name, report in present.items()}
        for name, opening in openings.items():
            self.record.add(
                "commit",
                party=name,
                round=opening.round,
                commitment=opening.commitment(),
                draw=draw_commitment(self.digest, name, self.draw_nonces[name]),
            )
        for name, opening in openings.items():
            self.record.add(
                "reveal",
                party=name,
                round=opening.round,
                report=opening.report,
                nonce=opening.nonce,
            )
        self.reports = present
        return True

    def _opening(self, name: str, report: Game) -> Opening:
        if not isinstance(report, Game) or report.frame() != self.case.parties[0].model.frame():
            raise InputError(
                "a report is not on the common frame", place=f"reports.{name}", found="other frame"
            )
        return Opening(self.digest, name, FIRST_ROUND, report_to_dict(report), self.nonces[name])

    def negotiate(self, notion: str) -> str:
        """Propose, decide and talk until all accept or the rounds run out."""
        self.notion = notion
        constitution, evidence = self.case.constitution, self.case.evidence
        reports = dict(self.reports)
        for delay in range(constitution.talk.rounds + 1):
            if delay:
                reports = revise(reports, constitution, evidence)
                raised = constitution.talk.tolerance_step * delay
                self.record.add("talk", round=delay, tolerance_raised=raised)
            self.proposal = propose(reports, constitution, evidence, delay, notion)
            self._record_solution(self.proposal)
            if self.proposal.solution.play is None:
                return "no gain"
            self.decisions = tuple(self._decide(name) for name in self.case.names)
            if all(decision.accepts for decision in self.decisions):
                return "agreed"
        return "refused"

    def _record_solution(self, proposal: Proposal) -> None:
        data = proposal_to_dict(proposal, self.notion)
        self.record.add("solve", round=proposal.delay, **data)

    def _decide(self, name: str) -> Decision:
        """Return a party's answer; a rule that all can check binds whatever it says."""
        assert self.proposal is not None
        context, constitution = self.contexts[name], self.case.constitution
        answer = self.behaviours[name].respond(context, self.proposal)
        public = public_findings(name, self.proposal, constitution, self.case.evidence)
        broken = [finding.sentence for finding in public if not finding.holds]
        reasons = answer.reasons
        if answer.accepts and broken:
            reasons = (*reasons, *(f"The constitution refuses for it: {s}" for s in broken))
        decision = Decision(name, answer.accepts and not broken, reasons)
        self.record.add(
            "decide",
            party=name,
            round=self.proposal.delay,
            accepts=decision.accepts,
            findings=[f.to_dict() for f in self._findings(name, decision.accepts, public)],
        )
        return decision

    def _findings(
        self, name: str, accepts: bool, public: tuple[Finding, ...]
    ) -> tuple[Finding, ...]:
        """Return what each rule found; who accepts states that its private rules hold."""
        assert self.proposal is not None
        context = self.contexts[name]
        every = findings(name, context.model, self.proposal, context.constitution, context.evidence)
        checked = iter(public)
        return tuple(
            next(checked)
            if finding.public
            else dataclasses.replace(finding, holds=finding.holds or accepts)
            for finding in every
        )

    def end(self, status: str) -> Agreement:
        """Record what is played and return the outcome, its certificate still to come."""
        agreed = self.proposal.solution.play if status == "agreed" and self.proposal else None
        models = self.case.models
        play = agreed or self._without_agreement()
        outcome = self._draw(agreed) if agreed else None
        acts = {name: self._act(name, agreed) for name in self.case.names}
        played = self._after_breaches(agreed, acts) if agreed else play
        self.record.add("play", status=status, play=play, outcome=outcome, acts=acts)
        for name, act in acts.items():
            if agreed and act != COMPLY:
                self.note(_breach(name, act, self.case.constitution.enforcement))
        common = self.proposal.common if self.proposal else None
        if common is None:
            self.note("There is no common model; payoffs are each party's by its own.")

        def worth(what: Play | None) -> np.ndarray:
            return play_payoffs(common, what) if common else _own_payoffs(models, what)

        return Agreement(
            status=status,  # type: ignore[arg-type]
            case=self.case,
            common=common,
            play=play,
            solution=self.notion,
            disagreement=(
                self.proposal.solution.disagreement
                if self.proposal
                else np.full(len(models), np.nan)
            ),
            payoffs=worth(play),
            reports=self.proposal.reports if self.proposal else self.reports,
            default_play=default_play(common, self.case.constitution) if common else play,
            decisions=self.decisions,
            certificate=None,
            transcript=self.record.steps,
            assumptions=(*self._assumptions(), *self.notes),
            acts=acts,
            played=played,
            payoffs_played=worth(played),
        )

    def _draw(self, play: Play) -> list[int]:
        seed = draw_seed(self.digest, self.draw_nonces)
        number = uniform_draw(seed)
        outcome = list(drawn_outcome(play, number))
        self.record.add("draw", nonces=self.draw_nonces, seed=seed, number=number, outcome=outcome)
        return outcome

    def _after_breaches(self, agreed: Play, acts: Mapping[str, str]) -> Play | None:
        """Return what is played if these acts meet the agreed play; a deal that is left is none."""
        breaches = {name: act for name, act in acts.items() if act != COMPLY}
        if self.case.constitution.enforcement == "binding" or not breaches:
            return agreed
        play = agreed.to_lottery() if isinstance(agreed, MixedProfile) else agreed
        outcomes = np.array(play.outcomes)
        for i, party in enumerate(self.case.parties):
            if party.name not in breaches:
                continue
            if not isinstance(party.model, NormalForm):
                return None
            place = f"acts.{party.name}"
            check_choice(breaches[party.name], party.model.actions[i], "no such action", place)
            outcomes[:, i] = party.model.actions[i].index(breaches[party.name])
        return Lottery(tuple(map(tuple, outcomes.tolist())), play.probabilities)

    def _act(self, name: str, agreed: Play | None) -> str:
        return self.behaviours[name].act(self.contexts[name], agreed)

    def _without_agreement(self) -> Play | None:
        """Return the play in which each follows its default on its own model, or its own will."""
        play = actual_default(self.case.models, self.case.constitution)
        if not isinstance(play, MixedProfile):
            return play
        strategies = list(play.strategies)
        for i, party in enumerate(self.case.parties):
            act = self._act(party.name, None)
            names = party.model.actions[i] if isinstance(party.model, NormalForm) else ()
            if act in names:
                strategies[i] = np.eye(len(names))[names.index(act)]
        return MixedProfile(tuple(strategies))

    def _assumptions(self) -> tuple[str, ...]:
        rules = self.case.constitution
        enforced = {
            "binding": "Somebody enforces what was agreed.",
            "self-enforcing": "Nobody enforces what was agreed: it must hold by itself.",
        }
        rule = f"tastes by '{rules.tastes}', facts by '{rules.facts}', the prior by '{rules.prior}'"
        return (
            f"Reports are combined: {rule}.",
            f"Bargaining starts from the '{rules.disagreement}' point of the common model.",
            enforced[rules.enforcement],
            *rests_on(self.case),
        )


def _breach(name: str, act: str, enforcement: str) -> str:
    if enforcement == "binding":
        return f"{name} would rather play {act}, and is held to the agreement."
    return f"{name} breaks the agreement and plays {act}."


def public_part(case: Case) -> dict[str, Any]:
    """Return what all parties know before they report, as plain JSON."""
    return {
        "title": case.title,
        "frame": case.parties[0].model.frame(),
        "constitution": constitution_to_dict(case.constitution),
        "evidence": evidence_to_list(case.evidence),
    }


def _behaviours(case: Case, given: Mapping[str, PartyBehaviour]) -> dict[str, PartyBehaviour]:
    for name in given:
        check_choice(name, case.names, "no such party", f"parties.{name}")
    return {
        party.name: given.get(party.name)
        or make_party(party.kind, party.options, f"parties.{party.name}")
        for party in case.parties
    }


def _own_payoffs(models: Mapping[str, Game], play: Play | None) -> np.ndarray:
    own = [play_payoffs(model, play)[i] for i, model in enumerate(models.values())]
    return np.array(own)


def _certified(agreement: Agreement, rng: Rng, misreports: Misreports, tell: Progress) -> Agreement:
    """Return the agreement with its certificate."""
    from comity.agreement.certificate import certify_agreement, mediator_assumed

    certificate = certify_agreement(
        agreement,
        rng=rng,
        misreports=misreports,
        progress=lambda words, share: tell(words, 0.4 + 0.6 * share),
    )
    assumptions = (*agreement.assumptions, *mediator_assumed(agreement))
    return dataclasses.replace(agreement, certificate=certificate, assumptions=assumptions)
