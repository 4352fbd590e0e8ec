"""The whole road: from evidence to what stands, what cannot be told, and what follows elsewhere."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from comity.cases import Behaviour, Case
from comity.core import spawn_seeds
from comity.core.errors import InputError
from comity.core.page.words import number
from comity.core.randomness import Rng
from comity.inference.estimation.units import unit_of
from comity.inference.evidence.table import Evidence
from comity.inference.explanations.explanation import Explanation
from comity.inference.explanations.member import Member
from comity.inference.identification.confidence_set import ConfidenceSet, confidence_set
from comity.inference.results import (
    Calibration,
    Comparison,
    NewSetting,
    People,
    Question,
    Standing,
    Understanding,
)
from comity.inference.shift.settings import Setting
from comity.inference.understanding.crowd import Crowd, crowd_of
from comity.inference.understanding.defaults import chosen
from comity.inference.understanding.elsewhere import new_setting
from comity.inference.understanding.findings import findings
from comity.inference.understanding.pictures import choices
from comity.inference.understanding.predictors import compare_predictors
from comity.inference.understanding.questions import questions_for
from comity.inference.understanding.rivals import Rivals, rivalries, rivals_among
from comity.inference.understanding.setting import setting_of
from comity.inference.understanding.standings import (
    Tried,
    best_first,
    standing_of,
    try_explanation,
)
from comity.inference.understanding.views import case_with_views

Progress = Callable[[str, float], None]
"""Called with what is being done, and the share of the whole that is done."""

INDEPENDENCE = (
    "Decisions of different people are independent of each other; those of one person may depend "
    "on each other."
)
MET = (
    "It is known what others did in some of these decisions. People who play each other are not "
    "independent: intervals over people may be too narrow, and the confidence set too small. Where "
    "the data say who met in one session, read that as the study and take studies as independent."
)
BY_STUDY = (
    "Decisions in different studies are independent of each other; those within one may depend on "
    "each other. Shares of people, and what is open of parameters in the new setting, still take "
    "people as independent."
)


def understand(
    evidence: Evidence,
    explanations: Sequence[Explanation | str] | None = None,
    *,
    case: Case | None = None,
    behaviour: Behaviour | None = None,
    level: float | None = None,
    cluster: str = "person",
    rng: Rng = 0,
    progress: Progress | None = None,
) -> Understanding:
    """Return why people acted as they did, what cannot be told, and what follows elsewhere.

    Parameters
    ----------
    evidence : who chose what; see `read_behaviour` and the adapters.
    explanations : what is weighed, as objects or names such as ``fehr-schmidt x logit``; those
        that suit the kind of evidence unless given.
    case : the new setting, where one is in question.
    behaviour : how the evidence was read and whom in the Case it speaks about; that of the Case
        unless given.
    level : of the confidence set and of all intervals; that of the behaviour, or 0.9.
    cluster : what is independent of each other, ``person`` or ``study``. By ``study``, as where
        people met each other in sessions, studies are held out and split whole and intervals let
        all decisions of one depend.
    rng : seed of all searches, folds and splits.
    progress : called with a sentence and the share done.

    Raises `InputError` where nothing can be weighed. Every explanation is compiled once; time then
    grows with the explanations squared and with the decisions.
    """
    stated = behaviour or (case.behaviour if case is not None else None) or Behaviour("")
    seeds = spawn_seeds(rng, 4)
    run = _Run(
        evidence=evidence,
        behaviour=stated,
        level=stated.level if level is None else level,
        cluster=cluster,
        seeds=[seed % 2**31 for seed in seeds],
        tell=progress or (lambda words, share: None),
    )
    if not 0.5 <= run.level < 1:
        raise InputError("out of range", place="level", found=run.level, expected="in [0.5, 1)")
    if explanations or not stated.explanations:
        run.try_all(explanations or None, "explanations")
    else:
        run.try_all(stated.explanations, "behaviour.explanations")
    run.tell_apart()
    run.meet_people()
    if case is not None:
        run.look_elsewhere(case)
    return run.result(_title(case, evidence))


@dataclass
class _Run:
    """Everything found so far, in the order in which it is found."""

    evidence: Evidence
    behaviour: Behaviour
    level: float
    cluster: str
    seeds: list[int]
    tell: Progress
    tried: list[Tried] = field(default_factory=list)
    standings: tuple[Standing, ...] = ()
    kept: ConfidenceSet | None = None
    rivals: Rivals | None = None
    crowd: Crowd | None = None
    comparisons: tuple[Comparison, ...] = ()
    calibration: Calibration | None = None
    setting: Setting | None = None
    elsewhere: NewSetting | None = None
    questions: tuple[Question, ...] = ()
    case: Case | None = None
    notes: list[str] = field(default_factory=list)

    def try_all(self, named: Sequence[Explanation | str] | None, place: str) -> None:
        """Fit every explanation, hold people out, and see which stand."""
        weighed, notes = chosen(named, self.behaviour.kind, self.evidence, place)
        self.notes += notes
        for k, explanation in enumerate(weighed):
            self.tell(f"fitting {explanation.name}", 0.4 * k / len(weighed))
            found = try_explanation(
                explanation, self.evidence, cluster=self.cluster, rng=self.seeds[0]
            )
            if isinstance(found, str):
                self.notes.append(f"{explanation.name} is not weighed: {found}.")
            else:
                self.tried.append(found)
        if not self.tried:
            raise InputError(
                "no explanation can be weighed",
                place="explanations",
                found="; ".join(self.notes)[:300],
                expected="one that allows every choice",
            )

    def tell_apart(self) -> None:
        """See which explanations stand for everybody, and which could stand in for which."""
        self.tell("seeing which explanations stand", 0.4)
        if len(np.unique(unit_of(self.evidence, self.cluster)[self.evidence.person])) > 1:
            self.kept = confidence_set(
                [t.fit.explanation for t in self.tried],
                self.evidence,
                self.level,
                known={t.name: t.fit.free for t in self.tried if np.isfinite(t.fit.free).all()},
                by=self.cluster,
                rng=self.seeds[1],
            )
        rows = [
            standing_of(t, self.evidence, *self._verdict(t.name), self.level, self.cluster)
            for t in self.tried
        ]
        self.standings = best_first(rows)

        def count(done: int, total: int) -> None:
            self.tell("telling explanations apart", 0.5 + 0.1 * done / total)

        self.rivals = rivals_among(
            [t.fit.member() for t in self.tried], self.evidence, self.seeds[2], count
        )

    def _verdict(self, name: str) -> tuple[bool | None, str]:
        if self.kept is None:
            return (
                None,
                f"Decisions of one {self.cluster} cannot be split to see whether it stands.",
            )
        found = self.kept.survivor(name)
        if np.isinf(found.shortfall):
            return found.stands, "It fell: it gives a choice of people set apart no chance."
        apart = f"{number(abs(found.shortfall))} {'below' if found.shortfall > 0 else 'above'}"
        words = (
            f"on people set apart, its log-likelihood is {apart} that of forecasts learned from "
            "the others"
        )
        if found.stands:
            return True, f"It stands: {words}, within what chance explains."
        return False, f"It fell as an explanation of everybody: {words}."

    def meet_people(self) -> None:
        """See who is best explained by what, and what predicts held-out decisions best."""
        assert self.rivals is not None
        self.tell("seeing who follows what", 0.6)
        self.crowd = crowd_of(self.tried, self.rivals, self.evidence, self.level, self.seeds[3])
        self.tell("predicting held-out decisions", 0.7)
        self.comparisons, self.calibration, notes = compare_predictors(
            self.tried, self.crowd, self.evidence, self.level, self.seeds[3], self.cluster
        )
        self.notes += notes

    def look_elsewhere(self, case: Case) -> None:
        """See what such people would do in the new setting, and what to ask them first."""
        assert self.crowd is not None
        assert self.rivals is not None
        self.tell("looking at the new setting", 0.9)
        self.setting = setting_of(case, self.behaviour)
        members, weights = self.crowd.members, self.crowd.weights
        payoffs = None
        if self.setting is not None:
            self.elsewhere, _ = new_setting(
                self.setting,
                members,
                weights,
                self.crowd.regions(),
                self.level,
                self.rivals.classes,
            )
            payoffs = self.elsewhere.payoffs
            self.into_case(case)
        self.questions = questions_for(
            members, weights, self.evidence, self.behaviour, self.setting, payoffs
        )

    def into_case(self, case: Case) -> None:
        """Put what was understood into the Case, where its payoffs are plain tastes."""
        assert self.crowd is not None
        assert self.setting is not None
        try:
            self.case = case_with_views(
                case, self.behaviour.about, self.setting, self.crowd.members, self.crowd.weights
            )
        except InputError as error:
            self.notes.append(f"Nothing is put into the Case: {error.message}.")

    def result(self, title: str) -> Understanding:
        """Return all that was found."""
        assert self.rivals is not None
        assert self.crowd is not None
        self.tell("putting it into words", 0.97)
        situations = () if self.setting is None else self.setting.situations
        apart = rivalries(self.rivals, self.evidence, situations)
        people = self.crowd.people
        return Understanding(
            title=title,
            evidence=self.evidence,
            standings=self.standings,
            set_method=self.kept.method if self.kept is not None else f"one {self.cluster}: no set",
            comparisons=self.comparisons,
            people=people,
            rivalries=apart,
            classes=self.rivals.classes,
            calibration=self.calibration,
            setting=self.elsewhere,
            questions=self.questions,
            findings=findings(
                self.standings,
                self.rivals.classes,
                self.comparisons,
                people,
                apart,
                self.elsewhere,
                self.questions,
            ),
            assumptions=self._assumptions(),
            pictures=self._pictures(people),
            case=self.case,
        )

    def _assumptions(self) -> tuple[str, ...]:
        alone = (INDEPENDENCE, *doubts(self.evidence))
        own = [*(alone if self.cluster == "person" else (BY_STUDY,)), *self.evidence.assumptions]
        if self.crowd is not None:
            own += self.crowd.assumptions
        return tuple(dict.fromkeys((*own, *self.notes)))

    def _pictures(self, people: People | None) -> dict[str, Any]:
        assert self.crowd is not None
        members: list[Member] = [t.fit.member() for t in self.tried]
        tables = [member.predict(self.evidence) for member in members]
        found: dict[str, Any] = {
            "choices": choices(self.evidence, members, tables, by=self.cluster)
        }
        scatter = self.crowd.scatter(people)
        return found | ({"individuals": scatter} if scatter else {})


def doubts(evidence: Evidence) -> tuple[str, ...]:
    """Return why people may not be independent of each other, where there is reason to ask."""
    open_ended = np.array([s.shape[1] > 1 for s in evidence.situations], bool)
    met = (evidence.others >= 0) & open_ended[evidence.situation]
    return (MET,) if met.any() else ()


def _title(case: Case | None, evidence: Evidence) -> str:
    if case is not None:
        return case.title
    from pathlib import Path

    return Path(evidence.source).name or "Past behaviour"
