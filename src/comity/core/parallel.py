"""Work in several processes through joblib, whatever its backend."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any


def results(calls: Iterable[Any], jobs: int) -> Iterator[Any]:
    """Return the results of ``joblib.delayed`` calls in their order, each as soon as it is there.

    Backends that give all results at the end, such as Ray's, are asked for that.
    """
    from joblib import Parallel

    try:
        pool = Parallel(n_jobs=jobs, return_as="generator")
    except ValueError:
        pool = Parallel(n_jobs=jobs)
    return iter(pool(calls))
