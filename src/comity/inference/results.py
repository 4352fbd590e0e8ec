"""What comity understands of people's behaviour, with its certificate: the parts of the answer."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import numpy as np

from comity.core import Certified, Result

if TYPE_CHECKING:
    from comity.cases import Case
    from comity.inference.evidence.table import Evidence


@dataclass(frozen=True, eq=False)
class Standing(Result):
    """What became of one explanation, taken as an explanation of everybody.

    Attributes
    ----------
    name, about, source : of the explanation.
    estimates : its parameters by name, each with an interval; ``cannot tell`` where the evidence
        does not identify it.
    meanings : what each parameter means, in words.
    log_likelihood : of all decisions at the estimates.
    held_out : log-likelihood per decision of people who were not used in fitting.
    accuracy : share of their decisions for which the likeliest option was chosen.
    stands : whether it is in the confidence set; ``None`` where that cannot be told.
    verdict : one sentence that says why.
    flat : directions in which its parameters can move without changing what it predicts, in words.
    notes : what else a reader must know.
    """

    name: str
    about: str
    source: str
    estimates: dict[str, Certified]
    meanings: dict[str, str]
    log_likelihood: float
    held_out: Certified
    accuracy: Certified
    stands: bool | None
    verdict: str
    flat: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, eq=False)
class Comparison(Result):
    """One predictor of held-out decisions against the best.

    Attributes
    ----------
    name : an explanation, a mixture of them, everyone by itself, or a yardstick.
    held_out, accuracy : as in `Standing`.
    behind : how much less log-likelihood per decision than the best, with an interval that holds
        for all comparisons at once.
    kind : ``explanation``, ``mixture``, ``individual`` or ``yardstick``.
    """

    name: str
    held_out: Certified
    accuracy: Certified
    behind: Certified
    kind: str = "explanation"


@dataclass(frozen=True, eq=False)
class People(Result):
    """Who is best explained by what.

    Attributes
    ----------
    explanations : M names; those that coincide for everybody stand as one, joined by ``or``.
    shares : estimated share of each in the population.
    posteriors : shape (P, M), how likely each person follows each; rows sum to 1.
    names : of the P people.
    told : how many people are assigned to each with at least the level's posterior.
    cannot_tell : how many are not assigned.
    level : the posterior from which on a person counts as assigned.
    prior : one sentence on the prior and on how explanations were weighed.
    """

    explanations: tuple[str, ...]
    shares: dict[str, Certified]
    posteriors: np.ndarray = field(repr=False)
    names: tuple[str, ...] = field(repr=False)
    told: dict[str, int] = field(default_factory=dict)
    cannot_tell: int = 0
    level: float = 0.9
    prior: str = ""


@dataclass(frozen=True, eq=False)
class Rivalry(Result):
    """Two explanations, and what it would take to tell them apart with this design.

    Attributes
    ----------
    truth, rival : names; the rival's parameters are those that imitate the truth best.
    kl : log-likelihood ratio that one person's decisions are expected to give against the rival.
    decisions_expected : decisions until the expected log-likelihood ratio reaches log 20;
        infinite where they coincide.
    decisions_errors : decisions until either is mistaken for the other at most 5% of the time.
    equivalent : whether they coincide on every situation of the design.
    where : the situation that separates them most, in words.
    parted : the largest difference of a probability in the new setting; ``None`` without one.
    """

    truth: str
    rival: str
    kl: float
    decisions_expected: float
    decisions_errors: float
    equivalent: bool
    where: str = ""
    parted: float | None = None


@dataclass(frozen=True, eq=False)
class Calibration(Result):
    """How often what was predicted came about, by predicted probability.

    Attributes
    ----------
    predictor : whose predictions.
    predicted, observed, low, high, counts : shape (B,), by bin; counts are of options, see
        `comity.inference.calibrate`.
    error : expected calibration error, with an interval.
    """

    predictor: str
    predicted: np.ndarray
    observed: np.ndarray
    low: np.ndarray
    high: np.ndarray
    counts: np.ndarray
    error: Certified


@dataclass(frozen=True, eq=False)
class NewSetting(Result):
    """What such people would do in another setting, and what to do about it.

    Attributes
    ----------
    role, decider : who these people are there, and who decides in view of them.
    situations : names of the S situations in which they may find themselves.
    options : their options, by situation.
    members : names of the M explanations that stand.
    probabilities : shape (M, S, K).
    low, high : shape (M, S, K), intervals from what the evidence leaves open.
    weights : shape (M,), shares; ``None`` where nothing weighs the members.
    actions : the decider's A actions.
    payoffs : shape (A, M), what each action is expected to bring the decider by member.
    bayes : what to do by the shares, with its worth.
    minimax_regret : shape (A,), the lottery over actions whose largest regret is least.
    regret : that regret.
    breaks : where the best action changes as the weight of one member rises against the rest:
        (member, weight, action below, action above).
    failure : chance that the two do not come to terms, by member.
    failure_range : its range over the members.
    sentence : the whole in words.
    """

    role: str
    decider: str
    situations: tuple[str, ...]
    options: tuple[tuple[str, ...], ...]
    members: tuple[str, ...]
    probabilities: np.ndarray
    low: np.ndarray
    high: np.ndarray
    weights: np.ndarray | None
    actions: tuple[str, ...]
    payoffs: np.ndarray
    bayes: Certified | None
    bayes_action: str
    minimax_regret: np.ndarray
    regret: Certified
    breaks: tuple[tuple[str, float, str, str], ...]
    failure: dict[str, float]
    failure_range: Certified | None
    sentence: str = ""


@dataclass(frozen=True, eq=False)
class Question(Result):
    """Something to ask next.

    Attributes
    ----------
    name : of the design.
    information : expected information about which explanation is true, in nats per answer.
    value : what an answer is expected to add to the decision at hand; ``None`` without one.
    separates : the two members it tells apart best.
    people_expected, people_errors : how many answers until the expected log-likelihood ratio of
        those two reaches log 20, and until both error rates are 5%.
    note : such as that nothing on the menu tells two members apart.
    """

    name: str
    information: Certified
    value: Certified | None
    separates: tuple[str, str]
    people_expected: float
    people_errors: float
    note: str = ""


@dataclass(frozen=True, eq=False)
class Understanding(Result):
    """Why people acted as they did, what cannot be told, and what follows elsewhere.

    Attributes
    ----------
    title : of the Case, or of the data.
    evidence : the decisions.
    standings : one per explanation, the best held-out first.
    set_method : how the confidence set was made, its level included.
    comparisons : predictors of held-out decisions, the best first.
    people : who is best explained by what.
    rivalries : every ordered pair, the hardest to tell apart first.
    classes : explanations that coincide on this design, by name; single ones included.
    calibration : of the best predictor.
    setting : the new setting; ``None`` without a Case.
    questions : what to ask next, the most worthwhile first.
    findings : the whole in a few sentences.
    assumptions : what it rests on.
    pictures : arrays that pictures need and no table shows.
    case : the Case with what was understood as views of the party that such people would be, to
        agree on; ``None`` without a new setting, or where its payoffs are not plain tastes.
    """

    title: str
    evidence: Evidence
    standings: tuple[Standing, ...]
    set_method: str
    comparisons: tuple[Comparison, ...]
    people: People | None
    rivalries: tuple[Rivalry, ...]
    classes: tuple[tuple[str, ...], ...]
    calibration: Calibration | None = None
    setting: NewSetting | None = None
    questions: tuple[Question, ...] = ()
    findings: tuple[str, ...] = ()
    assumptions: tuple[str, ...] = ()
    pictures: dict[str, Any] = field(default_factory=dict, repr=False)
    case: Case | None = field(default=None, repr=False)

    def plot(self, ax: Any = None, what: str = "estimates") -> Any:
        """Return the matplotlib Axes of a picture.

        ``estimates``, ``individuals``, ``choices``, ``thresholds``, ``rivalries``,
        ``calibration`` or ``prior``.
        """
        from comity.inference._plots import plot

        return plot(self, what, ax)

    @property
    def standing(self) -> tuple[str, ...]:
        """Names of the explanations that stand."""
        return tuple(s.name for s in self.standings if s.stands)

    @property
    def fallen(self) -> tuple[str, ...]:
        """Names of the explanations that fell."""
        return tuple(s.name for s in self.standings if s.stands is False)
