"""Sets that should hold the truth: how often they do, and how wide they are beside the smallest.

The smallest valid set holds the truth and whatever no data from the design could tell from it. No
set that holds the truth more often than not can be smaller in the long run.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Sequence
from typing import Any

import numpy as np

from comity.core.shares import wilson
from comity.inference.estimation.likelihood import natural
from comity.inference.evidence import Evidence, Situation
from comity.inference.explanations import Explanation, Member, explain
from comity.inference.explanations.batch import typical_size
from comity.inference.explanations.simulate import simulate
from comity.inference.identification.blind_confidence import blind_confidence
from comity.inference.identification.confidence_set import confidence_set
from comity.inference.identification.imitation import imitate
from comity.inference.identification.likelihood_region import likelihood_region
from comity.inference.identification.quantal_payoffs import (
    payoffs_from_quantal_counts,
    payoffs_from_quantal_play,
)
from comity.inference.identification.regularised_equilibrium import regularised_equilibrium

LEVEL = 0.9
PEOPLE = 40
FAR = np.linspace(-12, 12, 97)
"""Places on the whole line that stand for all values of a bounded parameter."""

Record = dict[str, Any]


def row(
    truth: str, holds: Sequence[bool], sizes: Sequence[float], least: Sequence[float]
) -> Record:
    """Return how often a set held one kind of truth, and its mean size beside the smallest."""
    low, high = map(float, wilson(np.mean(holds), len(holds), 0.997))
    return {
        "truth": truth,
        "replications": len(holds),
        "coverage": [float(np.mean(holds)), low, high],
        "size": float(np.mean(sizes)),
        "smallest": float(np.mean(least)),
    }


def record(study: str, unit: str, about: str, rows: list[Record]) -> Record:
    return {"study": study, "unit": unit, "about": about, "level": LEVEL, "rows": rows}


def planted(
    explanation: Explanation, scale: float, rng: np.random.Generator
) -> tuple[np.ndarray, dict[str, float]]:
    """Return parameters drawn from their typical intervals, on the whole line and by name."""
    edges = np.array([p.free_interval() for p in explanation.parameters])
    free = rng.uniform(edges[:, 0], edges[:, 1])
    return free, {name: float(v) for name, v in natural(explanation, free, scale).items()}


def responders() -> tuple[Evidence, tuple[Explanation, ...]]:
    """Return a design of answers to offers from two pies, and five explanations of them.

    The game always goes on and the prize is always the same, so that a threshold and a reputation
    coincide; nobody is ever ahead, so that envy and spite do. All but these are told apart by the
    second pie: own payoffs alone are a special case of each.
    """
    situations = tuple(
        Situation(
            ("accept", "reject"),
            np.array([[share * pie, (1 - share) * pie], [0, 0]]),
            history={"resists": np.array([0.0, 1.0]), "continues": 0.8},
            beliefs={"prize": 0.3},
        )
        for pie in (1.0, 2.0)
        for share in (0.05, 0.1, 0.2, 0.3, 0.45)
    )
    count = len(situations)
    person, place = np.divmod(np.arange(PEOPLE * count), count)
    names = tuple(f"person {p}" for p in range(PEOPLE))
    envy = explain("fehr-schmidt", "logit").with_fixed(title="envy x logit", beta=0.0)
    others = (explain(name, "logit") for name in ("own-payoff", "commitment", "reputation"))
    design = Evidence(situations, names, person, place, np.zeros(len(person), int))
    return design, (*others, envy, explain("spite", "logit"))


def standing_explanations(replications: int, seed: int) -> Record:
    """Return how often a true explanation stands before universal inference, and beside what."""
    rng = np.random.default_rng(seed)
    design, candidates = responders()
    scale = typical_size(design.situations)
    rows = []
    for place, truth in enumerate(candidates):
        holds, sizes, least = [], [], []
        for _ in range(-(-replications // len(candidates))):
            _, values = planted(truth, scale, rng)
            found = confidence_set(candidates, simulate(truth, values, design, rng), LEVEL, rng=rng)
            holds.append(found.survivors[place].stands)
            sizes.append(len(found.standing))
            member = Member(truth, values)
            least.append(sum(imitate(member, c, design, starts=4).coincide for c in candidates))
        rows.append(row(truth.name, holds, sizes, least))
    about = f"{PEOPLE} people answer 10 offers each; universal inference among five explanations"
    return record("Explanations left standing", "explanations", about, rows)


def weighed_when_ahead() -> tuple[Evidence, Explanation, tuple[Situation, ...]]:
    """Return divisions in which one is never behind, an explanation, and three new settings.

    The explanation is that of Charness and Rabin with weights between -1/2 and 1/2. In the first
    new setting one is ahead in both options, in the second behind in one, in the third in both.
    """
    base = explain("charness-rabin", "logit")
    weights = tuple(
        dataclasses.replace(p, low=-0.5, high=0.5, typical=(-0.4, 0.4))
        for p in base.motive.parameters
    )
    motive = dataclasses.replace(base.motive, parameters=weights)
    rng = np.random.default_rng(5)
    situations = []
    for _ in range(20):
        other = rng.uniform(0, 1, 2)
        own = other + rng.uniform(0.05, 0.6, 2)
        situations.append(Situation(("x", "y"), np.column_stack([own, other]).round(2)))
    nothing = np.zeros(400, int)
    design = Evidence(tuple(situations), ("somebody",), nothing, np.arange(400) % 20, nothing)
    settings = ([[0.7, 0.5], [0.6, 0.1]], [[0.5, 0.7], [0.55, 0.2]], [[0.5, 0.7], [0.4, 1.0]])
    new = tuple(Situation(("x", "y"), np.array(payoffs)) for payoffs in settings)
    return design, Explanation(motive, base.procedure, title="weights within 1/2"), new


def chances(
    explanation: Explanation, free: np.ndarray, scale: float, situations: Sequence[Situation]
) -> np.ndarray:
    """Return chances of the first option, shape (D, S), at points on the whole line, (D, k)."""
    count, places = len(free), len(situations)
    person, place = np.divmod(np.arange(count * places), places)
    names = tuple(map(str, range(count)))
    asked = Evidence(tuple(situations), names, person, place, np.zeros(len(person), int))
    return explanation.predict(natural(explanation, free, scale), asked)[:, 0].reshape(count, -1)


def predictions_elsewhere(replications: int, seed: int) -> Record:
    """Return how often ranges of predictions over the likelihood region hold the true chance."""
    rng = np.random.default_rng(seed)
    design, explanation, new = weighed_when_ahead()
    scale = typical_size(design.situations)
    middle = np.zeros(len(explanation.parameters))
    truths, ranges, least = [], [], []
    for _ in range(replications):
        free, values = planted(explanation, scale, rng)
        data = simulate(explanation, values, design, rng)
        region = likelihood_region(explanation, data, middle, level=LEVEL, rng=rng)
        alike = np.tile(free, (len(FAR) + 1, 1))
        alike[1:, 0] = FAR
        points = np.concatenate([alike, region])
        found = chances(explanation, points, scale, new)
        truths.append(found[0])
        least.append(np.ptp(found[: len(alike)], axis=0))
        ranges.append([found[len(alike) :].min(axis=0), found[len(alike) :].max(axis=0)])
    truth, (low, high) = np.array(truths), np.array(ranges).swapaxes(0, 1)
    holds, wide = (low <= truth) & (truth <= high), high - low
    words = ("ahead in both options", "behind in one option", "behind in both options")
    rows = [
        row(word, holds[:, s], wide[:, s], np.array(least)[:, s]) for s, word in enumerate(words)
    ]
    about = (
        "400 decisions in which one is never behind leave a weight open that lies within 1/2 of 0; "
        "the range of a chance over the likelihood region"
    )
    return record("Predictions in a new setting", "of a chance", about, rows)


def payoffs_behind_play(replications: int, seed: int) -> Record:
    """Return how often sets of payoffs from counts of logit play hold the true payoffs."""
    rng = np.random.default_rng(seed)
    noise, difference = 0.3, {"u(0, 0)": 1.0, "u(1, 0)": -1.0}
    rows = []
    for mixes in ([0.7], [0.7, 0.2]):
        holds, sizes, least = [], [], []
        for _ in range(-(-replications // 2)):
            table, others = rng.random((2, 2)), [np.array([m, 1 - m]) for m in mixes]
            plays = [(_logit(table @ mix / noise), mix) for mix in others]
            counts = [[rng.multinomial(400, mix) for mix in play] for play in plays]
            found = payoffs_from_quantal_counts(counts, 0, level=LEVEL, noise=noise)
            exact = payoffs_from_quantal_play(plays, 0, noise=noise)
            holds.append(found.contains(table.ravel()))
            sizes.append(np.ptp(found.between(difference)))
            least.append(np.ptp(exact.between(difference)))
        rows.append(row(f"mixes of the others: {len(mixes)}", holds, sizes, least))
    about = "400 plays a treatment; all payoffs of a 2 x 2 game at once, noise known"
    return record("Payoffs from logit play", "of a payoff difference, range 2", about, rows)


def weights_of_zero_sum_games(replications: int, seed: int) -> Record:
    """Return how often both sets of weights and noise of a zero-sum game hold the truth."""
    rng = np.random.default_rng(seed)
    features = [np.random.default_rng(0).normal(size=(2, 3, 3)) for _ in range(2)]
    features[1] = features[1][:, ::-1]
    point = np.array([1.2, -0.8, 1.5])
    solved = [
        regularised_equilibrium(np.einsum("k,kab->ab", point[:-1], table), 1.0, point[-1])
        for table in features
    ]
    inside, outside, wide = [], [], []
    for _ in range(replications):
        seen = [
            [np.maximum(rng.multinomial(800, mix), 1) for mix in mixes]
            for mixes in ([s.row for s in solved], [s.column for s in solved])
        ]
        found = blind_confidence(features, *seen, level=LEVEL)
        inside.append(found.contains(point))
        outside.append(found.outer.contains(point))
        wide.append(np.ptp(found.outer.bounds, axis=1)[0])
    rows = [
        row("chi-square set", inside, np.full(len(inside), np.nan), np.zeros(len(inside))),
        row("polyhedron", outside, wide, np.zeros(len(wide))),
    ]
    about = "800 plays in each of two states; two weights and the ratio of noises at once"
    return record("Weights of zero-sum games", "of the first weight", about, rows)


def _logit(worth: np.ndarray) -> np.ndarray:
    weights = np.exp(worth - worth.max())
    return weights / weights.sum()


STUDIES: dict[str, Callable[[int, int], Record]] = {
    "standing explanations": standing_explanations,
    "predictions elsewhere": predictions_elsewhere,
    "payoffs behind play": payoffs_behind_play,
    "weights of zero-sum games": weights_of_zero_sum_games,
}
