"""How fast the solutions are: against NegMAS on one domain, and alone where nothing compares.

    python benchmarks/solve.py [--seed 0] [--repeats 5]

Every time is the best of the repeats, after one call that warms up; a fresh domain each time, so
that nothing is remembered. Prints machine, versions and seed.
"""

from __future__ import annotations

import argparse
import platform
import time
from collections.abc import Callable
from importlib.metadata import version

import numpy as np

from comity.games import Issue, Negotiation
from comity.solutions import bargain, certify, frontier
from comity.solutions.kernels import maximin_batch, nash_batch

ISSUES, CHOICES = 8, 5
CONCEPTS = ("nash", "kalai-smorodinsky", "egalitarian", "utilitarian")


def best_time(make: Callable[[], object], work: Callable, repeats: int) -> float:
    """Return the shortest time in seconds of ``work(make())``, making not counted."""
    times = []
    for _ in range(repeats + 1):
        made = make()
        start = time.perf_counter()
        work(made)
        times.append(time.perf_counter() - start)
    return min(times[1:])


def domain(values: np.ndarray, reservation: float = 0.0) -> Negotiation:
    """Return the additive negotiation with these values, shape (parties, issues, choices)."""
    parties, issues, choices = values.shape
    names = [f"P{i}" for i in range(parties)]
    return Negotiation.additive(
        names,
        [Issue.integers(f"issue {k}", 1, choices) for k in range(issues)],
        {p: {f"issue {k}": values[i, k] for k in range(issues)} for i, p in enumerate(names)},
        reservation=reservation,
    )


def negmas_utilities(values: np.ndarray) -> tuple[tuple, tuple]:
    """Return the same utilities and issues for NegMAS."""
    from negmas.outcomes import make_issue
    from negmas.preferences import LinearAdditiveUtilityFunction
    from negmas.preferences.value_fun import TableFun

    names = [str(c) for c in range(values.shape[2])]
    issues = tuple(make_issue(names, name=f"issue {k}") for k in range(values.shape[1]))
    tables = [
        [TableFun(dict(zip(names, map(float, row), strict=True))) for row in party]
        for party in values
    ]
    return tuple(LinearAdditiveUtilityFunction(t, issues=issues) for t in tables), issues


def ours(game: Negotiation) -> np.ndarray:
    game.payoff_points()
    return frontier(game, lotteries=False).points


def theirs(made: tuple[tuple, tuple]) -> np.ndarray:
    from negmas.preferences.ops import pareto_frontier

    utilities, issues = made
    return np.array(pareto_frontier(utilities, issues=issues, sort_by_welfare=True)[0])


def against_negmas(rng: np.random.Generator, repeats: int) -> None:
    values = rng.random((2, ISSUES, CHOICES))
    found, expected = ours(domain(values)), theirs(negmas_utilities(values))
    same = len(found) == len(expected) and np.allclose(
        found, expected[np.argsort(-expected[:, 0])], atol=1e-9
    )
    mine = best_time(lambda: domain(values), ours, repeats)
    other = best_time(lambda: negmas_utilities(values), theirs, min(repeats, 3))
    print(f"all utilities and the frontier of {CHOICES**ISSUES:,} outcomes, two parties")
    print(f"  comity  {mine * 1e3:9.2f} ms, {len(found)} undominated outcomes")
    print(f"  NegMAS  {other * 1e3:9.2f} ms, {len(expected)} listed, the same: {same}")
    print(f"  ratio   {other / mine:9.0f}")
    table = domain(values)
    points = table.payoff_points().T.reshape(2, *table.shape)
    listed = best_time(
        lambda: Negotiation.tabulated(table.players, table.issues, points),
        lambda game: frontier(game, lotteries=False),
        repeats,
    )
    print(f"  the frontier alone from a table, without using sums: {listed * 1e3:.2f} ms")


def huge(rng: np.random.Generator, repeats: int) -> None:
    values = rng.random((2, 20, 10))
    print(f"additive domain of {10**20:.0e} outcomes (20 issues of 10 options), two parties")
    for concept in CONCEPTS:
        spent = best_time(
            lambda: domain(values, 4.0), lambda d, c=concept: bargain(d, c, d.reservation), repeats
        )
        answer = bargain(domain(values, 4.0), concept, np.full(2, 4.0))
        print(f"  {concept:18s} {spent * 1e3:7.2f} ms, gap {answer.gap}")
    for lotteries in (True, False):
        spent = best_time(
            lambda: domain(values), lambda d, lot=lotteries: frontier(d, lotteries=lot), repeats
        )
        answer = frontier(domain(values), lotteries=lotteries)
        kind = "corners" if lotteries else "undominated deals"
        count = f"{len(answer.points)} {kind}; undominated: {answer.size}"
        print(f"  frontier           {spent * 1e3:7.2f} ms, {count}")
    play = bargain(domain(values, 4.0), "nash", np.full(2, 4.0)).play
    spent = best_time(lambda: domain(values, 4.0), lambda d: certify(d, play), repeats)
    print(f"  certify            {spent * 1e3:7.2f} ms")


def many_parties(rng: np.random.Generator, repeats: int) -> None:
    for parties in (3, 5):
        values = rng.random((parties, 20, 10))
        print(f"the same with {parties} parties, by column generation")
        for concept in CONCEPTS:
            spent = best_time(
                lambda v=values: domain(v, 4.0),
                lambda d, c=concept: bargain(d, c, d.reservation),
                repeats,
            )
            print(f"  {concept:18s} {spent * 1e3:7.2f} ms")


def batch(rng: np.random.Generator, repeats: int) -> None:
    games = rng.normal(size=(100_000, 2, 5, 5))
    levels = best_time(lambda: games, maximin_batch, repeats)
    both = best_time(lambda: games, nash_batch, repeats)
    print("5 x 5 games, compiled, one core")
    print(f"  security levels                     {len(games) / levels:12,.0f} games/s")
    print(f"  security levels and Nash bargaining {len(games) / both:12,.0f} games/s")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--repeats", type=int, default=5)
    arguments = parser.parse_args()
    rng = np.random.default_rng(arguments.seed)
    libraries = ("comity", "numpy", "scipy", "numba", "negmas")
    print(f"{platform.processor() or platform.machine()}, Python {platform.python_version()},")
    print(", ".join(f"{name} {version(name)}" for name in libraries) + f", seed {arguments.seed}")
    for part in (against_negmas, huge, many_parties, batch):
        print()
        part(rng, arguments.repeats)


if __name__ == "__main__":
    main()
