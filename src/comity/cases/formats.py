"""Cases from files of other tools: GENIUS domains, CaSiNo dialogues, Gambit games."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from comity.cases.case import Case


def is_foreign(path: str | Path) -> bool:
    """Tell whether a file is not a Case but something a Case can be made of."""
    return False


def read_foreign(path: str | Path, profiles: Sequence[str | Path] = ()) -> Case:
    """Return the Case that a file of another tool makes."""
    raise NotImplementedError
