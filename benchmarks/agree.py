"""How fast agreement is, beside what else there is, in one run on one core.

    python benchmarks/agree.py [--seed 0] [--quick] [--markdown PAGE.md]

Prints a table with ratios, and the growth of exact enumeration with the number of types. NegMAS
0.16 is compared with where it is installed (`pip install negmas==0.16.0`); it is no part of comity.
Times are processor time, the best of several runs; NegMAS, which takes long, runs once.
"""

from __future__ import annotations

import argparse
import itertools
import math
import os
import platform
import time
import tracemalloc
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path

import numpy as np

from comity.agreement.misreports.enumeration import enumerate_reports, enumerate_utilities
from comity.agreement.settle import Table
from comity.agreement.studies.batch import rounds
from comity.cases import Constitution
from comity.games import Issue, Negotiation, NormalForm
from comity.solutions import bargain, frontier

NO_DEAL = Constitution(disagreement="no-deal", default="no-deal", lotteries=False)


@dataclass(frozen=True)
class Line:
    """One line of the table: what, how long or how many, and against what."""

    what: str
    figure: str
    compared: str = ""
    target: str = ""


def best_time(run: Callable[[], object], repeats: int) -> float:
    """Return the shortest time of several runs, in seconds."""
    times = []
    for _ in range(repeats):
        start = time.process_time()
        run()
        times.append(time.process_time() - start)
    return min(times)


def additive(rng: np.random.Generator, issues: int, options: int) -> Negotiation:
    """Return a two-party domain with uniform random values."""
    names = [Issue(f"issue {k}", tuple(map(str, range(options)))) for k in range(issues)]
    values = {name: {issue.name: rng.random(options) for issue in names} for name in ("A", "B")}
    return Negotiation.additive(("A", "B"), names, values)


def domain_lines(rng: np.random.Generator, quick: bool, repeats: int) -> list[Line]:
    """Compare utilities and the exact frontier of a bilateral domain with NegMAS."""
    issues = 6 if quick else 8
    game = additive(rng, issues, 5)
    rows = game.values.reshape(2, issues, 5)

    def ours() -> int:
        fresh = Negotiation.additive(
            ("A", "B"),
            game.issues,
            {
                name: {i.name: rows[p, k] for k, i in enumerate(game.issues)}
                for p, name in enumerate(("A", "B"))
            },
        )
        utilities = fresh.payoff_points()
        found = frontier(fresh, lotteries=False)
        assert len(utilities) == 5**issues
        assert found.exact
        return len(np.unique(found.points.round(9), axis=0))

    size = ours()
    mine = best_time(ours, repeats)
    what = f"{5**issues:,} outcomes ({issues} issues x 5): utilities and exact frontier of {size}"
    other = negmas_domain(rows)
    if other is None:
        return [Line(what, f"{1e3 * mine:.1f} ms", "NegMAS is not installed", "1/200 of NegMAS")]
    seconds, points = other
    assert points == size, f"NegMAS finds {points} points, comity {size}"
    words = f"NegMAS {metadata.version('negmas')}: {seconds:.2f} s, {seconds / mine:,.0f} times"
    return [Line(what, f"{1e3 * mine:.1f} ms", words, "200 times")]


def negmas_domain(rows: np.ndarray) -> tuple[float, int] | None:
    """Return the time NegMAS takes for the same, and the size of its frontier."""
    try:
        from negmas import make_issue, make_os
        from negmas.preferences import LinearAdditiveUtilityFunction
        from negmas.preferences.ops import pareto_frontier
    except ImportError:
        return None
    issues = [
        make_issue([str(o) for o in range(rows.shape[2])], f"i{k}") for k in range(rows.shape[1])
    ]
    space = make_os(issues)
    ufuns = [
        LinearAdditiveUtilityFunction(
            {f"i{k}": {str(o): float(v) for o, v in enumerate(row)} for k, row in enumerate(party)},
            outcome_space=space,
        )
        for party in rows
    ]
    start = time.process_time()
    outcomes = list(space.enumerate_or_sample())
    for ufun in ufuns:
        for outcome in outcomes:
            ufun(outcome)
    points, _ = pareto_frontier(ufuns, outcomes=outcomes, sort_by_welfare=False)
    seconds = time.process_time() - start
    return seconds, len(np.unique(np.array(points).round(9), axis=0))


def round_lines(rng: np.random.Generator, quick: bool, repeats: int) -> list[Line]:
    """Time rounds of CGS on 5 x 5 games against one Case at a time, and look at their memory."""
    count = 20_000 if quick else 200_000
    truth = rng.normal(size=(count, 1, 2, 5, 5))
    models = truth + 0.3 * rng.normal(size=(count, 2, 2, 5, 5))
    rounds(models[:2])
    lines = []
    for label, tolerance in (("", None), (", with the gain rule", 0.0)):
        seconds = best_time(lambda t=tolerance: rounds(models, gain_tolerance=t), repeats)
        lines.append((label, count / seconds))
    single = models[:20]
    constitution = Constitution()

    def one_by_one() -> None:
        for pair in single:
            games = (NormalForm.from_payoffs(table, "AB", block="facts") for table in pair)
            Table.seat(dict(zip("AB", games, strict=True)), constitution).settle()

    slow = len(single) / best_time(one_by_one, 2)
    made = [
        Line(
            f"CGS rounds, 5 x 5, batch of {count:,}{label}",
            f"{speed:,.0f} a second",
            f"one Case at a time: {slow:,.0f} a second, {speed / slow:,.0f} times",
            "200,000 a second",
        )
        for label, speed in lines
    ]
    return [*made, Line("their memory", memory_words(models), "", "linear in the batch")]


def memory_words(models: np.ndarray) -> str:
    """Return peak memory a round beyond the input, for two sizes of batch."""
    sizes = []
    for share in (2, 1):
        batch = models[: len(models) // share]
        tracemalloc.start()
        rounds(batch)
        sizes.append(tracemalloc.get_traced_memory()[1] / len(batch))
        tracemalloc.stop()
    return " and ".join(f"{size:.0f} bytes a round" for size in sizes) + " (half, whole batch)"


def huge_lines(rng: np.random.Generator, repeats: int) -> list[Line]:
    """Bargain with lotteries on a domain that can never be listed."""
    game = additive(rng, 20, 10)
    start = np.array([3.0, 3.0])
    solution = bargain(game, "nash", start)
    seconds = best_time(lambda: bargain(game, "nash", start), repeats)
    size = frontier(game, lotteries=False).size
    return [
        Line(
            f"10^{round(math.log10(game.size))} outcomes: lottery Nash bargaining",
            f"{1e3 * seconds:.2f} ms, gap {solution.gap.value:g} ({solution.gap.kind})",
            f"frontier without lotteries: {size.kind.replace('_', ' ')} {size.value:.3g} outcomes",
            "10 ms, gap 0",
        )
    ]


def priorities(kinds: int) -> tuple[np.ndarray, np.ndarray]:
    """Return utilities of all orders of priorities over ``kinds`` things, three of each."""
    deals = np.array(list(itertools.product(range(4), repeat=kinds)))
    orders = np.array(list(itertools.permutations(range(3, 3 + kinds))), dtype=float)
    return orders @ deals.T, orders @ (3 - deals).T


def enumeration_lines(kinds: Sequence[int], repeats: int) -> list[Line]:
    """Work out gains from lying exactly, over all reports, as types and deals grow."""
    lines = []
    for k in kinds:
        utilities = priorities(k)
        found = enumerate_utilities(utilities, [5, 5])
        seconds = best_time(lambda u=utilities: enumerate_utilities(u, [5, 5]), repeats)
        t, x = utilities[0].shape
        gain = found.gain(0, "ex post").value
        lines.append(
            Line(
                f"all reports of {t} x {t} types over {x:,} deals",
                f"{1e3 * seconds:.2f} ms",
                f"ex post a lie gains {gain:.3f}"
                + (general_words(utilities, seconds) if k == 3 else ""),
                "milliseconds" if k == 3 else "",
            )
        )
    return lines


def general_words(utilities: Sequence[np.ndarray], seconds: float) -> str:
    """Return the time that the general machinery takes for the same."""
    issue = [Issue("deal", tuple(map(str, range(utilities[0].shape[1]))))]
    types = {
        name: [Negotiation.tabulated(("A", "B"), issue, [row, row], reservation=5) for row in rows]
        for name, rows in zip("AB", utilities, strict=True)
    }
    slow = best_time(lambda: enumerate_reports(types, NO_DEAL), 1)
    return f"; under any constitution {1e3 * slow:,.0f} ms, {slow / seconds:,.0f} times as long"


def machine() -> str:
    """Return the machine and versions in words."""
    name = platform.processor() or platform.machine()
    info = Path("/proc/cpuinfo")
    if info.exists():
        models = [line for line in info.read_text().splitlines() if line.startswith("model name")]
        name = models[0].split(":", 1)[1].strip() if models else name
    versions = [f"{p} {metadata.version(p)}" for p in ("comity", "numpy", "scipy", "numba")]
    return f"{name}; Python {platform.python_version()}, {', '.join(versions)}"


def table(lines: Sequence[Line]) -> str:
    """Return the lines as a Markdown table."""
    rows = [("what", "figure", "compared with", "aim")]
    rows += [("---",) * 4, *((li.what, li.figure, li.compared, li.target) for li in lines)]
    return "\n".join("| " + " | ".join(row) + " |" for row in rows)


def main() -> None:
    """Run everything and print it."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--quick", action="store_true", help="smaller sizes, for a first look")
    parser.add_argument("--markdown", type=Path, help="also write the page here")
    options = parser.parse_args()
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})
    rng = np.random.default_rng(options.seed)
    repeats = 2 if options.quick else 5
    lines = [
        *domain_lines(rng, options.quick, repeats),
        *round_lines(rng, options.quick, repeats),
        *huge_lines(rng, repeats),
        *enumeration_lines((2, 3, 4) if options.quick else (2, 3, 4, 5), repeats),
    ]
    page = f"{table(lines)}\n\n{machine()}; one core, seed {options.seed}.\n"
    print(page)
    if options.markdown:
        options.markdown.write_text(page, encoding="utf-8")


if __name__ == "__main__":
    main()
