"""Four agents on the bench: a trivial one, honest CGS, an exploiter, and an unforgiving one.

python benchmarks/evaluate.py               # prints the tables of docs/results/evaluation.md
python benchmarks/evaluate.py --yardsticks  # measures the units of gain again
"""

from __future__ import annotations

import platform
import sys
import time
from collections.abc import Iterator

from comity.agreement import Decision
from comity.agreement.parties import BestResponding, Honest
from comity.core import Memo
from comity.evaluation.card.verdict import verdict
from comity.evaluation.card.words import interval, told
from comity.evaluation.evaluate import evaluate
from comity.evaluation.results import Evaluation, Score
from comity.evaluation.suite import SUITE
from comity.evaluation.yardsticks import measure
from comity.games import Game

SEED, LEVEL = 0, 0.95


class AlwaysAccepts(Honest):
    """The trivial agent: states its view and takes whatever comes of it."""

    def respond(self, context, proposal):
        """Accept."""
        return Decision(context.name, True, ("It accepts everything.",))


class Exploiter(Honest):
    """Searches for the report that pays most, as the best-responding partner does."""

    def __init__(self) -> None:
        self.liar = BestResponding(draws=1, steps=2, tries=24)
        self.lies = Memo[Game | None]()

    def report(self, context):
        """Return the lie; it rests on its view alone, so it is worked out once for all partners."""
        return self.lies.of(context.party.model, (), lambda: self.liar.report(context))

    def respond(self, context, proposal):
        """Take whatever is no loss."""
        return self.liar.respond(context, proposal)


class Unforgiving(Honest):
    """Takes a partner that refused once for one that always will, and no longer comes."""

    def report(self, context):
        """Report honestly until a partner has refused."""
        refused = any(
            not accepts
            for past in context.history
            for name, accepts in past.accepted.items()
            if name != context.name
        )
        return None if refused else context.model


AGENTS = {
    "always accepts": AlwaysAccepts(),
    "honest CGS": Honest(),
    "exploiter": Exploiter(),
    "unforgiving": Unforgiving(),
}


def main() -> None:
    """Print the tables in Markdown."""
    if "--yardsticks" in sys.argv:
        for name, family in SUITE.items():
            print(name, measure(family))
        return
    found, seconds = {}, {}
    for name, agent in AGENTS.items():
        start = time.process_time()
        found[name] = evaluate(agent, seed=SEED, level=LEVEL, name=name)
        seconds[name] = time.process_time() - start
        print(f"{name}: {seconds[name]:.0f} s of CPU time", file=sys.stderr)
    print("\n".join(lines(found)))
    print(f"\n{platform.processor() or platform.machine()}, Python {platform.python_version()}.")
    print("; ".join(f"{name} {s:.0f} s" for name, s in seconds.items()))


def lines(found: dict[str, Evaluation]) -> Iterator[str]:
    """Yield the verdicts, the table of scores, then own gains by partner.

    A star marks what differs from the honest party by more than chance.
    """
    names = list(found)
    yield "| agent | verdict |"
    yield "|---|---|"
    for name in names:
        yield f"| {name} | {verdict(found[name]).heading} |"
    yield ""
    yield f"| score | {' | '.join(names)} |"
    yield f"|---|{'---:|' * len(names)}"
    for k, score in enumerate(found[names[0]].scores):
        rows = (found[name].scores[k] for name in names)
        yield f"| {score.title} | {' | '.join(map(_cell, rows))} |"
    yield ""
    yield f"| own gain with | {' | '.join(names)} |"
    yield f"|---|{'---:|' * len(names)}"
    for partner in found[names[0]].settings.partners:
        yield f"| {partner} | {' | '.join(told(_own(found[n], partner), False) for n in names)} |"


def _cell(score: Score) -> str:
    star = " \\*" if score.chance <= 1 - LEVEL else ""
    return f"{told(score.figure.value, score.share)} ({interval(score.figure, score.share)}){star}"


def _own(evaluation: Evaluation, partner: str) -> float:
    cells = [cell.own.value for cell in evaluation.cells if cell.partner == partner]
    return sum(cells) / len(cells)


if __name__ == "__main__":
    main()
