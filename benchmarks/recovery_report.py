"""The page about recovery: what came back of planted parameters, and what sets hold."""

from __future__ import annotations

import math
import os
import platform
from collections.abc import Iterable
from importlib.metadata import version
from typing import Any

from people_words import JOINED, number, table

Record = dict[str, Any]

IDENTIFIED = 0.95
"""A parameter is point-identified in a design that identifies it in this share of replications."""
LEAST = 0.88
"""Sets for what is not point-identified should hold the truth at least so often."""
PACKAGES = ("comity", "numpy", "scipy", "jax")


def point_identified(parameter: Record) -> bool:
    """Return whether nearly all replications say where a parameter is."""
    return bool(parameter["intervals"] >= IDENTIFIED)


def off(parameter: Record, level: float) -> bool:
    """Return whether ratio sets hold the truth too rarely, or too often where it is identified.

    Both beyond three Monte Carlo errors; sets for what is not point-identified may hold it always.
    """
    ratio = parameter["by_ratio"]
    if point_identified(parameter):
        return not ratio["low"] <= level <= ratio["high"]
    return bool(ratio["high"] < LEAST)


def any_off(record: Record) -> bool:
    """Return whether anything is off in the recovery of an explanation."""
    return any(off(p, record["level"]) for p in record["parameters"])


def report(records: list[Record]) -> str:
    """Return the page."""
    planted = [one for one in records if "explanation" in one]
    again = [one for one in planted if "times" in one]
    once = [one for one in planted if "times" not in one]
    if not once:
        return _sets_table(records)
    parameters = [(one, p) for one in once for p in one["parameters"]]
    points = [(one, p) for one, p in parameters if point_identified(p)]
    others = [(one, p) for one, p in parameters if not point_identified(p)]
    return TEMPLATE.format(
        explanations=len(once),
        replications=_range(one["replications"] for one in once),
        level=f"{100 * records[0]['level']:.0f}",
        points=len(points),
        points_off=sum(off(p, one["level"]) for one, p in points),
        others=len(others),
        others_off=sum(off(p, one["level"]) for one, p in others),
        least=f"{100 * LEAST:.0f}",
        identified=f"{100 * IDENTIFIED:.0f}",
        uneven=sum(p["evenness"] < 1e-3 for _, p in parameters),
        parameters=len(parameters),
        missed=_share(max(one["missed"] for one in once)),
        point_table=_parameter_table(points),
        other_table=_parameter_table(others),
        again=_again(again, once),
        sets=_sets_table([one for one in records if "study" in one]),
        minutes=f"{sum(one['seconds'] for one in records) / 60:.0f}",
        seed=records[0]["seed"],
        made=_made(),
    )


def _range(values: Iterable[int]) -> str:
    low, *_, high = sorted([*values] * 2)
    return f"{low:,}" if low == high else f"{low:,} to {high:,}"


def _share(value: float) -> str:
    return f"{100 * value:.1f}%"


def _covered(found: Record) -> str:
    """Return a coverage in percent with the interval of its Monte Carlo error."""
    if found.get("low") is None:
        return "none"
    ends = f"{100 * found['low']:.1f},{JOINED}{100 * found['high']:.1f}"
    return f"{100 * found['value']:.1f} [{ends}]"


def _parameter_table(rows: list[tuple[Record, Record]]) -> str:
    head = (
        "explanation",
        "parameter",
        "ratio sets, %",
        "intervals, %",
        "told, %",
        "error",
        "ranks",
    )
    return table(head, [_parameter_row(one, p) for one, p in rows])


def _parameter_row(one: Record, p: Record) -> tuple[str, ...]:
    mark = "**" if off(p, one["level"]) else ""
    return (
        one["explanation"].removeprefix("own-payoff x ").removesuffix(" x logit"),
        p["name"].replace("_", " "),
        f"{mark}{_covered(p['by_ratio'])}{mark}",
        "none" if not p["intervals"] else f"{100 * p['coverage']['value']:.1f}",
        f"{100 * p['intervals']:.0f}",
        number(p["error"] if p["error"] is not None else float("nan")),
        f"{p['evenness']:.2g}",
    )


def _again(again: list[Record], once: list[Record]) -> str:
    if not again:
        return "Nothing was off, so nothing was run again with more decisions."
    before = {one["explanation"]: one for one in once}
    rows = [
        (
            two["explanation"],
            p["name"],
            _covered(q["by_ratio"]),
            _covered(p["by_ratio"]),
            f"{q['coverage']['value'] * 100:.1f} → {p['coverage']['value'] * 100:.1f}",
        )
        for two in again
        for p, q in zip(two["parameters"], before[two["explanation"]]["parameters"], strict=True)
    ]
    times = again[0]["times"]
    head = ("explanation", "parameter", "ratio sets, %", f"with {times} times as many", "intervals")
    return AGAIN.format(times=times, table=table(head, rows))


def _sets_table(studies: list[Record]) -> str:
    rows = []
    for one in studies:
        for line in one["rows"]:
            value, low, high = line["coverage"]
            found = {"value": value, "low": low, "high": high}
            known = line["size"] is not None and not math.isnan(line["size"])
            wide = f"{number(line['size'])} {one['unit']}" if known else ""
            least = number(line["smallest"])
            rows.append((one["study"], line["truth"], _covered(found), wide, least))
    about = "\n".join(f"- *{one['study']}*: {one['about']}." for one in studies)
    head = ("study", "truth", "holds it, %", "mean size", "smallest")
    return f"{table(head, rows)}\n\n{about}"


def _made() -> str:
    versions = ", ".join(f"{name} {version(name)}" for name in PACKAGES)
    python = platform.python_version()
    python = platform.python_version()
    return f"{platform.machine()}, {os.cpu_count()} cores; Python {python}, {versions}"


AGAIN = """\
What was off was run again with {times} times as many decisions. Where coverage comes right, it is
the size of the sample that was wrong and not the fit:

{table}"""

TEMPLATE = """\
# Does the truth come back?

Parameters of each explanation that comity ships ({explanations} that have any) were drawn from
their typical intervals, decisions were simulated, and everything was estimated again, as one
person's decisions: {replications} times each. Sets at {level}% should hold the truth that often.

- Of {points} parameters that are point-identified (told in at least {identified}% of replications),
  **{points_off}** have likelihood-ratio sets whose coverage misses {level}% by more than three
  Monte Carlo errors.
- Of {others} others, whose sets may be wide or reach an edge, **{others_off}** hold the truth in
  fewer than {least}%.
- Ranks of the truth in its posterior are uneven (p below 0.001) for **{uneven}** of {parameters}.
- The search missed a better maximum in at most {missed} of replications of any explanation.

## How to read the tables

*Ratio sets* are the values that a likelihood-ratio test at {level}% keeps; in brackets, three Monte
Carlo errors; bold where that is off. *Intervals* are estimate ± 1.64 standard errors by curvature,
which `fit_individuals` reports where the search ends at a peak inside; *told* is how often that is
so. Next to an edge they are known to mislead, and `profile` gives the ratio set. *Error* is root
mean square in standard deviations of the true values: at 1 one knows no more than where they are
drawn from. *Ranks* are simulation-based calibration (Talts et al. 2018, arXiv 1804.06788) with
exact weights: the chance of ranks less even, were the posterior right.

## Point-identified

{point_table}

{again}

## Not always identified

Here the design, or the edge of what a parameter can be, leaves some replications without an
interval. Ratio sets may then hold the truth more often than {level}%.

{other_table}

## Sets

A set that is not a point should still hold the truth, and be no wider than it must. *Smallest* is
the smallest set that could: the truth, and what no amount of data from the design tells from it.

{sets}

## Make it again

```text
python benchmarks/recovery.py --report docs/results/recovery.md
```

Seed {seed}; {minutes} minutes of processor time. {made}.
"""
