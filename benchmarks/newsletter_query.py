"""How long a ranked search takes among 2,000 and among 200,000 entries."""

from __future__ import annotations

import os
import resource
import sys
import tempfile
import time
from dataclasses import replace
from itertools import accumulate
from pathlib import Path
from random import Random
from typing import NamedTuple

import newsletter_fts5
import numpy as np
from sqlalchemy import select

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT / "tests"))

from comity.core.database import transaction  # noqa: E402
from comity.newsletter.model.columns import EmailStatus, Publicity  # noqa: E402
from comity.newsletter.model.entry import Entry  # noqa: E402
from comity.newsletter.search.found import Filters  # noqa: E402
from comity.newsletter.search.tokens import words  # noqa: E402
from comity.newsletter.store.rows import entry_of_row  # noqa: E402
from comity.newsletter.store.store import Store, write_entries, write_issues  # noqa: E402
from comity.newsletter.store.tables.content import ENTRIES  # noqa: E402
from newsletter_world import make_archive  # noqa: E402

WORDS = 50_000
"""Different words of the large database; the n-th most frequent is as frequent as 1 / (n + 2)."""
KINDS = (
    "one word",
    "two words",
    "one word, unfinished",
    "three words, the last unfinished",
    "a phrase of two words",
    "a phrase of three words",
    "with filters",
)
EACH = 400
"""Queries of a kind."""
SAVES = 60
"""Entries that are corrected one after another."""
SHORTEST = 2
"""Letters of an unfinished word."""

HOW = """\
{queries:,} queries in random order for the 20 best of the public view, each from the text of the
query to titles and snippets with the words marked, one after another in one process. What a process
keeps of words that were asked for before is empty at first. Every word is that at a place drawn
uniformly in the summary of an entry drawn uniformly, so words are asked for as often as texts hold
them; a phrase is words that stand together there, an unfinished word is cut to {shortest} or more
letters, each number alike, and filters ask for the year of an entry and, every second time, its
category. The 2,000 entries are those of the synthetic publication, where most words are in most
entries; the 200,000 have 90 words each, of {words:,} by Zipf's law. Milliseconds of the wall clock,
and of the processor, which other programs on the machine slow down less: {load:.1f} processes were
ready to run on average at the end. {saves} entries get another word at the beginning of their
summary, one after another, and after each one search brings the index up to date.
"""


PEER = """\
The same of SQLite's FTS5, over titles and summaries in memory, {each} queries of a kind: it ranks
by its own BM25 and gives row numbers alone, where ours gives titles and snippets too. Milliseconds
of the wall clock.
"""


class Drawn(NamedTuple):
    """An entry that queries are drawn from: words of its summary, and what filters ask for."""

    words: list[str]
    year: str
    category: str


def measure() -> list[str]:
    """Return the section on searching."""
    rows, sizes, peers = [], [], []
    for name, make in (("2,000", _small), ("200,000", _large)):
        with tempfile.TemporaryDirectory() as folder:
            store = Store.open(Path(folder) / "newsletter.db")
            drawn = make(store)
            start = time.perf_counter(), time.process_time()
            store.search("the", audience="public")
            built = time.perf_counter() - start[0], time.process_time() - start[1]
            rng = Random(1)
            order = [*KINDS] * EACH
            rng.shuffle(order)
            asked = [(kind, *_query(kind, drawn, rng)) for kind in order]
            timed = [(kind, _time(store, text, filters)) for kind, text, filters in asked]
            for kind in KINDS:
                found = [times for other, times in timed if other == kind]
                rows.append(f"| {name} | {kind} | {_cells(found)} |")
            every = [times for _, times in timed]
            rows.append(f"| {name} | **all** | {_cells(every)} |")
            made = f"{built[0]:.1f} s ({built[1]:.1f} s)"
            rows.append(f"| {name} | the first, which makes the index | {made} | | | |")
            rows += [f"| {name} | {what} | {_cells(times)} |" for what, times in _saves(store)]
            sizes.append(_size(name, store))
            peers += _peer(name, store, asked, timed)
            store.close()
    load = os.getloadavg()[0]
    return [
        "## Search",
        "",
        HOW.format(
            queries=len(KINDS) * EACH, shortest=SHORTEST, words=WORDS, load=load, saves=SAVES
        ),
        "| entries | query | median | p99 | worst | p99, processor |",
        "|---|---|---|---|---|---|",
        *rows,
        "",
        " ".join(sizes),
        "",
        PEER.format(each=newsletter_fts5.EACH),
        "| entries | query | FTS5, median | FTS5, p99 | median of FTS5 / ours |",
        "|---|---|---|---|---|",
        *peers,
    ]


def _peer(
    name: str,
    store: Store,
    asked: list[tuple[str, str, Filters]],
    timed: list[tuple[str, tuple[float, float]]],
) -> list[str]:
    """Return how long FTS5 takes for the queries that have no filters, beside our search."""
    kinds = [kind for kind in KINDS if kind != "with filters"]
    queries = {kind: [text for other, text, _ in asked if other == kind] for kind in kinds}
    with transaction(store.engine, writes=False) as connection:
        texts = connection.execute(select(ENTRIES.c.title, ENTRIES.c.summary)).all()
    built, found = newsletter_fts5.medians(map(tuple, texts), queries)
    rows = []
    for kind, (median, p99) in found.items():
        ours = 1e3 * float(np.median([times[0] for other, times in timed if other == kind]))
        rows.append(f"| {name} | {kind} | {median:.1f} | {p99:.1f} | {median / ours:.1f} |")
    return [*rows, f"| {name} | its index | {built:.1f} s | | |"]


def _saves(store: Store) -> list[tuple[str, list[tuple[float, float]]]]:
    """Return how long it takes to store a corrected entry, and to search next."""
    with transaction(store.engine, writes=False) as connection:
        found = connection.execute(select(ENTRIES).limit(SAVES)).mappings().all()
    saved, searched = [], []
    for row in found:
        entry = entry_of_row(row)
        start = time.perf_counter(), time.process_time()
        store.save_entries([replace(entry, summary=f"Corrected: {entry.summary}")])
        saved.append((time.perf_counter() - start[0], time.process_time() - start[1]))
        searched.append(_time(store, "corrected", Filters()))
    return [("a corrected entry is stored", saved), ("the search after that", searched)]


def _size(name: str, store: Store) -> str:
    """Return how large the file has become, and the process at most."""
    process = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    file = store.path.stat().st_size / 1e6
    return (
        f"With {name} entries the database takes {file:.0f} MB,"
        f" the process {process:.0f} MiB at most."
    )


def _cells(found: list[tuple[float, float]]) -> str:
    """Return quantiles of wall time and of processor time, in milliseconds."""
    wall, processor = (np.array(times) * 1e3 for times in zip(*found, strict=True))
    values = (*np.percentile(wall, (50, 99, 100)), np.percentile(processor, 99))
    return " | ".join(f"{value:.1f}" for value in values)


def _small(store: Store) -> list[Drawn]:
    _, archive, _ = make_archive()
    with transaction(store.engine, writes=True) as connection:
        write_issues(connection, archive.issues)
        write_entries(connection, archive.entries)
    texts = ((words(entry.summary), entry) for entry in archive.entries if "@" not in entry.summary)
    return [Drawn(text, entry.year, entry.category) for text, entry in texts if len(text) > 2]


def _large(store: Store) -> list[Drawn]:
    rng = Random(0)
    found = []
    vocabulary = [f"{_syllables(rng)}{k:x}" for k in range(WORDS)]
    weights = list(accumulate(1 / (k + 3) for k in range(WORDS)))
    with transaction(store.engine, writes=True) as connection:
        for start in range(0, 200_000, 10_000):
            drawn = iter(rng.choices(vocabulary, cum_weights=weights, k=10_000 * 90))
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
            found += [Drawn(e.summary.split(), e.year, e.category) for e in entries[::10]]
    return found


def _syllables(rng: Random) -> str:
    return "".join(rng.choice(("ba", "co", "di", "fe", "gu", "lo", "mi", "na")) for _ in range(3))


def _query(kind: str, drawn: list[Drawn], rng: Random) -> tuple[str, Filters]:
    entry = rng.choice(drawn)
    one, two, three = (rng.choice(rng.choice(drawn).words) for _ in range(3))
    length = 3 if "three" in kind else 2
    place = rng.randrange(len(entry.words) - length + 1)
    texts = {
        "one word": f"{one} ",
        "two words": f"{one} {two} ",
        "one word, unfinished": _cut(one, rng),
        "three words, the last unfinished": f"{one} {two} {_cut(three, rng)}",
        "with filters": f"{one} ",
    }
    phrase = f'"{" ".join(entry.words[place : place + length])}"'
    category = entry.category if kind == "with filters" and rng.random() < 0.5 else ""
    year = entry.year if kind == "with filters" else ""
    return texts.get(kind, phrase), Filters(category=category, year=year)


def _cut(word: str, rng: Random) -> str:
    return word[: rng.randrange(SHORTEST, max(SHORTEST + 1, len(word)))]


def _time(store: Store, text: str, filters: Filters) -> tuple[float, float]:
    start = time.perf_counter(), time.process_time()
    store.search(text, filters, audience="public")
    return time.perf_counter() - start[0], time.process_time() - start[1]
