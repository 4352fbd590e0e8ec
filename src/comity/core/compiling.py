"""Loops compiled by Numba, kept on disk where there is a place for it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from numba import njit


def compiled(**options: Any) -> Callable[[Callable[..., Any]], Any]:
    """Return a decorator: the function is compiled on its first call and kept for later programs.

    Numba keeps it beside the source or in the user's cache. Where neither can be written (a
    container that is read-only, a user without a home) Numba alone refuses to start; here each
    program compiles anew.

    Parameters
    ----------
    options : of `numba.njit`, such as ``nogil=True``.
    """

    def decorate(function: Callable[..., Any]) -> Any:
        try:
            return njit(cache=True, **options)(function)
        except RuntimeError:
            return njit(**options)(function)

    return decorate
