"""The tables of the CaSiNo results, as Markdown."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import permutations

import casino_exact
import numpy as np
from casino_beliefs import RANKINGS
from casino_intervals import Estimate
from casino_lies import lies_under
from casino_people import BELIEFS, People, relations
from casino_rules import NASH, UTILITARIAN, WIDER, Rule, wider_figures
from casino_safeguards import (
    Acceptance,
    audit_needed,
    audited,
    decision_rule,
    evidence_rule,
    gain_rule,
    protected,
)
from casino_study import KNOWN, Study

RATES = (0.0, 0.02, 0.05, 0.1, 0.125, 0.15)
FINE = 5.0
THRESHOLDS = (0.01, 0.02, 0.05, 0.1, 1 / 6)
TOLERANCES = (0.0, 1.0, 2.0, 3.0)


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    lines = [head, ["---"] + ["---:"] * (len(head) - 1), *rows]
    return "\n".join("| " + " | ".join(line) + " |" for line in lines)


def people_table(study: Study) -> str:
    people, mean = study.people, study.mean
    pairs = people.points.reshape(-1, 2)
    deal = ~study.walked
    rows = [
        ("points each", mean(people.points).show(3)),
        ("points each, where there was a deal", mean(people.points, deal).show(3)),
        ("points of both together", mean(pairs.sum(axis=1)).show(2)),
        ("the most any deal gives both together", mean(people.best_joint).show(2)),
        (
            "share of that most",
            study.bootstrap.ratio(pairs.sum(axis=1), people.best_joint).percent,
        ),
        ("Pareto-efficient, of all dialogues", mean(people.efficient).percent),
        ("Pareto-efficient, of deals", mean(people.efficient, ~people.walked).percent),
        (f"walked away ({people.walked.sum()} dialogues)", mean(people.walked).percent),
        ("satisfaction, 1 to 5", mean(people.satisfaction).show(2)),
        ("slightly or extremely satisfied", mean(people.satisfaction >= 4).percent),
    ]
    return table(("people", "mean [95% interval]"), rows)


def exact_table(study: Study) -> str:
    rows = []
    for rule, found in study.figures.items():
        exact = casino_exact.figures(rule.concept, rule.lotteries, rule.tie_break)
        shown = (found.honest, found.interim, found.ex_post)
        cells = [f"{ours:.4f} ({true})" for ours, true in zip(shown, exact, strict=True)]
        rows.append((rule.name, *cells))
    return table(("rule", "honest", "best lie, interim", "best lie, ex post"), rows)


def pairs_table(study: Study) -> str:
    rows = []
    for rule in study.points:
        worse = study.worse(rule)
        rows.append(
            (
                rule.name,
                study.mean(study.honest(rule)).show(3),
                study.mean(study.change(rule)).show(2),
                study.mean(worse).percent,
                study.mean(-study.change(rule), worse).show(2),
                study.mean(study.joint_lower(rule)).percent,
            )
        )
    head = (
        "rule, all honest",
        "points each",
        "more than people got",
        "people with less",
        "how much less",
        "pairs with less in sum",
    )
    return table(head, rows)


def relation_is(people: People, places: tuple[int, ...]) -> np.ndarray:
    """Return for whom the other's order is places[0], places[1], places[2] of one's own."""
    table = relations()
    first = RANKINGS[0]
    same = RANKINGS.index(tuple(first[place] for place in places))
    return table[people.kind, people.other] == table[0, same]


RELATIONS = ("first", "second", "third")


def relation_table(study: Study) -> str:
    """One row per way in which the other's order can relate to one's own."""
    people, rows = study.people, []
    for name in permutations(range(3)):
        among = relation_is(people, name)
        rows.append(
            (
                ", ".join(RELATIONS[place] for place in name),
                str(among.sum()),
                study.mean(people.points, among).show(2),
                study.mean(study.honest(), among).show(2),
                study.mean(study.worse(), among).percent,
            )
        )
    head = ("the other ranks my ...", "people", "scored", "Nash, deals", "would get less")
    return table(head, rows)


def calibration_table(study: Study) -> str:
    scores = study.people.calibration
    rows = [
        ("log loss", Estimate(*scores.log_loss).show(3), f"{np.log(6):.3f}"),
        ("right ranking", Estimate(*scores.accuracy).show(3), f"{1 / 6:.3f}"),
        ("Brier score", Estimate(*scores.brier).show(3), f"{5 / 6:.3f}"),
        (
            "expected calibration error",
            Estimate(*scores.ece).show(3),
            f"{scores.ece_by_chance:.3f} by chance if perfectly calibrated",
        ),
    ]
    return table(("inferred from words and offers", "held-out folds", "for comparison"), rows)


def _lies_row(study: Study, rule: Rule, belief: str) -> tuple[str, ...]:
    lies = study.lies(rule, belief)
    columns = (lies.believed, lies.realised, lies.partner, lies.both)
    return (study.mean(lies.lies).percent, *(study.mean(values).show(3) for values in columns))


LIES_HEAD = (
    "would lie",
    "gain they expect",
    "gain they get",
    "change for the other",
    "points each if all do so",
)


def beliefs_table(study: Study) -> str:
    rows = [(name, *_lies_row(study, NASH, name)) for name in (*BELIEFS, KNOWN)]
    return table(("belief (Nash, deals)", *LIES_HEAD), rows)


def manipulation_table(study: Study) -> str:
    rows = [(rule.name, *_lies_row(study, rule, "inferred")) for rule in study.points]
    return table(("rule (inferred beliefs)", *LIES_HEAD), rows)


def audit_table(study: Study) -> str:
    rows, shown = [], (NASH, UTILITARIAN)
    for rate in RATES:
        cells = []
        for rule in shown:
            belief = study.people.beliefs["inferred"]
            lies, points = audited(study.points[rule], study.people, belief, rate)
            cells += [study.mean(lies).percent, study.mean(points).show(2)]
        rows.append((f"{100 * rate:g}%", *cells))
    head = ["audited"]
    for rule in shown:
        head += [f"{rule.name}: would lie", "points each"]
    return table(head, rows)


def audit_rates_table(study: Study) -> str:
    rows = []
    for rule, points in study.points.items():
        rates = (audit_needed(points), audit_needed(points, FINE))
        rows.append((rule.name, *(f"{100 * rate:.1f}%" for rate in rates)))
    head = ("rule", "a lie found voids the deal", f"true deal restored, fine of {FINE:g}")
    return table(head, rows)


def safeguards(study: Study) -> dict[str, Acceptance]:
    people, points = study.people, study.points[NASH]
    rules = {"no rule, or the gain rule": gain_rule(points, people)}
    for threshold in THRESHOLDS:
        rules[f"evidence, at least {100 * threshold:.2g}%"] = evidence_rule(people, threshold)
    for tolerance in TOLERANCES[::-1]:
        rules[f"decision, at most {tolerance:g}"] = decision_rule(points, people, tolerance)
    return rules


def acceptance_table(study: Study) -> str:
    people, points = study.people, study.points[NASH]
    belief, rows = people.beliefs["inferred"], []
    free = lies_under(points, people, belief).lies
    for name, rule in safeguards(study).items():
        found = protected(points, people, belief, rule)
        rows.append(
            (
                name,
                study.mean(found.refused).percent,
                study.mean(found.honest).show(2),
                study.mean(~found.lies, free).percent,
                study.mean(found.forced).percent,
                study.mean(found.points).show(2),
            )
        )
    head = (
        "acceptance (Nash, deals)",
        "honest reports refused",
        "points each, all honest",
        "liars made honest",
        "honest made liars",
        "points each, all say what seems best",
    )
    return table(head, rows)


def wider_table() -> str:
    rows = []
    for claims in WIDER:
        cells = [wider_figures(claims, concept) for concept in ("nash", "egalitarian")]
        figures = [f"{x:.2f}" for each in cells for x in (each.interim, each.ex_post)]
        rows.append((claims.name, *figures))
    head = ["one may claim"]
    for name in ("Nash", "Egalitarian"):
        head += [f"{name}, interim", "ex post"]
    return table(head, rows)
