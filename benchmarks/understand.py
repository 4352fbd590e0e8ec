"""How fast behaviour is understood, beside what one would write without comity.

    python benchmarks/understand.py [--data DIR] [--seed 0] [--quick] [--markdown PAGE.md]

DIR, or the variable COMITY_DATA, holds `social_preferences` (Bruhin, Fehr and Schunk 2019, session
1); without it choices of as many people in as many situations are made up. Prints a table. Times
are processor time of all cores together, the best of several runs, unless a line says otherwise;
programs are compiled before, and what that takes is a line of its own.
"""

from __future__ import annotations

import argparse
import os
import platform
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path

import numpy as np
import understand_bayes
import understand_loop

from comity.inference.estimation.fits import Fit
from comity.inference.estimation.individuals import IndividualFits, fit_individuals
from comity.inference.estimation.maximum_likelihood import fit
from comity.inference.estimation.mixtures import fit_mixture
from comity.inference.evidence import Evidence, Situation
from comity.inference.evidence.adapters.allocations import allocations
from comity.inference.explanations import explain
from comity.inference.explanations.simulate import simulate

RECIPROCAL = explain("bruhin-fehr-schunk", "logit")
DISTRIBUTIONAL = explain("charness-rabin", "logit")
PUBLISHED = {
    "alpha": 0.0835,
    "beta": 0.2605,
    "gamma": 0.0717,
    "delta": -0.0417,
    "sensitivity": 0.0156,
}
"""Bruhin, Fehr and Schunk (2019), one set of parameters for all, session 1."""
DECISIONS = 40


@dataclass(frozen=True)
class Line:
    """One line of the table: what, how long or how many, and against what."""

    what: str
    figure: str
    compared: str = ""
    target: str = ""


@dataclass(frozen=True)
class Options:
    """What the command line says.

    Attributes
    ----------
    data : the folder with real data, if any.
    seed : of everything drawn.
    quick : smaller sizes, for a first look.
    """

    data: Path | None
    seed: int = 0
    quick: bool = False

    @property
    def repeats(self) -> int:
        """How often a time is taken."""
        return 2 if self.quick else 5


def seconds_of(work: Callable[[], object], clock: Callable[[], float]) -> float:
    """Return how long one run takes."""
    start = clock()
    work()
    return clock() - start


def best_time(work: Callable[[], object], repeats: int) -> float:
    """Return the shortest processor time of several runs, in seconds."""
    return min(seconds_of(work, time.process_time) for _ in range(repeats))


def choices(options: Options) -> tuple[Evidence, str]:
    """Return the choices of 160 people in 117 situations, and where they come from."""
    if options.data is not None:
        folder = options.data / "social_preferences"
        table, dropped = (
            folder / f"bfs2019_{name}.csv" for name in ("choices_exp1", "dropped_subjects")
        )
        found = allocations(table, kind="q", unkind="v", drop=dropped)
        return found, "Bruhin, Fehr and Schunk (2019)"
    rng = np.random.default_rng(options.seed)
    situations = tuple(
        Situation(
            ("x", "y"),
            rng.integers(100, 1000, (2, 2)),
            history={"kind": float(k % 3 == 1), "unkind": float(k % 3 == 2)},
        )
        for k in range(117)
    )
    blank = everyone_everywhere(situations, 160)
    spread = {name: value + 0.1 * rng.standard_normal(160) for name, value in PUBLISHED.items()}
    spread["sensitivity"] = 0.0156 * np.exp(0.4 * rng.standard_normal(160))
    return simulate(RECIPROCAL, spread, blank, rng), "made-up choices"


def everyone_everywhere(situations: Sequence[Situation], people: int) -> Evidence:
    """Return a table in which each person meets each situation once."""
    person = np.repeat(np.arange(people), len(situations))
    place = np.tile(np.arange(len(situations)), people)
    names = tuple(f"p{p}" for p in range(people))
    return Evidence(tuple(situations), names, person, place, np.zeros(len(person), int))


def bruhin_lines(options: Options) -> list[Line]:
    """Time fits of the same choices: to all, to each person, and to three types."""
    evidence, source = choices(options)
    if options.quick:
        evidence = evidence.of_people(np.arange(24))

    def ours() -> Fit:
        return fit(RECIPROCAL, evidence)

    def ours_alone() -> IndividualFits:
        return fit_individuals(RECIPROCAL, evidence, starts=1)

    first = seconds_of(ours, time.perf_counter)
    alone = ours_alone().counts
    size = f"{len(evidence.people)} people x {len(evidence) // len(evidence.people)} choices"
    return [
        against_loop(
            f"{source}, {size}: one fit for all, 8 starts, errors clustered by person",
            ours,
            lambda by_hand: understand_loop.fit_all(evidence, by_hand),
            options,
        ),
        Line("the first such fit, compiling included (wall time)", f"{first:.1f} s"),
        against_loop(
            "each person alone, 1 start, with standard errors; "
            + ", ".join(f"{count} {status}" for status, count in alone.items()),
            ours_alone,
            lambda by_hand: understand_loop.fit_people(evidence, by_hand),
            options,
        ),
        Line("furthest from a published estimate", how_near(ours().estimates, options)),
        types_line(evidence, options),
    ]


def against_loop(
    what: str, ours: Callable[[], object], loop: Callable[[bool], object], options: Options
) -> Line:
    """Return a line that compares one of our fits with SciPy's, from one start."""
    mine = best_time(ours, options.repeats)
    words = []
    for by_hand, how in ((True, "gradient by hand"), (False, "differences")):
        seconds = best_time(lambda b=by_hand: loop(b), 2)
        words.append(f"{seconds:.2f} s, {seconds / mine:,.0f} times, with {how}")
    figure = f"{1e3 * mine:.0f} ms"
    return Line(what, figure, f"SciPy's loop over people: {'; '.join(words)}", "20 times")


def how_near(estimates: dict[str, float], options: Options) -> str:
    """Return how far estimates are from the published ones, where the data are those."""
    if options.data is None or options.quick:
        return "other data"
    return f"{max(abs(estimates[name] - value) for name, value in PUBLISHED.items()):.5f}"


def types_line(evidence: Evidence, options: Options) -> Line:
    """Time the mixture of three types."""
    starts = 4 if options.quick else 16

    def work() -> object:
        return fit_mixture([(RECIPROCAL, 3)], evidence, starts=starts, rng=options.seed)

    found = fit_mixture([(RECIPROCAL, 3)], evidence, starts=starts, rng=options.seed)
    shares = " / ".join(f"{100 * share:.1f}" for share in found.shares.values())
    published = "published: 47.4 / 40.5 / 12.1%" if options.data and not options.quick else ""
    seconds = best_time(work, 2)
    return Line(
        f"three types, {starts} starts, clustered errors: {shares}%",
        f"{seconds:.1f} s",
        published,
    )


def people_lines(options: Options) -> list[Line]:
    """Count how many made-up people are fitted a minute, alone and with standard errors."""
    count = 2_000 if options.quick else 50_000
    rng = np.random.default_rng(options.seed)
    situations = [
        Situation(("x", "y"), rng.uniform(0, 10, (2, 2)).round(1)) for _ in range(DECISIONS)
    ]
    truth = {
        "alpha": rng.normal(0.1, 0.2, count),
        "beta": rng.normal(0.3, 0.2, count),
        "sensitivity": np.exp(rng.normal(-0.5, 0.5, count)),
    }
    made = simulate(DISTRIBUTIONAL, truth, everyone_everywhere(situations, count), rng)
    lines = []
    for starts in (1, 2):
        fit_individuals(DISTRIBUTIONAL, made.of_people(np.arange(500)), starts=starts)
        fit_individuals(DISTRIBUTIONAL, made, starts=starts)
        found = fit_individuals(DISTRIBUTIONAL, made, starts=starts)
        wall = seconds_of(
            lambda s=starts: fit_individuals(DISTRIBUTIONAL, made, starts=s), time.perf_counter
        )
        lines.append(
            Line(
                f"{count:,} made-up people x {DECISIONS} decisions, two motive parameters and "
                f"sensitivity, {starts} start{'s' * (starts > 1)} (wall time)",
                f"{60 * count / wall:,.0f} a minute",
                f"{found.counts.get('identified', 0):,} identified, recovered: "
                f"{recovered(found.estimates, found.standard_errors, truth)}",
                "50,000 a minute",
            )
        )
    return lines


def recovered(estimates: np.ndarray, errors: np.ndarray, truth: dict[str, np.ndarray]) -> str:
    """Return how often intervals of two standard errors hold the truth, by parameter."""
    shares = []
    for k, (name, value) in enumerate(truth.items()):
        known = np.isfinite(errors[:, k])
        inside = np.abs(estimates[known, k] - value[known]) < 1.96 * errors[known, k]
        shares.append(f"{name} {100 * inside.mean():.0f}%")
    return ", ".join(shares)


def bayes_lines(options: Options) -> list[Line]:
    """Time partial pooling beside NumPyro by hand, and score what it predicts."""
    evidence, source = choices(options)
    if options.quick:
        evidence = evidence.of_people(np.arange(24))
    found = understand_bayes.rows(
        evidence,
        source,
        seed=options.seed,
        splits=1 if options.quick else 3,
        rival=not options.quick,
    )
    return [Line(*row) for row in found]


SECTIONS: dict[str, Callable[[Options], list[Line]]] = {
    "bruhin": bruhin_lines,
    "people": people_lines,
    "bayes": bayes_lines,
}
"""What is measured, by name."""


def machine() -> str:
    """Return the machine and versions in words."""
    name = platform.processor() or platform.machine()
    info = Path("/proc/cpuinfo")
    if info.exists():
        models = [line for line in info.read_text().splitlines() if line.startswith("model name")]
        name = models[0].split(":", 1)[1].strip() if models else name
    versions = [f"{p} {metadata.version(p)}" for p in ("comity", "jax", "numpy", "scipy")]
    return f"{name}, {os.cpu_count()} cores; Python {platform.python_version()}, " + ", ".join(
        versions
    )


def table(lines: Sequence[Line]) -> str:
    """Return the lines as a Markdown table."""
    rows = [("what", "figure", "compared with", "aim"), ("---",) * 4]
    rows += [(line.what, line.figure, line.compared, line.target) for line in lines]
    return "\n".join("| " + " | ".join(row) + " |" for row in rows)


def main() -> None:
    """Run everything and print it."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--data", type=Path, default=os.environ.get("COMITY_DATA"))
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--quick", action="store_true", help="smaller sizes, for a first look")
    parser.add_argument("--only", choices=SECTIONS, help="one section")
    parser.add_argument("--markdown", type=Path, help="also write the page here")
    given = parser.parse_args()
    options = Options(given.data and Path(given.data), given.seed, given.quick)
    sections = [given.only] if given.only else list(SECTIONS)
    lines = [line for name in sections for line in SECTIONS[name](options)]
    page = f"{table(lines)}\n\n{machine()}; seed {options.seed}.\n"
    print(page)
    if given.markdown:
        given.markdown.write_text(page, encoding="utf-8")


if __name__ == "__main__":
    main()
