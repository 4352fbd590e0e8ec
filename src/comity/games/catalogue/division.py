"""Dividing something between two."""

from __future__ import annotations

import numpy as np

from comity.core.errors import InputError
from comity.games.issues import Issue
from comity.games.negotiation import Negotiation


def divide_the_pie(k: int = 10) -> Negotiation:
    """Return the division of a pie in ``k`` pieces, worth 1 in all, with nothing for no deal.

    Raises `InputError` for k < 1. Source: Nash (1950), *The bargaining problem*, Econometrica
    18(2).
    """
    if k < 1:
        raise InputError("there are no pieces", place="k", found=k, expected="1 or more")
    pieces = Issue.integers("pieces for Ana", 0, k)
    share = np.arange(k + 1) / k
    values = {"Ana": {pieces.name: share}, "Bo": {pieces.name: 1 - share}}
    return Negotiation.additive(["Ana", "Bo"], [pieces], values, title="Divide the pie")
