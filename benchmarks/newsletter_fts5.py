"""The same queries asked of SQLite's FTS5 over the same texts: a peer for ranked search.

FTS5 ranks by its own BM25 and gives the row numbers of the 20 best, without titles and snippets.
"""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Iterable
from contextlib import closing

import numpy as np

MAKE = "CREATE VIRTUAL TABLE texts USING fts5(title, summary, prefix='2 3 4 5 6')"
FIND = "SELECT rowid FROM texts WHERE texts MATCH ? ORDER BY rank LIMIT 20"
EACH = 40
"""Queries of a kind."""


def medians(
    texts: Iterable[tuple[str, str]], asked: dict[str, list[str]]
) -> tuple[float, dict[str, tuple[float, float]]]:
    """Return the seconds that its index takes, and of each kind the median and p99 in ms.

    Parameters
    ----------
    texts : title and summary of each entry.
    asked : of each kind the queries, as somebody types them at our search.
    """
    with closing(sqlite3.connect(":memory:")) as database:
        start = time.perf_counter()
        database.execute(MAKE)
        database.executemany("INSERT INTO texts VALUES (?, ?)", texts)
        database.execute("INSERT INTO texts(texts) VALUES ('optimize')")
        built = time.perf_counter() - start
        found = {}
        for kind, queries in asked.items():
            times = [_time(database, _spelled(query)) * 1e3 for query in queries[:EACH]]
            found[kind] = (float(np.median(times)), float(np.percentile(times, 99)))
    return built, found


def _spelled(query: str) -> str:
    """Return a query as FTS5 wants it: the last word goes on unless a blank or quote ends it."""
    if query.startswith('"'):
        return query
    words = " ".join(f'"{word}"' for word in query.split())
    return words if query.endswith(" ") else f"{words}*"


def _time(database: sqlite3.Connection, query: str) -> float:
    start = time.perf_counter()
    database.execute(FIND, (query,)).fetchall()
    return time.perf_counter() - start
