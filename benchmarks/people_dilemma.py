"""266 people in repeated prisoner's dilemmas (Dal Bó and Fréchette 2011).

An automaton with errors says of a person's choices only how many were as planned, so mixtures of
automata are fitted on these counts; plans are those of comity's procedures. Intervals resample
people. Then every treatment's next moves are predicted by what the other five teach.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np
from people_dilemma_page import TEXT
from people_words import (
    Line,
    Section,
    certified,
    interval,
    lead,
    number,
    percent,
    percentiles,
    table,
)

from comity.cases import load
from comity.inference.estimation.clustered_means import mean_by_person
from comity.inference.estimation.comparisons import compare
from comity.inference.estimation.scoring import accuracy_by_person, hits, log_chosen
from comity.inference.evidence.table import Evidence
from comity.inference.explanations import explain
from comity.inference.explanations.procedures.automata import PLANS
from comity.inference.understanding.reading import read_behaviour

DATA = "repeated_pd/DF2011.csv"
NAME = "Repeated dilemma (Dal Bó, Fréchette 2011)"
LEVEL = 0.95
DRAWS = 1000
PUBLISHED = ("all-d", "all-c", "grim", "tft", "wsls", "t2")
"""The six strategies of their table 7."""
ALL = tuple(plan.name for plan in PLANS)
REPLICATED = {
    "D5R32": {"all-d": 0.920, "tft": 0.080},
    "D5R40": {"all-d": 0.783, "all-c": 0.078, "grim": 0.040, "tft": 0.098},
    "D5R48": {"all-d": 0.533, "all-c": 0.072, "tft": 0.395},
    "D75R32": {"all-d": 0.648, "tft": 0.352},
    "D75R40": {"all-d": 0.109, "all-c": 0.296, "grim": 0.267, "tft": 0.327},
    "D75R48": {"all-c": 0.076, "tft": 0.606, "t2": 0.319},
}
"""Shares to which the tests of stratEst (Dvorak) hold its replication of table 7, each among the
strategies it keeps by Akaike's criterion."""
LEAST, MOST = 1e-9, 0.5
SURE = 0.9
NEAR = 0.002
"""How near the end of an interval of a share is found."""
OTHERS_RATE = "how often the others cooperated"
OWN_RATES = "what both did last, and own choices so far"
LAST = "what both did last"
SIX = "six automata, by own choices so far"
FIFTEEN = "all automata, by own choices so far"


@dataclass(frozen=True)
class Counts:
    """How many decisions of each person were as each automaton plans.

    Attributes
    ----------
    planned : shape (N, A), whether the automaton cooperates in the row.
    missed : shape (N, A), whether the person did otherwise.
    misses, decisions : shapes (P, A) and (P,).
    """

    planned: np.ndarray
    missed: np.ndarray
    misses: np.ndarray
    decisions: np.ndarray

    def only(self, automata: list[int]) -> Counts:
        """Return the counts of some automata."""
        return Counts(
            self.planned[:, automata],
            self.missed[:, automata],
            self.misses[:, automata],
            self.decisions,
        )


@dataclass(frozen=True)
class Shares:
    """A mixture of automata with one error rate.

    Attributes
    ----------
    shares : shape (A,).
    error : chance of an action that was not intended.
    log_likelihood : of all choices.
    """

    shares: np.ndarray
    error: float
    log_likelihood: float


def count(evidence: Evidence, automata: tuple[str, ...]) -> Counts:
    """Return how many decisions were as planned."""
    planned = np.stack(
        [
            explain(procedure=f"automaton {name}").predict({"error": 0.25}, evidence)[:, 0] > 0.5
            for name in automata
        ],
        axis=1,
    )
    missed = planned != (evidence.choice == 0)[:, None]
    people = len(evidence.people)
    misses = np.stack([np.bincount(evidence.person, m, people) for m in missed.T], axis=1)
    return Counts(planned, missed, misses, np.bincount(evidence.person, minlength=people))


def posterior(shares: Shares, misses: np.ndarray, decisions: np.ndarray) -> np.ndarray:
    """Return log-probabilities (P, A) of people's choices and of each automaton together."""
    with np.errstate(divide="ignore"):
        prior = np.log(shares.shares)
    rights = decisions[..., None] - misses
    return prior + misses * np.log(shares.error) + rights * np.log1p(-shares.error)


def fit_shares(
    misses: np.ndarray,
    decisions: np.ndarray,
    weights: np.ndarray | None = None,
    most: int = 3000,
    held: tuple[int, float] | None = None,
) -> Shares:
    """Return the likeliest shares and error rate, by expectation and maximisation.

    Parameters
    ----------
    misses, decisions : shapes (P, A) and (P,).
    weights : shape (P,), how often each person counts.
    most : steps.
    held : an automaton and its share, where that is not free.
    """
    counted = np.ones(len(decisions)) if weights is None else weights
    even = np.full(misses.shape[1], 1 / misses.shape[1])
    here = Shares(_holding(even, held), 0.1, -np.inf)
    for _ in range(most):
        joint = posterior(here, misses, decisions)
        people = np.logaddexp.reduce(joint, axis=1)
        value = float(counted @ people)
        told = np.exp(joint - people[:, None]) * counted[:, None]
        error = (told * misses).sum() / (counted @ decisions)
        done = value - here.log_likelihood < 1e-9
        shares = _holding(told.sum(axis=0) / counted.sum(), held)
        here = Shares(shares, float(np.clip(error, LEAST, MOST)), value)
        if done:
            break
    return here


def _holding(shares: np.ndarray, held: tuple[int, float] | None) -> np.ndarray:
    """Return shares with one as it is held, the others in their proportions."""
    if held is None:
        return shares
    place, value = held
    others = np.where(np.arange(len(shares)) == place, 0.0, np.maximum(shares, 1e-300))
    found = (1 - value) * others / others.sum()
    found[place] = value
    return found


def likelihood_interval(
    misses: np.ndarray, decisions: np.ndarray, place: int, best: Shares
) -> tuple[float, float]:
    """Return the shares of an automaton that the likelihood does not speak against.

    It falls by less than half the chi-square quantile while all else adapts (Wilks 1938). Good to
    `NEAR`.
    """
    from scipy.stats import chi2

    least = best.log_likelihood - float(chi2.ppf(LEVEL, 1)) / 2

    def fits(value: float) -> bool:
        return fit_shares(misses, decisions, None, 300, (place, value)).log_likelihood >= least

    def end(inside: float, outside: float) -> float:
        if fits(outside):
            return outside
        while abs(outside - inside) > NEAR:
            middle = (inside + outside) / 2
            inside, outside = (middle, outside) if fits(middle) else (inside, middle)
        return inside

    share = float(best.shares[place])
    return end(share, 0.0), end(share, 1.0)


def resampled(misses: np.ndarray, decisions: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    """Return shares for resampled people, shape (DRAWS, A)."""
    people = len(decisions)
    drawn = rng.multinomial(people, np.full(people, 1 / people), size=DRAWS)
    return np.array([fit_shares(misses, decisions, w, 300).shares for w in drawn])


def intervals(
    misses: np.ndarray, decisions: np.ndarray, best: Shares, rng: np.random.Generator
) -> np.ndarray:
    """Return the ends of an interval for every share, shape (A, 2).

    It holds what resampled people give and what the likelihood allows: resampling alone cannot
    show an automaton that nobody happened to follow.
    """
    low, high = percentiles(resampled(misses, decisions, rng), LEVEL)
    wilks = np.array(
        [likelihood_interval(misses, decisions, a, best) for a in range(misses.shape[1])]
    )
    return np.c_[np.minimum(low, wilks[:, 0]), np.maximum(high, wilks[:, 1])]


def step_ahead(counts: Counts, shares: Shares, evidence: Evidence) -> np.ndarray:
    """Return the chance of cooperation in every row, by what the person did before it, (N,).

    People are new: they start from the shares of others, and are told by their own choices only.
    """
    order = np.lexsort((evidence.order, evidence.person))
    person = evidence.person[order]
    missed = counts.missed[order].astype(float)
    before = np.cumsum(missed, axis=0) - missed
    place = np.arange(len(order))
    starts = np.searchsorted(person, person)
    joint = posterior(shares, before - before[starts], (place - starts).astype(float))
    told = np.exp(joint - np.logaddexp.reduce(joint, axis=1)[:, None])
    planned = counts.planned[order]
    chance = np.empty(len(order))
    chance[order] = (told * np.where(planned, 1 - shares.error, shares.error)).sum(axis=1)
    return chance


def states(evidence: Evidence) -> np.ndarray:
    """Return what both did last: 0 in a first round, then 1 to 4, shape (N,)."""
    order = np.lexsort((evidence.order, evidence.person))
    own, other = evidence.choice[order], evidence.others[order]
    found = np.zeros(len(order), int)
    found[1:] = 1 + 2 * own[:-1] + other[:-1]
    sequence = evidence.sequence[order]
    found[np.r_[True, sequence[1:] != sequence[:-1]]] = 0
    state = np.empty(len(order), int)
    state[order] = found
    return state


def rates_of(evidence: Evidence, state: np.ndarray, learning: np.ndarray) -> np.ndarray:
    """Return how often people cooperated in each state, where they may be looked at, (5,)."""
    cooperated = np.bincount(state[learning], evidence.choice[learning] == 0, minlength=5)
    return (cooperated + 0.5) / (np.bincount(state[learning], minlength=5) + 1)


def own_rates(
    evidence: Evidence, state: np.ndarray, rates: np.ndarray, weight: float
) -> np.ndarray:
    """Return rates of others counted ``weight`` times, with own choices in the state so far, (N,).

    It is what a person of a beta-distributed population with these means would be expected to do.
    """
    order = np.lexsort((evidence.order, state, evidence.person))
    group = (evidence.person * 5 + state)[order]
    cooperated = (evidence.choice[order] == 0).astype(float)
    starts = np.searchsorted(group, group)
    before = np.cumsum(cooperated) - cooperated
    seen = np.arange(len(order)) - starts
    chance = np.empty(len(order))
    chance[order] = (weight * rates[state[order]] + before - before[starts]) / (weight + seen)
    return chance


def best_weight(
    evidence: Evidence, state: np.ndarray, rates: np.ndarray, learning: np.ndarray
) -> float:
    """Return the weight under which own rates predict best where they may be looked at."""
    options = np.geomspace(0.2, 50, 25)
    chosen = [
        np.log(chosen_chance(own_rates(evidence, state, rates, w), evidence)[learning]).sum()
        for w in options
    ]
    return float(options[int(np.argmax(chosen))])


def chosen_chance(chance: np.ndarray, evidence: Evidence) -> np.ndarray:
    """Return the probability of what was done for a chance of cooperation, (N,)."""
    return np.where(evidence.choice == 0, chance, 1 - chance)


def across(evidence: Evidence, counts: Counts) -> dict[str, np.ndarray]:
    """Return what each treatment's moves are thought to be by the other five, (N, 2) each."""
    six = counts.only([ALL.index(name) for name in PUBLISHED])
    state = states(evidence)
    found: dict[str, np.ndarray] = {}
    for treatment in range(len(evidence.games)):
        held = evidence.game == treatment
        people = np.zeros(len(evidence.people), bool)
        people[np.unique(evidence.person[~held])] = True
        rates = rates_of(evidence, state, ~held)
        weight = best_weight(evidence, state, rates, ~held)
        chances = {
            OTHERS_RATE: np.full(len(held), (evidence.choice[~held] == 0).mean()),
            LAST: rates[state],
            OWN_RATES: own_rates(evidence, state, rates, weight),
        }
        for name, some in ((SIX, six), (FIFTEEN, counts)):
            shares = fit_shares(some.misses[people], some.decisions[people])
            chances[name] = step_ahead(some, shares, evidence)
        for name, chance in chances.items():
            found.setdefault(name, np.zeros((len(held), 2)))[held] = np.stack(
                [chance, 1 - chance], axis=1
            )[held]
    return found


def study(folder: Path, cases: Path, seed: int) -> Section:
    """Return the section."""
    evidence, _ = read_behaviour([folder / DATA], load(cases / "repeated_dilemma.toml"))
    counts = count(evidence, ALL)
    six = counts.only([ALL.index(name) for name in PUBLISHED])
    rng = np.random.default_rng(seed)
    rows, refits, told = [], [], []
    figures: dict[str, float] = {}
    for treatment, name in enumerate(evidence.games):
        people = np.unique(evidence.person[evidence.game == treatment])
        misses, decisions = six.misses[people], six.decisions[people]
        found = fit_shares(misses, decisions)
        ends = intervals(misses, decisions, found, rng)
        shown = [
            interval(100 * share, 100 * low, 100 * high, 0)
            for share, (low, high) in zip(found.shares, ends, strict=True)
        ]
        rows.append((name, len(people), *shown, number(100 * found.error, 0)))
        kept = [PUBLISHED.index(strategy) for strategy in REPLICATED[name]]
        refits.append((name, fit_shares(misses[:, kept], decisions).shares))
        told.append((name, *_told(misses, decisions, found)))
        figures |= {f"{name} {s}": float(v) for s, v in zip(PUBLISHED, found.shares, strict=True)}
    tables = across(evidence, counts)
    scores = {name: log_chosen(one, evidence) for name, one in tables.items()}
    figures |= {name: float(rows.mean()) for name, rows in scores.items()}
    text = TEXT.format(
        shares=table(("treatment", "people", *PUBLISHED, "errors"), rows),
        refits=_refits_table(refits),
        told=table(("treatment", *PUBLISHED, "cannot tell"), told),
        people=len(evidence.people),
        moves=f"{len(evidence):,}",
        draws=f"{DRAWS:,}",
        next=_next_table(tables, evidence, seed),
        plans=len(ALL),
        meanings=_meanings(),
    )
    return Section(_lines(refits, scores, evidence, seed), text, figures)


def _meanings() -> str:
    """Return what the six strategies do, a sentence each."""
    known = {plan.name: plan.about for plan in PLANS}
    return " ".join(f"`{name}`: {known[name]}" for name in PUBLISHED)


def _told(misses: np.ndarray, decisions: np.ndarray, shares: Shares) -> list[int]:
    """Return how many people each strategy is told of, and of how many none is."""
    joint = posterior(shares, misses, decisions)
    told = np.exp(joint - np.logaddexp.reduce(joint, axis=1)[:, None])
    sure = told.max(axis=1) >= SURE
    counts = np.bincount(told.argmax(axis=1)[sure], minlength=len(PUBLISHED))
    return [*counts.tolist(), int((~sure).sum())]


def _refits_table(refits: list[tuple[str, np.ndarray]]) -> str:
    rows = []
    for name, shares in refits:
        published = REPLICATED[name]
        rows.append(
            (
                name,
                ", ".join(published),
                ", ".join(f"{share:.3f}" for share in published.values()),
                ", ".join(f"{share:.3f}" for share in shares),
            )
        )
    return table(("treatment", "strategies kept", "published", "ours"), rows)


def _lines(
    refits: list[tuple[str, np.ndarray]],
    scores: dict[str, np.ndarray],
    evidence: Evidence,
    seed: int,
) -> tuple[Line, ...]:
    apart = max(
        abs(share - ours)
        for name, shares in refits
        for share, ours in zip(REPLICATED[name].values(), shares, strict=True)
    )
    means = {name: float(rows.mean()) for name, rows in scores.items()}
    behind = {d.name: d for d in compare(scores, evidence, LEVEL, reference=FIFTEEN, rng=seed)}
    return (
        Line(
            NAME,
            "shares of strategies in six treatments",
            "tables below",
            f"at most {number(apart, 4)} away",
        ),
        *(
            Line(
                NAME,
                "log-likelihood of a next move in a new treatment",
                f"{name}: {number(means[name], 3)}",
                f"{number(means[FIFTEEN], 3)}; {lead(behind[name].behind, 3)}",
            )
            for name in (LAST, OWN_RATES)
        ),
    )


def _next_table(tables: dict[str, np.ndarray], evidence: Evidence, seed: int) -> str:
    logs = {name: log_chosen(one, evidence) for name, one in tables.items()}
    behind = {d.name: d for d in compare(logs, evidence, LEVEL, reference=FIFTEEN, rng=seed)}
    rows = []
    for name in behind:
        score = mean_by_person(logs[name], evidence, "by person", LEVEL)
        right = accuracy_by_person(hits(tables[name], evidence), evidence, "by person", LEVEL)
        gap = "" if name == FIFTEEN else certified(behind[name].behind, 3)
        rows.append((name, certified(score, 3), gap, percent(right)))
    return table(("predictor", "log-likelihood per move", "behind", "right"), rows)
