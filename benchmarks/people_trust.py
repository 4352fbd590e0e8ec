"""104 trustees of a trust game with a hidden multiplier (van Baar, Chang and Sanfey 2019).

For every person the posterior over greed, guilt aversion, inequity aversion and moral opportunism,
and over all motives of the catalogue that say something of such a decision. Everything is learnt
on odd trials; what is returned in even trials is predicted by the mean of the posterior prediction,
and by yardsticks: a constant share of what was received, the published procedure (for every person
the two parameters of the moral opportunist that fit best by least squares, best option), and a
regression.

As in the authors' own fits, the investor is taken to expect half of what it believes there to be.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import jax
import numpy as np
from people_kinds import Kind, Kinds, blend, mix, weigh
from people_trust_page import TEXT
from people_words import Line, Section, certified, lead, number, table

from comity.core import Certified
from comity.inference.estimation.amounts import mean_prediction
from comity.inference.estimation.clustered_means import mean_by_person
from comity.inference.estimation.comparisons import Difference, compare
from comity.inference.estimation.scoring import log_chosen
from comity.inference.evidence import ADAPTERS, Evidence
from comity.inference.evidence.reading import read_table
from comity.inference.explanations import Explanation, Motive, Parameter, explain
from comity.inference.explanations.motives.moral_opportunist import (
    GUILT_NEEDS,
    THETA,
    guilt_of,
    inequity_of,
    own_share,
)
from comity.inference.identification.imitation import imitate

DATA = "reciprocity_motives/study1_allDataLong.csv"
NAME = "Trust (van Baar, Chang, Sanfey 2019)"
LEVEL = 0.95
SURE = 0.9
SOME = 5e-4
"""Shares below this are shown as none."""
NAMES = ("sub", "block", "trial", "inv", "baseMult", "mult", "exp", "ret")
SWAPPED = ("sub", "block", "trial", "inv", "baseMult", "mult", "ret", "exp")
COLUMNS = {"believed": "baseMult", "multiplier": "mult", "expected": "exp", "endowment": 10}
ENDOWMENT = 10
PUBLISHED = ("moral-greed", "moral-guilt", "moral-inequity", "moral-opportunist")
OTHERS = ("fehr-schmidt", "charness-rabin", "ces-altruism", "maximin", "guilt")
QUOTED = {"published": 2.31, "constant": 4.11}
"""Errors in tokens quoted for this split; they come about if expectations are read as returns."""
WORDS = ("squared error lower", "squared error higher")
THETAS, PHIS = np.linspace(0, 0.5, 101), np.linspace(-0.1, 0.1, 101)
"""Values of the two parameters among which the published procedure searches."""
CONSTANT, PROCEDURE, FOUR, CATALOGUE, WITH_BOTH, LINES = (
    "a constant share per person",
    "the published procedure",
    "posterior over the four published motives",
    "posterior over nine motives of the catalogue",
    "posterior over these nine, and guilt and inequity at once",
    "straight lines of one's own per person",
)


def both_at_once(
    payoffs: jax.Array, role: int, history: dict, beliefs: dict, theta: jax.Array, psi: jax.Array
) -> jax.Array:
    """Return one's own share, mixed with a weighted sum of guilt and inequity."""
    moral = (1 - psi) * guilt_of(payoffs, role, history, beliefs) + psi * inequity_of(payoffs, role)
    return theta * own_share(payoffs, role, history) - (1 - theta) * moral


BOTH = Explanation(
    Motive(
        "guilt-and-inequity",
        both_at_once,
        (THETA, Parameter("psi", "inequity's part beside guilt", 0.0, 1.0, typical=(0.2, 0.8))),
        GUILT_NEEDS,
        about="Mixes its own share with squared guilt and squared inequity at once.",
        units=0,
    ),
    explain().procedure,
)
"""Not of the catalogue: an explanation of one's own takes a dozen lines."""


@dataclass(frozen=True, eq=False)
class Trials:
    """Decisions of trustees.

    Attributes
    ----------
    odd, even : decisions in odd and in even trials, of both blocks.
    """

    odd: Evidence
    even: Evidence


def read_numbers(folder: Path, names: Sequence[str] = NAMES) -> Any:
    """Return the file as a DataFrame."""
    import pandas as pd

    return read_table(folder / DATA, names=list(names)).apply(pd.to_numeric)


def read_trials(folder: Path, names: Sequence[str] = NAMES) -> Trials:
    """Return the trials, with half of what the investor believes in as what it expects."""
    frame = read_numbers(folder, names)
    frame["exp"] = frame["inv"] * frame["baseMult"] / 2
    evidence = ADAPTERS["trust"].read(frame, COLUMNS, {"role": "trustee", "order": "trial"})
    odd = evidence.order % 2 == 0  # orders count from 0, trials from 1
    return Trials(evidence.subset(odd), evidence.subset(~odd))


def seen(evidence: Evidence, name: str) -> np.ndarray:
    """Return a feature of the history of every decision, (N,)."""
    values = np.array([one.history[name].item() for one in evidence.situations])
    return values[evidence.situation]


def constant_share(trials: Trials) -> np.ndarray:
    """Return what is expected in even trials if everybody returns a share of its own, (N,).

    The share has least squares in odd trials.
    """
    odd, even = trials.odd, trials.even
    shares = _shares(seen(odd, "received"), odd.choice, odd.person)
    return shares[even.person] * seen(even, "received")


def _shares(received: np.ndarray, returned: np.ndarray, person: np.ndarray) -> np.ndarray:
    """Return everybody's share of least squares, (P,)."""
    return np.bincount(person, received * returned) / np.bincount(person, received**2)


def straight_lines(trials: Trials) -> np.ndarray:
    """Return what a regression of every person's own expects in even trials, (N,).

    On what was received, what the investor believes that to be, what was sent, and a constant; with
    a ridge of 1/2.
    """

    def features(evidence: Evidence) -> np.ndarray:
        columns = [seen(evidence, n) for n in ("received", "believed_received", "invested")]
        return np.stack([*columns, np.ones(len(evidence))], axis=1)

    known, wanted = features(trials.odd), features(trials.even)
    found = np.zeros(len(trials.even))
    for person in range(len(trials.even.people)):
        own = known[trials.odd.person == person]
        slopes = np.linalg.solve(
            own.T @ own + 0.5 * np.eye(own.shape[1]),
            own.T @ trials.odd.choice[trials.odd.person == person],
        )
        rows = trials.even.person == person
        found[rows] = wanted[rows] @ slopes
    return found


def best_options(sent: float, multiplier: float, believed: float) -> np.ndarray:
    """Return the moral opportunist's best return at every pair of parameters, (THETAS x PHIS,)."""
    received, belief = sent * multiplier, sent * believed
    options = np.arange(received + 1)
    own, other = received - options, ENDOWMENT - sent + options
    guilt = (np.maximum(belief / 2 - options, 0) / belief) ** 2
    inequity = (own / (own + other) - 0.5) ** 2
    theta, phi = (axis.ravel()[:, None] for axis in np.meshgrid(THETAS, PHIS, indexing="ij"))
    moral = np.minimum(guilt + phi, inequity - phi)
    return np.argmax(theta * own / received - (1 - theta) * moral, axis=1)


def published_procedure(trials: Trials) -> np.ndarray:
    """Return the best option in even trials at the parameters that fit odd trials best, (N,)."""
    names = ("invested", "multiplier", "believed_multiplier")
    options = np.stack(
        [
            best_options(*(one.history[name].item() for name in names))
            for one in trials.odd.situations
        ]
    )
    kind, wanted, person = (
        np.r_[getattr(trials.odd, name), getattr(trials.even, name)]
        for name in ("situation", "choice", "person")
    )
    odd = np.arange(len(kind)) < len(trials.odd)
    return _best_pairs(options, kind, wanted, person, odd)[~odd]


def _best_pairs(
    options: np.ndarray, kind: np.ndarray, wanted: np.ndarray, person: np.ndarray, odd: np.ndarray
) -> np.ndarray:
    """Return everybody's best options at the pair of parameters that fits its odd trials, (N,).

    Parameters
    ----------
    options : shape (kinds of trials, pairs of parameters).
    kind, wanted, person, odd : shape (N,), of trials.
    """
    found = np.zeros(len(kind))
    for one in np.unique(person):
        own = person == one
        known = own & odd
        squares = ((options[kind[known]] - wanted[known][:, None]) ** 2).sum(axis=0)
        found[own] = options[kind[own], int(np.argmin(squares))]
    return found


def yardsticks_of_column(folder: Path, column: str) -> dict[str, float]:
    """Return errors of both yardsticks in tokens, with a column taken for returns as it stands.

    All trials in which something was sent count, also those in which the column says more than the
    trustee had to return.
    """
    frame = read_numbers(folder)
    frame = frame[frame["inv"] > 0]
    odd = (frame["trial"] % 2 == 1).to_numpy()
    person = np.unique(frame["sub"], return_inverse=True)[1]
    keys = frame[["inv", "mult", "baseMult"]].to_numpy(int)
    wanted, received = frame[column].to_numpy(float), (keys[:, 0] * keys[:, 1]).astype(float)
    kinds, kind = np.unique(keys, axis=0, return_inverse=True)
    options = np.stack([best_options(*one) for one in kinds])
    found = {
        CONSTANT: _shares(received[odd], wanted[odd], person[odd])[person] * received,
        PROCEDURE: _best_pairs(options, kind, wanted, person, odd),
    }
    return {name: float(np.sqrt(((one - wanted)[~odd] ** 2).mean())) for name, one in found.items()}


def rmse_of(predicted: np.ndarray, evidence: Evidence) -> Certified:
    """Return the root mean squared error in tokens, with an interval by person."""
    square = mean_by_person((predicted - evidence.choice) ** 2, evidence, "by person", LEVEL)
    assert square.low is not None
    assert square.high is not None
    low, high = np.sqrt(max(0.0, square.low)), np.sqrt(square.high)
    return Certified.estimate(float(np.sqrt(square.value)), float(low), float(high), "root", LEVEL)


@dataclass(frozen=True, eq=False)
class Predicted:
    """What is said of even trials.

    Attributes
    ----------
    means : by predictor the amount that is expected in every trial, (N,).
    tables : by predictor the probability of every amount, where it gives any.
    """

    means: dict[str, np.ndarray]
    tables: dict[str, np.ndarray]


def predict(trials: Trials, kinds: dict[str, Kind]) -> Predicted:
    """Return what yardsticks and posteriors say of even trials."""
    said = {name: kind.predict(trials.even) for name, kind in kinds.items()}
    amounts = np.arange(next(iter(said.values())).shape[1])
    means = {
        CONSTANT: constant_share(trials),
        PROCEDURE: published_procedure(trials),
        LINES: straight_lines(trials),
    }
    tables = {}
    for name, chosen in sets_of(kinds).items():
        weighed = mix([kinds[one] for one in chosen])
        tables[name] = blend(weighed, [said[one] for one in chosen], trials.even)
        means[name] = mean_prediction(tables[name], amounts)
    return Predicted(means, tables)


def sets_of(kinds: dict[str, Kind]) -> dict[str, tuple[str, ...]]:
    """Return the names of the explanations that each posterior weighs."""
    sets = {
        FOUR: PUBLISHED,
        CATALOGUE: (*PUBLISHED, *OTHERS),
        WITH_BOTH: (*PUBLISHED, *OTHERS, BOTH.motive.name),
    }
    return {name: chosen for name, chosen in sets.items() if set(chosen) <= set(kinds)}


def weigh_all(trials: Trials, names: Sequence[str], seed: int) -> dict[str, Kind]:
    """Return how likely everybody's odd trials are by each motive with logit choice."""
    known = {BOTH.motive.name: BOTH}
    return {
        name: weigh(known[name] if name in known else explain(name), trials.odd, seed)
        for name in names
    }


def study(folder: Path, cases: Path, seed: int) -> Section:
    """Return the section."""
    trials = read_trials(folder)
    kinds = weigh_all(trials, (*PUBLISHED, *OTHERS, BOTH.motive.name), seed)
    said = predict(trials, kinds)
    swapped = read_trials(folder, SWAPPED)
    other_way = predict(swapped, weigh_all(swapped, (*PUBLISHED, *OTHERS), seed))
    errors = {name: rmse_of(mean, trials.even) for name, mean in said.means.items()}
    wrong = {name: rmse_of(mean, swapped.even) for name, mean in other_way.means.items()}
    lost = len(trials.odd) + len(trials.even) - len(swapped.odd) - len(swapped.even)
    behind = behind_catalogue(said, trials.even, seed)
    text = TEXT.format(
        people=len(trials.odd.people),
        trials=len(trials.odd) + len(trials.even),
        odd=len(trials.odd),
        even=len(trials.even),
        errors=_errors_table(said, errors, behind, trials.even),
        told=_told_table(trials, kinds, seed),
        apart=_apart_table(trials, kinds, seed),
        all_told=_all_told_table(kinds),
        swapped=_swapped_table(folder, wrong, behind_catalogue(other_way, swapped.even, seed)),
        lost=lost,
        levels=_levels_table(folder),
        **{f"quoted_{name}": value for name, value in QUOTED.items()},
    )
    figures = {name: found.value for name, found in errors.items()}
    figures |= {f"columns swapped, {name}": found.value for name, found in wrong.items()}
    return Section(_lines(errors, behind, wrong), text, figures)


def _lines(
    errors: dict[str, Certified], behind: dict[str, Difference], wrong: dict[str, Certified]
) -> tuple[Line, ...]:
    ours = certified(errors[CATALOGUE])
    quoted = f"{QUOTED['published']} and {QUOTED['constant']}"
    return (
        *(
            Line(
                NAME,
                "error in even trials, tokens",
                f"{name}: {certified(errors[name])}",
                f"{ours}; {lead(behind[name].behind, words=WORDS)}",
            )
            for name in (PROCEDURE, CONSTANT, LINES)
        ),
        Line(
            NAME,
            "the same with expectations read as returns",
            f"quoted for {PROCEDURE} and {CONSTANT}: {quoted}",
            certified(wrong[CATALOGUE]),
        ),
    )


def behind_catalogue(said: Predicted, evidence: Evidence, seed: int) -> dict[str, Difference]:
    """Return how much larger each predictor's mean squared error is than that of nine motives."""
    squares = {name: -((mean - evidence.choice) ** 2) for name, mean in said.means.items()}
    found = compare(squares, evidence, LEVEL, reference=CATALOGUE, rng=seed)
    return {one.name: one for one in found}


def _errors_table(
    said: Predicted,
    errors: dict[str, Certified],
    behind: dict[str, Difference],
    evidence: Evidence,
) -> str:
    rows = []
    for name, one in behind.items():
        gap = "" if name == CATALOGUE else certified(one.behind)
        logs = ""
        if name in said.tables:
            scores = log_chosen(said.tables[name], evidence)
            logs = certified(mean_by_person(scores, evidence, "by person", LEVEL))
        rows.append((name, certified(errors[name]), gap, logs))
    head = ("predictor", "error, tokens", "squared error above", "log-likelihood per trial")
    return table(head, rows)


def as_believed(evidence: Evidence) -> np.ndarray:
    """Return whether the multiplier is what the investor believes, (N,)."""
    return seen(evidence, "multiplier") == seen(evidence, "believed_multiplier")


def _told_table(trials: Trials, kinds: dict[str, Kind], seed: int) -> str:
    """Return how many people each published motive is told of, by the trials that are used."""
    expected = as_believed(trials.odd)
    rows = [("all odd trials", len(expected), *_row(mix([kinds[name] for name in PUBLISHED])))]
    for name, chosen in (
        ("the multiplier is as believed", expected),
        ("the multiplier is another", ~expected),
    ):
        part = Trials(trials.odd.subset(chosen), trials.even)
        weighed = [*weigh_all(part, PUBLISHED, seed).values()]
        rows.append((name, f"{int(chosen.sum()):,}", *_row(mix(weighed))))
    rows[0] = (rows[0][0], f"{rows[0][1]:,}", *rows[0][2:])
    return table(("trials used", "trials", *PUBLISHED, "cannot tell"), rows)


def _row(found: Kinds) -> list[int]:
    told, untold = found.told(SURE)
    return [*told.tolist(), untold]


def _all_told_table(kinds: dict[str, Kind]) -> str:
    names = sets_of(kinds)[WITH_BOTH]
    found = mix([kinds[name] for name in names])
    told, untold = found.told(SURE)
    ranked = sorted(zip(names, found.shares, told, strict=True), key=lambda row: -row[1])
    rows = [(n, number(100 * share, 1), int(count)) for n, share, count in ranked if share > SOME]
    none = ", ".join(name for name, share, _ in ranked if share <= SOME)
    ends = [(none, number(0, 1), 0), ("cannot tell", "", untold)]
    return table(("motive", "share, %", "people told"), rows + ends)


def _apart_table(trials: Trials, kinds: dict[str, Kind], seed: int) -> str:
    """Return how many trials tell guilt from inequity, by what was sent and how it multiplied."""
    from comity.inference.estimation.maximum_likelihood import fit

    truth = fit(kinds["moral-guilt"].explanation, trials.odd, rng=seed).member()
    expected, whole = as_believed(trials.odd), seen(trials.odd, "invested") == ENDOWMENT
    rows = []
    for name, chosen in (
        ("as believed, all ten sent", expected & whole),
        ("as believed, less sent", expected & ~whole),
        ("another", ~expected),
    ):
        found = imitate(truth, explain("moral-inequity"), trials.odd.subset(chosen), rng=seed)
        counts = (number(np.ceil(size), 0) for size in found.sizes())
        rows.append((name, number(found.per_decision, 3), *counts))
    head = (
        "the multiplier is",
        "nats per trial",
        "trials to odds of 20, expected",
        "trials to errors of 5%",
    )
    return table(head, rows)


def _swapped_table(folder: Path, wrong: dict[str, Certified], behind: dict[str, Difference]) -> str:
    quoted = {PROCEDURE: QUOTED["published"], CONSTANT: QUOTED["constant"]}
    every = yardsticks_of_column(folder, "exp")
    return table(
        ("predictor", "quoted", "all trials", "trials that can be returns", "squared error above"),
        [
            (
                name,
                quoted.get(name, ""),
                number(every[name]) if name in every else "",
                certified(found),
                "" if name == CATALOGUE else certified(behind[name].behind),
            )
            for name, found in sorted(wrong.items(), key=lambda row: row[1].value)
        ],
    )


def _levels_table(folder: Path) -> str:
    """Return what shows which column holds what was returned."""
    frame = read_numbers(folder)
    received, believed = frame["inv"] * frame["mult"], frame["inv"] * frame["baseMult"]
    rows = []
    for place, column in (("7th", "exp"), ("8th", "ret")):
        means = frame[frame["baseMult"] == 4].groupby("mult")[column].mean()
        rows.append(
            (
                place,
                int((frame[column] > received).sum()),
                int((frame[column] > believed).sum()),
                ", ".join(number(float(mean), 1) for mean in means),
            )
        )
    head = (
        "column",
        "above what was received",
        "above what the investor believes in",
        "mean at multiplier 2, 4, 6 (4 believed)",
    )
    return table(head, rows)
