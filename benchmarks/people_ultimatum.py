"""2,660 people in ultimatum games by the strategy method (Mei, Xie, Yuan and Jackson 2024).

Everybody names an offer out of 100 and the least offer that it would accept. What was done is
summarised; then every motive is fitted to all, scored on people held out, and asked how nearly
another motive with parameters of its own can do the same. Motives that imitate each other exactly
are one class: no number of such decisions parts them.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from people_ultimatum_page import TEXT
from people_words import (
    JOINED,
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

from comity.cases import Case, load
from comity.core import Certified
from comity.inference.estimation.clustered_means import Clusters, mean_by_person, share_by_person
from comity.inference.estimation.comparisons import compare
from comity.inference.estimation.fits import Fit
from comity.inference.estimation.held_out import hold_out_people
from comity.inference.estimation.maximum_likelihood import fit
from comity.inference.evidence.table import Evidence
from comity.inference.explanations import Member, choice_tables, explain
from comity.inference.identification.imitation import Imitation, imitate
from comity.inference.understanding.reading import read_behaviour
from comity.inference.understanding.setting import asked

DATA = "moblab/ultimatum_strategy_half.csv"
NAME = "Ultimatum (Mei, Xie, Yuan, Jackson 2024)"
LEVEL = 0.95
DRAWS = 1000
PIE = 100
RESPONDERS = (
    "own-payoff",
    "maximin",
    "efficiency",
    "commitment",
    "spite",
    "fehr-schmidt",
    "charness-rabin",
)
PROPOSERS = tuple(name for name in RESPONDERS if name != "commitment")
"""An offer resists nothing, so that commitment to a threshold says nothing of it."""
SHARES = "shares of the same answers among other people"
OFFERS = (0, 10, 20, 30, 40, 50, 60)


@dataclass(frozen=True, eq=False)
class Answers:
    """Amounts of one role, as they were named.

    Attributes
    ----------
    amount, person : shape (N,).
    people : names.
    """

    amount: np.ndarray
    person: np.ndarray
    people: tuple[str, ...]

    def share(self, which: np.ndarray) -> Certified:
        """Return how frequent something is, with an interval by person."""
        found = share_by_person(which.astype(float), Clusters.of(self.person), LEVEL)
        return Certified.estimate(*found, "Wilson, by person", LEVEL)


@dataclass(frozen=True, eq=False)
class Motives:
    """What motives say of one role's decisions.

    Attributes
    ----------
    fits : by motive, one set of parameters for all.
    logs : by motive and for `SHARES`, log-likelihood of every decision, by other people's, (N,).
    nearest : by truth and rival, how near the rival comes.
    """

    evidence: Evidence
    fits: dict[str, Fit]
    logs: dict[str, np.ndarray]
    nearest: dict[tuple[str, str], Imitation]

    def classes(self) -> list[tuple[str, ...]]:
        """Return the motives that imitate each other exactly, each in one class."""
        left, found = list(self.fits), []
        while left:
            first = left.pop(0)
            alike = [other for other in left if self.same(first, other)]
            found.append((first, *alike))
            left = [other for other in left if other not in alike]
        return found

    def same(self, one: str, other: str) -> bool:
        """Return whether each imitates the other as fitted."""
        return self.nearest[one, other].coincide and self.nearest[other, one].coincide


def read_answers(folder: Path, case: Case, role: str) -> Answers:
    """Return amounts in whole units, before they are rounded to the grid of the menus."""
    found, _ = read_behaviour(
        [folder / DATA], case, options={"role": role, "grid": None, "step": 1.0}
    )
    return Answers(found.choice.astype(float), found.person, found.people)


def shares_of_others(evidence: Evidence, fold: np.ndarray) -> np.ndarray:
    """Return log-shares of each answer among people of other folds, half a person added, (N,)."""
    options = len(evidence.situations[0].options)
    found = np.zeros(len(evidence))
    for k in np.unique(fold):
        held = fold == k
        counts = np.bincount(evidence.choice[~held], minlength=options) + 0.5
        found[held] = np.log(counts / counts.sum())[evidence.choice[held]]
    return found


def weigh_motives(evidence: Evidence, names: Sequence[str], seed: int) -> Motives:
    """Return fits, held-out scores and imitations of motives with logit choice."""
    explained = {name: explain(name) for name in names}
    fits = {name: fit(one, evidence, rng=seed) for name, one in explained.items()}
    held = {name: hold_out_people(one, evidence, rng=seed) for name, one in explained.items()}
    logs = {name: one.log_likelihoods for name, one in held.items()}
    logs[SHARES] = shares_of_others(evidence, held[names[0]].fold)
    part = evidence.subset(np.arange(len(evidence)) < 1)  # all meet the one situation
    nearest = {
        (truth, rival): imitate(fits[truth].member(), explained[rival], part, rng=seed)
        for truth in names
        for rival in names
        if truth != rival
    }
    return Motives(evidence, fits, logs, nearest)


def up_to_half(evidence: Evidence) -> Evidence:
    """Return the same decision with offers above half known never to be made."""
    whole = evidence.situations[0]
    offers = np.array([float(name) for name in whole.menus[0]])
    chances = np.where(offers <= PIE / 2, np.asarray(whole.contingencies), 0.0)
    part = dataclasses.replace(whole, contingencies=chances / chances.sum())
    one = np.arange(len(evidence)) < 1
    return dataclasses.replace(evidence.subset(one), situations=(part,))


def earnings(thresholds: np.ndarray, person: np.ndarray, seed: int) -> tuple[np.ndarray, ...]:
    """Return what every offer earns against these thresholds, and for resampled people.

    Shapes (PIE + 1,) and (DRAWS, PIE + 1); an offer is taken if it is not below the threshold.
    """
    people = int(person.max()) + 1
    counts = np.zeros((people, PIE + 1))
    np.add.at(counts, (person, thresholds.astype(int)), 1)
    drawn = np.random.default_rng(seed).multinomial(people, np.full(people, 1 / people), DRAWS)
    kept = PIE - np.arange(PIE + 1)

    def earned(weights: np.ndarray) -> np.ndarray:
        taken = np.cumsum(weights @ counts, axis=-1)
        return kept * taken / taken[..., -1:]

    return earned(np.ones(people)), earned(drawn)


def study(folder: Path, cases: Path, seed: int) -> Section:
    """Return the section."""
    case = load(cases / "ultimatum.toml")
    offers, least = (read_answers(folder, case, role) for role in ("proposer", "responder"))
    responders, proposers = (
        weigh_motives(read_behaviour([folder / DATA], case, options={"role": role})[0], names, seed)
        for role, names in (("responder", RESPONDERS), ("proposer", PROPOSERS))
    )
    half = up_to_half(responders.evidence)
    below = imitate(responders.fits["fehr-schmidt"].member(), explain("commitment"), half, rng=seed)
    text = TEXT.format(
        people=f"{len(set(least.people) | set(offers.people)):,}",
        thresholds=f"{len(least.amount):,}",
        offers=f"{len(offers.amount):,}",
        once=f"{int((np.bincount(least.person) == 1).sum()):,}",
        responders=f"{len(least.people):,}",
        did=_did_table(offers, least),
        earned=_earned_table(least, seed),
        best=_best_offer(least, seed),
        mean_offer=certified(_mean(offers), 1),
        stands=_stands_table(responders, seed),
        second=certified(_first_two(responders, seed), 3),
        apart=_apart_table(responders),
        offers_stand=_stands_table(proposers, seed),
        offers_apart=_apart_table(proposers),
        below=_said(below),
        elsewhere=_elsewhere_table(responders, case),
    )
    return Section(_lines(responders, offers, least, seed), text, _figures(responders, least))


def _mean(answers: Answers) -> Certified:
    return mean_by_person(answers.amount, _bare(answers), "by person", LEVEL)


def _bare(answers: Answers) -> Evidence:
    """Return a table that knows only whose the amounts are."""
    from comity.inference.evidence.situations import Situation

    zeros = np.zeros(len(answers.amount), int)
    names = tuple(map(str, range(int(answers.person.max()) + 1)))
    return Evidence((Situation(("any",), np.zeros((1, 1))),), names, answers.person, zeros, zeros)


def _did_table(offers: Answers, least: Answers) -> str:
    rows = [("mean", certified(_mean(offers), 1), certified(_mean(least), 1))]
    for name, low, high in (
        ("0 or 1", 0, 1),
        ("2 to 49", 2, 49),
        ("half", 50, 50),
        ("51 to 100", 51, 100),
    ):
        first, second = (
            percent(one.share((one.amount >= low) & (one.amount <= high)))
            for one in (offers, least)
        )
        rows.append((name, first, second))
    return table(("of 100", "offers", "least offer accepted"), rows)


def _earned_table(least: Answers, seed: int) -> str:
    earned, drawn = earnings(least.amount, least.person, seed)
    low, high = percentiles(drawn, LEVEL)
    rows = [
        (
            offer,
            percent(least.share(least.amount <= offer)),
            interval(earned[offer], low[offer], high[offer], 1),
        )
        for offer in OFFERS
    ]
    return table(("offer", "accepted by", "earns the proposer on average"), rows)


def _best_offer(least: Answers, seed: int) -> str:
    earned, drawn = earnings(least.amount, least.person, seed)
    low, high = np.quantile(drawn.argmax(axis=1), [0.025, 0.975], method="nearest")
    return f"{int(earned.argmax())} [{int(low)},{JOINED}{int(high)}]"


def _stands_table(found: Motives, seed: int) -> str:
    """Return how well each class predicts people held out."""
    classes = {group[0]: group for group in found.classes()}
    logs = {name: found.logs[name] for name in (*classes, SHARES)}
    rows = []
    for one in compare(logs, found.evidence, LEVEL, reference=SHARES, rng=seed):
        score = mean_by_person(logs[one.name], found.evidence, "by person", LEVEL)
        group = classes.get(one.name, (SHARES,))
        values = _values(found.fits[one.name]) if one.name in classes else ""
        gap = certified(one.behind) if one.name in classes else ""
        rows.append((", ".join(group), values, certified(score), gap))
    head = ("motive", "parameters", "log-likelihood per answer", "behind")
    return table(head, rows, left=2)


def _values(fitted: Fit) -> str:
    """Return the parameters but the sensitivity."""
    names = [name for name in fitted.estimates if name != "sensitivity"]
    digits = {"threshold": 1}
    return "; ".join(
        f"{name} {certified(fitted.estimate(name, LEVEL), digits.get(name, 2))}" for name in names
    )


def _first_two(found: Motives, seed: int) -> Certified:
    """Return how far the motive that predicts second best is behind the best one."""
    names = [group[0] for group in found.classes()]
    ranked = sorted(names, key=lambda name: -found.logs[name].mean())
    logs = {name: found.logs[name] for name in names}
    behind = {d.name: d.behind for d in compare(logs, found.evidence, LEVEL, rng=seed)}
    return behind[ranked[1]]


def _apart_table(found: Motives) -> str:
    """Return for every class, as fitted, how near another comes."""
    rows = []
    classes = found.classes()
    for group in classes:
        rivals = {
            other[0]: found.nearest[group[0], other[0]] for other in classes if other != group
        }
        exact = [name for name, one in rivals.items() if one.coincide]
        left = {name: one for name, one in rivals.items() if not one.coincide}
        never = ", ".join([*group[1:], *exact]) or "none"
        if not left:
            rows.append((group[0], never, *["–"] * 4))
            continue
        nearest = min(left, key=lambda name: left[name].per_decision)
        expected, errors = left[nearest].sizes()
        shown = (
            f"{left[nearest].per_decision:.2g}",
            number(np.ceil(expected), 0),
            number(np.ceil(errors), 0),
        )
        rows.append((group[0], never, nearest, *shown))
    head = (
        "if people were as fitted",
        "never told from",
        "nearest of the rest",
        "nats per answer",
        "answers to odds of 20, expected",
        "answers to errors of 5%",
    )
    return table(head, rows, left=3)


def _said(found: Imitation) -> str:
    """Return how far a rival stays away, in words."""
    if found.coincide:
        return "would be matched by a threshold answer for answer"
    return f"would be told from a threshold by {found.per_decision:.2g} nats an answer"


def _elsewhere_table(found: Motives, case: Case) -> str:
    """Return what motives that coincide in the data say of other questions."""
    names = ("commitment", "spite", "fehr-schmidt")
    questions = case.behaviour.questions if case.behaviour else ()
    members: list[Member] = [found.fits[name].member() for name in names]
    chances = choice_tables(members, [asked(one) for one in questions])[:, :, 0]
    rows = [
        (one.name, *(f"{100 * chance:.0f}%" for chance in chances[:, place]))
        for place, one in enumerate(questions)
    ]
    return table(("own and other's payoff if accepted, or if refused", *names), rows)


def _lines(motives: Motives, offers: Answers, least: Answers, seed: int) -> tuple[Line, ...]:
    names = [group[0] for group in motives.classes()]
    best = max(names, key=lambda name: motives.logs[name].mean())
    logs = {name: motives.logs[name] for name in (best, SHARES)}
    behind = {
        d.name: d.behind for d in compare(logs, motives.evidence, LEVEL, reference=best, rng=seed)
    }
    alike = "; ".join(
        " = ".join(group)
        for group in motives.classes()
        if len(group) > 1 and all(motives.fits[name].identified for name in group)
    )
    means = " and ".join(certified(_mean(one), 1) for one in (offers, least))
    scores = {name: number(float(rows.mean()), 3) for name, rows in logs.items()}
    return (
        Line(NAME, "mean offer and mean least offer accepted, of 100", "none", means),
        Line(NAME, "motives that no number of such answers parts", "none", alike),
        Line(
            NAME,
            "log-likelihood of a least offer, people held out",
            f"{SHARES}: {scores[SHARES]}",
            f"{best}: {scores[best]}; {lead(behind[SHARES], 3)}",
        ),
    )


def _figures(motives: Motives, least: Answers) -> dict[str, float]:
    figures = {name: float(rows.mean()) for name, rows in motives.logs.items()}
    return figures | {"mean threshold": float(least.amount.mean())}
