"""What a study must be told: how the truth varies, how each party sees it, and who may lie how.

None of this follows from the parties' models alone. It is declared, and every figure of a study
holds under the declaration only.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from comity.agreement.parties.biases import bent
from comity.agreement.spreads import InferredSpread
from comity.cases import Case, Party
from comity.core.errors import InputError
from comity.games import Block, Game

Truth = Game | Sequence[Game] | Callable[[np.random.Generator], Game] | None
"""The true game, games that are equally likely, a function that draws one, or the common model."""

Spread = float | np.ndarray
Noise = (
    Mapping[str, Spread | InferredSpread] | Callable[[Game, str, np.random.Generator], Game] | None
)
"""Standard deviations by block, declared or inferred, a function (truth, name, rng) to a model, or
the Case's own."""


@dataclass(frozen=True)
class Lie:
    """A way in which a party may lie, with one knob.

    Attributes
    ----------
    party : who lies.
    way : a direction of `comity.agreement.parties.biases` (``fact QUANTITY``, ``no deal``,
        ``tastes scaled``, ``taste PART``), or a function (model, amount) to the report.
    amounts : the amounts it chooses from; with several it takes what pays it best on average.
    chance : how likely it is, before any report is seen, that this party lies.
    """

    party: str
    way: str | Callable[[Game, float], Game]
    amounts: tuple[float, ...]
    chance: float = 0.5

    def __post_init__(self) -> None:
        object.__setattr__(self, "amounts", tuple(float(a) for a in self.amounts))
        if not self.amounts or not np.all(np.isfinite(self.amounts)):
            raise InputError("a lie needs amounts", place=f"liars.{self.party}", found=self.amounts)
        if not 0 <= self.chance <= 1:
            raise InputError("not a probability", place=f"liars.{self.party}", found=self.chance)

    def report(self, model: Game, amount: float) -> Game:
        """Return what the party states if this is what it sees."""
        if callable(self.way):
            return self.way(model, amount)
        return bent(model, self.party, {self.way: amount})

    @property
    def words(self) -> str:
        """The way in words."""
        if isinstance(self.way, str):
            return self.way
        return str(getattr(self.way, "label", getattr(self.way, "__name__", "its own way")))


def draw_truth(truth: Truth, rng: np.random.Generator) -> Game:
    """Return one true game."""
    if truth is None:
        raise InputError("no truth is declared", place="truth", found="nothing")
    if isinstance(truth, Sequence):
        return truth[int(rng.integers(len(truth)))]
    return truth(rng) if callable(truth) else truth


def check_noise(noise: Noise, case: Case) -> None:
    """Raise `InputError` where nobody has said how unsure the parties are."""
    for party in case.parties:
        spreads = party.uncertainty if noise is None else noise
        if not callable(spreads) and not spreads:
            raise InputError(
                "nothing says how unsure this party is, so a study has nothing to draw",
                place=f"models.{party.name}.uncertainty",
                found="none",
                expected="standard deviations by block, or a declared noise",
            )


def is_inferred(noise: Noise) -> bool:
    """Return whether some standard deviation of the noise is itself inferred."""
    if noise is None or callable(noise):
        return False
    return any(isinstance(spread, InferredSpread) for spread in noise.values())


def draw_noise(noise: Noise, rng: np.random.Generator) -> Noise:
    """Return the noise of one imagined truth: where it is inferred, one draw of it for all.

    Blocks whose draws come from one posterior take the same draw of it.
    """
    if noise is None or callable(noise) or not is_inferred(noise):
        return noise
    share = float(rng.random())
    return {
        name: spread.at(share) if isinstance(spread, InferredSpread) else spread
        for name, spread in noise.items()
    }


def draw_view(truth: Game, party: Party, noise: Noise, rng: np.random.Generator) -> Game:
    """Return what a party sees if this is the truth.

    A party knows its own tastes. Entries of a block that hold one number are one estimate and
    share its error; a prior stays a distribution.
    """
    if callable(noise):
        return noise(truth, party.name, rng)
    model, blocks = truth, truth.blocks()
    for name, spread in (party.uncertainty if noise is None else noise).items():
        block = blocks.get(name)
        if block is None:
            raise InputError("no such block", place=f"noise.{name}", expected=", ".join(blocks))
        if block.owner != party.name:
            model = model.replace(name, _noisy(block, np.asarray(spread, dtype=float), rng))
    return model


def _noisy(block: Block, spread: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    _, same = np.unique(block.values, return_inverse=True)
    if block.kind == "prior":
        same = np.arange(block.values.size)
    errors = rng.standard_normal(int(same.max()) + 1)[same.ravel()]
    values = block.values + errors * np.broadcast_to(spread, block.values.shape)
    if block.kind != "prior":
        return values
    values = np.clip(values, 1e-9, None)
    return values / values.sum()
