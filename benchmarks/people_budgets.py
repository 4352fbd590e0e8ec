"""80 people who divided money between two dates, under risk (Andreoni and Sprenger 2012).

Impatience and curvature are fitted to all, by how sure the payments were, and to everybody alone.
Then what the design cannot tell: a bias for the present multiplies both payments of every budget,
since the first comes after seven days, so that its likelihood is flat from end to end.
"""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from people_budgets_page import TEXT
from people_words import Line, Section, certified, lead, number, percent, percentiles, table

from comity.cases import load
from comity.core import Certified
from comity.inference.estimation.clustered_means import Clusters, mean_by_person, share_by_person
from comity.inference.estimation.comparisons import compare
from comity.inference.estimation.fits import Fit
from comity.inference.estimation.held_out import hold_out_people
from comity.inference.estimation.individuals import IndividualFits, fit_individuals
from comity.inference.estimation.maximum_likelihood import fit
from comity.inference.evidence.table import Evidence
from comity.inference.explanations import Member, choice_tables, explain
from comity.inference.identification.fisher import fisher_spectrum
from comity.inference.identification.profile import profile
from comity.inference.understanding.reading import read_behaviour
from comity.inference.understanding.setting import asked

DATA = "risk_time/andreoni_sprenger_2012_risk_not_time.dta"
NAME = "Budgets over time (Andreoni, Sprenger 2012)"
LEVEL = 0.95
DRAWS = 2000
ONE, TWO, SURE = (
    "one power for all (discounting)",
    "a power for dates, one for chance (risk-then-time)",
    "a power for sure amounts, one for the rest (certainty-effect)",
)
EXPLANATIONS = {
    ONE: explain("discounting"),
    TWO: explain("own-payoff", "risk-then-time").with_fixed(beta=1.0),
    SURE: explain("own-payoff", "certainty-effect").with_fixed(beta=1.0),
}
SHARES = "shares of the same answers among other people"
BETAS = (0.5, 0.8, 1.0, 1.2)


@dataclass(frozen=True, eq=False)
class Biases:
    """What is known of a bias for the present.

    Attributes
    ----------
    status : of the fit with the bias left open.
    certified : the bias, by its profile.
    low, high : ends of the profile.
    range : how much the log-likelihood changes between them.
    flat : the direction that the design does not see, in words.
    log_likelihoods : by each of `BETAS`, with the sensitivity that suits it.
    """

    status: str
    certified: Certified
    low: float
    high: float
    range: float
    flat: tuple[str, ...]
    log_likelihoods: tuple[float, ...]
    members: tuple[Member, ...]


def biased_as(fitted: Fit, beta: float) -> Member:
    """Return present bias of so much that does as a fit of discounting, where nothing is today.

    The weight multiplies all that is not today; dividing the sensitivity by it undoes that.
    """
    values = dict(fitted.point)
    values["sensitivity"] = values["sensitivity"] / beta
    return Member(explain("present-bias"), {**values, "beta": beta}, f"beta {beta:g}")


def log_likelihood(member: Member, evidence: Evidence) -> float:
    """Return the log-likelihood of all choices."""
    chances = member.predict(evidence)[np.arange(len(evidence)), evidence.choice]
    return float(np.log(chances).sum())


def look_for_bias(patient: Fit, evidence: Evidence, seed: int) -> Biases:
    """Return what the data say of a bias for the present."""
    fitted = fit(explain("present-bias"), evidence, rng=seed)
    way = profile(fitted, evidence, "beta", level=LEVEL)
    members = tuple(biased_as(patient, beta) for beta in BETAS)
    return Biases(
        status=fitted.status,
        certified=way.certified,
        low=float(way.values[0]),
        high=float(way.values[-1]),
        range=float(np.ptp(way.log_likelihoods)),
        flat=fisher_spectrum(members[1], evidence).flat,
        log_likelihoods=tuple(log_likelihood(one, evidence) for one in members),
        members=members,
    )


def difference(fitted: Fit, one: str, other: str) -> Certified:
    """Return how much larger one parameter is than another, with a clustered interval."""
    from scipy.stats import t

    names = list(fitted.estimates)
    way = np.array([(name == one) - (name == other) for name in names], float)
    used = way != 0
    variance = float(way[used] @ fitted.covariance[np.ix_(used, used)] @ way[used])
    if not variance >= 0:
        return Certified.unknown(fitted.status)
    value = fitted.estimates[one] - fitted.estimates[other]
    reach = float(t.ppf(0.5 + LEVEL / 2, fitted.clusters - 1)) * math.sqrt(variance)
    return Certified.estimate(value, value - reach, value + reach, "delta method", LEVEL)


def shares_of_others(evidence: Evidence, fold: np.ndarray) -> np.ndarray:
    """Return log-shares of each answer to the same budget among people of other folds, (N,).

    Half a person is added to every answer.
    """
    options = max(len(one.options) for one in evidence.situations)
    found = np.zeros(len(evidence))
    for k in np.unique(fold):
        held = fold == k
        counts = np.full((len(evidence.situations), options), 0.5)
        np.add.at(counts, (evidence.situation[~held], evidence.choice[~held]), 1)
        logs = np.log(counts / counts.sum(axis=1, keepdims=True))
        found[held] = logs[evidence.situation[held], evidence.choice[held]]
    return found


def median(values: np.ndarray, seed: int) -> Certified:
    """Return the median person's parameter, with an interval from resampled people."""
    drawn = np.random.default_rng(seed).choice(values, (DRAWS, len(values)))
    low, high = percentiles(np.median(drawn, axis=1), LEVEL)
    return Certified.estimate(float(np.median(values)), float(low), float(high), "resampled", LEVEL)


def study(folder: Path, cases: Path, seed: int) -> Section:
    """Return the section."""
    case = load(cases / "time_budgets.toml")
    evidence, behaviour = read_behaviour([folder / DATA], case)
    fits = {name: fit(one, evidence, rng=seed) for name, one in EXPLANATIONS.items()}
    logs = _held_out(evidence, seed)
    bias = look_for_bias(fits[ONE], evidence, seed)
    alone = fit_individuals(EXPLANATIONS[ONE], evidence, rng=seed)
    corners = _share(_at_corner(evidence), evidence)
    apart = difference(fits[TWO], "curvature", "risk_curvature")
    text = TEXT.format(
        people=len(evidence.people),
        decisions=f"{len(evidence):,}",
        corners=percent(corners),
        fits=_fits_table(fits),
        scores=_scores_table(logs, evidence, seed),
        apart=certified(apart),
        treatments=_treatments_table(evidence, seed),
        alone=_alone_table(alone, seed),
        identified=int(alone.identified.sum()),
        status=bias.status,
        low=f"{bias.low:.6f}",
        high=number(bias.high, 0),
        range=f"{bias.range:.0e}",
        flat="; ".join(re.sub(r" \([^)]*\)", "", one) for one in bias.flat),
        biases=_biases_table(bias, [asked(one) for one in behaviour.situations]),
        biased=certified(bias.certified),
    )
    return Section(
        _lines(fits, apart, bias, logs, evidence, seed), text, _figures(fits, logs, bias)
    )


def _held_out(evidence: Evidence, seed: int) -> dict[str, np.ndarray]:
    """Return the log-likelihood of every decision by what other people's decisions taught."""
    held = {name: hold_out_people(one, evidence, rng=seed) for name, one in EXPLANATIONS.items()}
    logs = {name: one.log_likelihoods for name, one in held.items()}
    return logs | {SHARES: shares_of_others(evidence, held[ONE].fold)}


def _at_corner(evidence: Evidence) -> np.ndarray:
    sizes = np.array([len(one.options) for one in evidence.situations])
    return (evidence.choice == 0) | (evidence.choice == sizes[evidence.situation] - 1)


def _share(which: np.ndarray, evidence: Evidence) -> Certified:
    found = share_by_person(which.astype(float), Clusters.of(evidence.person), LEVEL)
    return Certified.estimate(*found, "Wilson, by person", LEVEL)


def _shown(fitted: Fit, name: str) -> str:
    """Return a parameter with its interval; where none holds, where the search ended."""
    if name not in fitted.estimates:
        return ""
    known = fitted.estimate(name, LEVEL)
    ended = number(fitted.point[name], 2)
    return f"{ended}, at the edge" if known.kind == "unknown" else certified(known)


def _fits_table(fits: dict[str, Fit]) -> str:
    rows = [
        (
            name,
            *(_shown(one, parameter) for parameter in ("rate", "curvature", "risk_curvature")),
            number(one.log_likelihood, 1),
        )
        for name, one in fits.items()
    ]
    head = ("", "impatience, a year", "power over dates", "power over chance", "log-likelihood")
    return table(head, rows)


def _scores_table(logs: dict[str, np.ndarray], evidence: Evidence, seed: int) -> str:
    rows = []
    for one in compare(logs, evidence, LEVEL, reference=SHARES, rng=seed):
        score = mean_by_person(logs[one.name], evidence, "by person", LEVEL)
        gap = "" if one.name == SHARES else certified(one.behind, 3)
        rows.append((one.name, certified(score, 3), gap))
    return table(("predictor", "log-likelihood per budget", "behind"), rows)


def _treatments_table(evidence: Evidence, seed: int) -> str:
    rows = []
    for place, name in enumerate(evidence.games):
        part = evidence.subset(evidence.game == place)
        found = fit(EXPLANATIONS[ONE], part, rng=seed)
        rows.append(
            (
                name.removeprefix("chances "),
                percent(_share(_at_corner(part), part), 0),
                _shown(found, "rate"),
                _shown(found, "curvature"),
            )
        )
    head = ("sooner and later come with", "all on one date", "impatience, a year", "power")
    return table(head, rows)


def _alone_table(alone: IndividualFits, seed: int) -> str:
    known = alone.estimates[alone.identified]
    rows = []
    for name, meaning in (("rate", "impatience, a year"), ("curvature", "power of amounts")):
        values = known[:, list(alone.names).index(name)]
        low, high = np.quantile(values, [0.25, 0.75])
        rows.append((meaning, certified(median(values, seed)), f"{number(low)} to {number(high)}"))
    return table(("everybody alone", "median", "middle half of people"), rows)


def _biases_table(bias: Biases, situations: list) -> str:
    """Return the likelihood of the data at several biases, and what they say of today."""
    said = choice_tables(bias.members, situations)[:, :, 0]
    rows = [
        (
            number(beta, 1),
            number(bias.log_likelihoods[place], 3),
            *(f"{100 * chance:.0f}%" for chance in said[place]),
        )
        for place, beta in enumerate(BETAS)
    ]
    names = (one.name.replace(", or", ", not") for one in situations)
    return table(("beta", "log-likelihood of the data", *names), rows)


def _lines(
    fits: dict[str, Fit],
    apart: Certified,
    bias: Biases,
    logs: dict[str, np.ndarray],
    evidence: Evidence,
    seed: int,
) -> tuple[Line, ...]:
    best = max((name for name in logs if name != SHARES), key=lambda name: logs[name].mean())
    scores = {name: logs[name] for name in (best, SHARES)}
    found = compare(scores, evidence, LEVEL, reference=best, rng=seed)
    behind = {one.name: one.behind for one in found}
    return (
        Line(NAME, "impatience, yearly rate", "none", _shown(fits[ONE], "rate")),
        Line(NAME, "power of amounts", "none", _shown(fits[ONE], "curvature")),
        Line(NAME, "power over dates less power over chance", "none", certified(apart)),
        Line(
            NAME,
            "bias for the present",
            "none",
            f"{certified(bias.certified)}: the log-likelihood is the same for all",
        ),
        Line(
            NAME,
            "log-likelihood of a budget, people held out",
            f"{SHARES}: {number(float(logs[SHARES].mean()), 3)}",
            f"{number(float(logs[best].mean()), 3)}; {lead(behind[SHARES], 3)}",
        ),
    )


def _figures(fits: dict[str, Fit], logs: dict[str, np.ndarray], bias: Biases) -> dict[str, float]:
    figures = {f"held out, {name}": float(rows.mean()) for name, rows in logs.items()}
    figures |= {f"{ONE}, {name}": value for name, value in fits[ONE].estimates.items()}
    return figures | {"bias: change of log-likelihood": bias.range}
