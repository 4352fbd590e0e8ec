"""What a family of Cases is: a seed gives one variant, with its truth and what each party sees."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Literal

import numpy as np

from comity.agreement.studies.declared import draw_view
from comity.cases import Case, Constitution, Party
from comity.core.errors import InputError
from comity.games import Game

Split = Literal["held-out", "development"]

STREAM = 0xC0
"""Keeps the draws of the bench apart from any other use of the same seeds."""


@dataclass(frozen=True)
class Variant:
    """One situation: the truth, which nobody sees, and the Case of what each party sees.

    Attributes
    ----------
    truth : the true game; every score is computed by it.
    case : each party's own noisy view, how sure it is, and the constitution.
    seed : from which each party gets its own source of chance.
    """

    truth: Game
    case: Case
    seed: int


@dataclass(frozen=True)
class Family:
    """A pure generator of variants on one frame.

    Attributes
    ----------
    name, title, short : its key, what it is called, and that in few letters.
    tests : one sentence: what an agent must be able to do here.
    parties : number of seats.
    draw : a Generator to (truth, case); draws nothing else and keeps nothing.
    self_enforcing : whether nobody enforces what is agreed.
    types : how many types of each party the second best is worked out on; 0 where what a party
        knows has too many sides to it, so that the second best is out of reach.
    """

    name: str
    title: str
    short: str
    tests: str
    parties: int
    draw: Callable[[np.random.Generator], tuple[Game, Case]] = field(repr=False)
    self_enforcing: bool = False
    types: int = 0

    def variant(self, number: int, seed: int = 0, split: Split = "held-out") -> Variant:
        """Return a variant by its number.

        Held-out variants come from odd entropy and development variants from even entropy, so no
        variant belongs to both, whatever the seeds.
        """
        if number < 0 or seed < 0:
            raise InputError(
                "not a variant", place="number", found=min(number, seed), expected=">= 0"
            )
        odd = {"development": 0, "held-out": 1}[split]
        entropy = [STREAM, *self.name.encode(), seed, 2 * number + odd]
        rng = np.random.default_rng(entropy)
        truth, case = self.draw(rng)
        return Variant(truth, case, int(rng.integers(2**62)))


def seen_by_all(
    title: str,
    truth: Game,
    noise: Mapping[str, float],
    constitution: Constitution,
    rng: np.random.Generator,
) -> Case:
    """Return the Case in which each party sees the truth with noise, and knows how much.

    ``noise`` holds standard deviations by block; ``tastes`` stands for the tastes of every other
    party. Each knows its own tastes.
    """
    parties = []
    for name in truth.players:
        others = {
            f"tastes[{o}]": noise["tastes"]
            for o in truth.players
            if o != name and "tastes" in noise
        }
        sds = {block: sd for block, sd in noise.items() if block != "tastes"} | others
        uncertainty = {block: np.array(sd) for block, sd in sds.items()}
        view = draw_view(truth, Party(name, truth), sds, rng)
        parties.append(Party(name, view, uncertainty))
    return Case(title, tuple(parties), constitution)
