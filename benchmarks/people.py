"""Why real people acted as they did: five published data sets, beside published figures.

Prints a page of Markdown: a table of what others reported, or of a yardstick that knows no motive,
beside what comity finds, and a section for each data set. Results that go against comity stay in.

    python benchmarks/people.py --data DIR [--report PAGE.md] [--seed 0]

DIR, or the variable COMITY_DATA, holds the files named in `FILES`. Takes about ten minutes.
"""

from __future__ import annotations

import argparse
import os
import sys
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

import people_budgets
import people_dilemma
import people_sharing
import people_trust
import people_ultimatum
from people_page import page
from people_words import Section

from comity.core.errors import InputError
from comity.core.files import write_atomic

CASES = Path(__file__).parents[1] / "examples" / "behaviour"
SPLITS = 2
"""Halves of everybody's decisions are drawn so many times where people share."""
STUDIES: dict[str, Callable[[Path, Path, int], Section]] = {
    "sharing": partial(people_sharing.study, splits=SPLITS),
    "trust": people_trust.study,
    "ultimatum": people_ultimatum.study,
    "dilemma": people_dilemma.study,
    "budgets": people_budgets.study,
}
FILES = tuple(
    part.DATA
    for part in (people_sharing, people_trust, people_ultimatum, people_dilemma, people_budgets)
)


def main() -> int:
    parser = argparse.ArgumentParser(description="Why real people acted as they did.")
    parser.add_argument("--data", type=Path, default=os.environ.get("COMITY_DATA", "."))
    parser.add_argument("--report", type=Path, help="write the page here as well")
    parser.add_argument("--seed", type=int, default=0)
    given = parser.parse_args()
    try:
        check_data(given.data)
        found = {name: told(name, given.data, given.seed) for name in STUDIES}
    except InputError as error:
        print(error, file=sys.stderr)
        return 2
    text = page(found, given.seed)
    if given.report:
        write_atomic(given.report, text)
    print(text)
    return 0


def check_data(folder: Path) -> None:
    """Raise `InputError` where a file is missing, before any time is spent."""
    missing = [name for name in FILES if not (folder / name).is_file()]
    if missing:
        raise InputError(
            "data are missing",
            place="--data, or COMITY_DATA",
            found=f"no {', no '.join(missing)} in {folder}",
            expected="the folder that holds them",
        )


def told(name: str, folder: Path, seed: int) -> Section:
    """Return a section, and tell how long it took."""
    start = time.monotonic()
    print(f"{name} ...", end=" ", file=sys.stderr, flush=True)
    found = STUDIES[name](folder, CASES, seed)
    print(f"{time.monotonic() - start:.0f} s", file=sys.stderr, flush=True)
    return found


if __name__ == "__main__":
    sys.exit(main())
