"""The numbers behind a difference between views, for every party at the table."""

from __future__ import annotations

import numpy as np

from comity.agreement.compare import pieces_of
from comity.agreement.report.words import several
from comity.agreement.results import Difference
from comity.cases import Case
from comity.core.page.words import clean, number
from comity.games import Block
from comity.games.blocks import BlockModel


def indices(case: Case, difference: Difference) -> np.ndarray:
    """Return the entries of the block that a difference is about and on which its pair differs."""
    first, second = (_block(case, name, difference.block) for name in difference.parties)
    differs = ~np.isclose(first.values, second.values, rtol=1e-9, atol=1e-9)
    model = case.models[difference.parties[0]]
    for piece in pieces_of(model, first, differs):
        if piece.label == difference.part:
            return piece.indices[differs[piece.indices]]
    return np.flatnonzero(differs)


def _block(case: Case, name: str, block: str) -> Block:
    return case.models[name].blocks()[block]


def what(case: Case, difference: Difference) -> str:
    """Return what a difference is about, in words that continue a sentence."""
    block = _block(case, difference.parties[0], difference.block)
    if block.kind != "prior":
        return clean(difference.part)
    return f"how likely “{clean(state(case, difference))}” is"


def state(case: Case, difference: Difference) -> str:
    """Return the name of the state on which two priors differ most; of two, not the usual one."""
    model = case.models[difference.parties[0]]
    assert isinstance(model, BlockModel)
    return model.states[_state(case, difference)]


def _state(case: Case, difference: Difference) -> int:
    first, second = (_block(case, n, difference.block).values for n in difference.parties)
    gap = np.abs(first - second)
    return int(np.flatnonzero(gap >= gap.max() - 1e-9)[-1])


def values(case: Case, difference: Difference) -> tuple[str, ...]:
    """Return what each party says there, in the order of the parties."""
    places = indices(case, difference)
    found = []
    for name in case.names:
        block = _block(case, name, difference.block)
        if block.kind == "prior":
            found.append(f"{number(100 * block.values[_state(case, difference)])}%")
        else:
            found.append(several(block.values[places]))
    return tuple(found)
