"""How far apart two reports are, in four senses.

``raw`` takes numbers as they stand, ``affine`` forgives each player's zero and unit, ``strategic``
forgives all that no best reply can see (payoffs that do not depend on one's own action), and
``decision`` is the payoff that the reports cost a party by its own model. Compared are the blocks
that parties are expected to share: the prior, facts and bystanders' tastes, and where tastes are
pooled (``mean``) also these. The norm is the largest absolute difference.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from comity.agreement.defaults import default_payoffs
from comity.agreement.models.combine import combine
from comity.agreement.models.narrow import flat_blocks, with_blocks
from comity.agreement.models.normalise import normalise
from comity.agreement.solution import BARGAINING, apply_solution
from comity.cases import Constitution, Evidence
from comity.core import Memo
from comity.core.choices import pick
from comity.core.errors import InputError
from comity.games import Game, NormalForm


def divergence(kind: str, first: Game, second: Game, constitution: Constitution) -> float:
    """Return the distance of two reports, ``raw``, ``affine`` or ``strategic``; never negative.

    Under ``tastes = "own"`` both are valued with the tastes of ``first``, as nobody's guess about
    another is used. `decision_loss` measures the fourth kind.

    Examples
    --------
    >>> a = NormalForm.from_payoffs([[[2., 0.]], [[0., 1.]]], block="facts")
    >>> divergence("raw", a, a.replace("facts", a.facts.ravel() + .5), Constitution())
    0.5
    >>> divergence("affine", a, a.replace("facts", a.facts.ravel() * 3), Constitution())
    0.0
    """
    measure = pick(DIVERGENCES, kind, "no such divergence", "acceptance")
    if kind == "strategic":
        check_strategic(first, constitution)
    if kind != "raw":
        second = aligned(first, second, constitution)
    return measure(first, second, constitution)


def decision_loss(
    player: str,
    model: Game,
    payoffs: Sequence[float] | np.ndarray,
    constitution: Constitution,
    evidence: Sequence[Evidence] = (),
) -> float:
    """Return what the reports cost a party by its model, ``U(s(C(m,...,m)); m) - U(s(C(r)); m)``.

    ``payoffs``, shape (n,), is what the proposed play is worth by ``model``. Negative where the
    reports of others serve the party better than its own view would. One more solution.
    """
    wanted = _WANTED.of(
        model, (constitution, *evidence), lambda: _by_itself(model, constitution, evidence)
    )
    i = model.players.index(player)
    return float(wanted[i] - payoffs[i])


_WANTED = Memo[np.ndarray]()
"""What a model alone leads to: the same for every report of the others."""


def _by_itself(model: Game, constitution: Constitution, evidence: Sequence[Evidence]) -> np.ndarray:
    """Return the payoffs that the protocol leads to if all report this model, shape (n,)."""
    alone = combine(dict.fromkeys(model.players, model), constitution, evidence)
    solution = apply_solution(alone, constitution)
    if solution.play is None:
        return default_payoffs(model, constitution)
    return model.payoffs(solution.play)


def aligned(first: Game, second: Game, constitution: Constitution) -> Game:
    """Return ``second`` with the players' tastes of ``first`` unless tastes are pooled."""
    if constitution.tastes != "own":
        return second
    blocks = flat_blocks(first).items()
    return with_blocks(
        second, {name: block.values for name, block in blocks if block.owner in first.players}
    )


def shared_differences(
    first: Game, second: Game, constitution: Constitution
) -> Mapping[str, np.ndarray]:
    """Return first minus second in each block that parties are expected to share."""
    theirs = flat_blocks(second)
    return {
        name: block.values - theirs[name].values
        for name, block in flat_blocks(first).items()
        if block.owner not in first.players or constitution.tastes == "mean"
    }


def check_strategic(game: Game, constitution: Constitution) -> None:
    """Raise `InputError` where payoffs matter beyond best replies."""
    blind = [name for name in constitution.solution if name in BARGAINING]
    if blind or not isinstance(game, NormalForm):
        raise InputError(
            "a strategic divergence cannot see what this solution depends on",
            place="constitution.acceptance",
            found=f"strategic with {blind[0] if blind else type(game).__name__}",
            expected="raw, affine or decision, or a best (correlated) equilibrium of a normal form",
        )


def _raw(first: Game, second: Game, constitution: Constitution) -> float:
    gaps = shared_differences(first, second, constitution).values()
    return max((float(np.abs(gap).max(initial=0.0)) for gap in gaps), default=0.0)


def _affine(first: Game, second: Game, constitution: Constitution) -> float:
    return _raw(normalise(first), normalise(second), constitution)


def _strategic(first: Game, second: Game, constitution: Constitution) -> float:
    """Return the largest difference between what moving from one own action to another brings."""
    assert isinstance(first, NormalForm)
    assert isinstance(second, NormalForm)
    gap = first.table - second.table
    return max(float(np.ptp(gap[i], axis=i).max()) for i in range(len(gap)))


DIVERGENCES = {"raw": _raw, "affine": _affine, "strategic": _strategic}
