"""Planted parameters of every explanation that comity ships come back, and sets cover: how often.

For each explanation of the catalogue (every motive with logit choice, every procedure with own
payoffs) parameters are drawn from their typical intervals, decisions are simulated, and all is
estimated again, 2,000 times. Then the sets: explanations left standing, predictions where a
parameter is not identified, payoffs from logit play, and weights of zero-sum games.

    python benchmarks/recovery.py [--report PAGE.md] [--store FIGURES.json] [--replications 2000]
                                  [--seed 0] [--only NAME ...]

What comes out off is run again with four times as many decisions. With a store, what it holds is
not run again. Takes about an hour of one core, half of it for planners and quantal response.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Any

from recovery_report import any_off, report
from recovery_sets import STUDIES

from comity.core.files import write_atomic
from comity.inference.estimation.recovery import recover
from comity.inference.estimation.recovery_designs import design_for
from comity.inference.explanations import MOTIVES, PROCEDURES, Explanation, explain

Record = dict[str, Any]
TIMES = 4
"""How many times as many decisions there are where something was off."""
STARTS = {"moral-opportunist x logit": 16}
"""Searches in each replication, where two of them miss better maxima."""


def shipped() -> tuple[Explanation, ...]:
    """Return every motive with logit choice, and every other procedure with own payoffs.

    What has no parameters has nothing to recover.
    """
    motives = (explain(name, "logit") for name in MOTIVES)
    procedures = (explain("own-payoff", name) for name in PROCEDURES if name != "logit")
    return tuple(e for e in (*motives, *procedures) if e.parameters)


def tasks(replications: int, seed: int) -> Iterator[tuple[str, Callable[[], Record]]]:
    """Yield every study by name, as something to run."""
    for explanation in shipped():
        yield explanation.name, partial(_recovered, explanation, replications, seed)
    for name, study in STUDIES.items():
        yield name, partial(study, replications, seed)


def _recovered(explanation: Explanation, replications: int, seed: int, times: int = 1) -> Record:
    starts = STARTS.get(explanation.name, 2)
    design = design_for(explanation)
    if times > 1:
        design = design_for(explanation, decisions=times * len(design))
    found = recover(explanation, design, replications=replications, starts=starts, rng=seed)
    return found.to_dict() | ({"times": times} if times > 1 else {})


def run(
    replications: int, seed: int, store: Path | None = None, only: list[str] | None = None
) -> list[Record]:
    """Return the record of every study, and keep each in the store as soon as it is there."""
    kept = json.loads(store.read_text()) if store is not None and store.exists() else {}
    records = []
    for name, study in tasks(replications, seed):
        if not only or name in only:
            records.append(_kept(kept, name, study, seed, store))
    for explanation in shipped():
        first = kept.get(explanation.name)
        if first in records and any_off(first):
            more = partial(_recovered, explanation, replications, seed, TIMES)
            records.append(_kept(kept, f"{explanation.name}, more", more, seed, store))
    return records


def _kept(
    kept: dict[str, Record], name: str, study: Callable[[], Record], seed: int, store: Path | None
) -> Record:
    """Return a record, made now unless it was kept."""
    if name not in kept:
        start = time.process_time()
        found = study()
        kept[name] = {**found, "seed": seed, "seconds": time.process_time() - start}
        if store is not None:
            write_atomic(store, json.dumps(kept))
        print(f"{name}: {kept[name]['seconds']:.0f} s", file=sys.stderr, flush=True)
    return kept[name]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--report", type=Path, help="write the page here")
    parser.add_argument("--store", type=Path, help="figures so far, to go on from")
    parser.add_argument("--replications", type=int, default=2000)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--only", nargs="*", help="names of explanations or studies")
    given = parser.parse_args()
    page = report(run(given.replications, given.seed, given.store, given.only))
    if given.report:
        write_atomic(given.report, page)
    print(page)


if __name__ == "__main__":
    main()
