"""How long a ranked search takes among 2,000 and among 200,000 entries."""

from __future__ import annotations

import os
import sys
import tempfile
import time
from itertools import accumulate
from pathlib import Path
from random import Random

import numpy as np

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT / "tests"))

from comity.core.database import transaction  # noqa: E402
from comity.newsletter.model.columns import EmailStatus, Publicity  # noqa: E402
from comity.newsletter.model.entry import Entry  # noqa: E402
from comity.newsletter.search.found import Filters  # noqa: E402
from comity.newsletter.store.store import Store, write_entries, write_issues  # noqa: E402
from newsletter_world import make_archive  # noqa: E402

QUERIES = 2_000
WORDS = 50_000
"""Different words of the large database; the n-th most frequent is as frequent as 1 / (n + 2)."""
KINDS = ("one word", "two words", "three words, the last unfinished", "a phrase", "with filters")


def measure() -> list[str]:
    """Return the section on searching."""
    rows = []
    for name, make in (("2,000", _small), ("200,000", _large)):
        with tempfile.TemporaryDirectory() as folder:
            store = Store.open(Path(folder) / "newsletter.db")
            vocabulary = make(store)
            start = time.perf_counter(), time.process_time()
            store.search("the", audience="public")
            built = time.perf_counter() - start[0], time.process_time() - start[1]
            rng = Random(1)
            every: list[tuple[float, float]] = []
            for kind in KINDS:
                found = [_time(store, kind, vocabulary, rng) for _ in range(QUERIES // len(KINDS))]
                every += found
                rows.append(f"| {name} | {kind} | {_cells(found)} |")
            rows.append(f"| {name} | **all** | {_cells(every)} |")
            made = f"{built[0]:.1f} s ({built[1]:.1f} s)"
            rows.append(f"| {name} | the first, which makes the index | {made} | | | |")
            store.close()
    load = os.getloadavg()[0]
    return [
        "## Search",
        "",
        f"{QUERIES:,} queries for the 20 best of the public view, each from the text of the query",
        "to titles and snippets with the words marked, in one process. Words are drawn as often as",
        "texts hold them, so the most frequent are asked for most. The 2,000 entries are those of",
        "the synthetic publication, where most words are in most entries; the 200,000 have 90",
        f"words each, of {WORDS:,} by Zipf's law. Milliseconds of the wall clock and of the",
        "processor, which other programs on the machine slow down less:",
        f"{load:.1f} processes were ready to run on average at the end.",
        "",
        "| entries | query | median | p99 | worst | p99, processor |",
        "|---|---|---|---|---|---|",
        *rows,
    ]


def _cells(found: list[tuple[float, float]]) -> str:
    """Return quantiles of wall time and of processor time, in milliseconds."""
    wall, processor = (np.array(times) * 1e3 for times in zip(*found, strict=True))
    values = (*np.percentile(wall, (50, 99, 100)), np.percentile(processor, 99))
    return " | ".join(f"{value:.1f}" for value in values)


def _small(store: Store) -> list[str]:
    publication, archive, _ = make_archive()
    del publication
    with transaction(store.engine, writes=True) as connection:
        write_issues(connection, archive.issues)
        write_entries(connection, archive.entries)
    words = [word for entry in archive.entries for word in entry.summary.split() if word.isalpha()]
    return Random(0).choices(words, k=10_000)


def _large(store: Store) -> list[str]:
    rng = Random(0)
    words = [f"{_syllables(rng)}{k:x}" for k in range(WORDS)]
    weights = list(accumulate(1 / (k + 3) for k in range(WORDS)))
    with transaction(store.engine, writes=True) as connection:
        for start in range(0, 200_000, 10_000):
            drawn = iter(rng.choices(words, cum_weights=weights, k=10_000 * 90))
            entries = [
                Entry(
                    f"{start + k:010d}",
                    title=" ".join(next(drawn) for _ in range(8)),
                    summary=" ".join(next(drawn) for _ in range(82)),
                    category=f"Category {k % 9}",
                    year=str(2000 + k % 25),
                    public=Publicity.YES,
                    email_status=EmailStatus.NOT_APPLICABLE,
                    position=start + k,
                )
                for k in range(10_000)
            ]
            write_entries(connection, entries)
    return rng.choices(words, cum_weights=weights, k=10_000)


def _syllables(rng: Random) -> str:
    return "".join(rng.choice(("ba", "co", "di", "fe", "gu", "lo", "mi", "na")) for _ in range(3))


def _time(store: Store, kind: str, vocabulary: list[str], rng: Random) -> tuple[float, float]:
    one, two, three = (rng.choice(vocabulary) for _ in range(3))
    filters = Filters()
    if kind == "one word":
        text = f"{one} "
    elif kind == "two words":
        text = f"{one} {two} "
    elif kind == "a phrase":
        text = f'"{one} {two}"'
    elif kind == "with filters":
        text, filters = f"{one} ", Filters(year=str(rng.randrange(2015, 2021)))
    else:
        text = f"{one} {two} {three[: max(2, len(three) - 2)]}"
    start = time.perf_counter(), time.process_time()
    store.search(text, filters, audience="public")
    return time.perf_counter() - start[0], time.process_time() - start[1]
