"""The party that acts as if its own estimates were as bad as they may be."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from comity.agreement.defaults import default_play, play_payoffs
from comity.agreement.models.narrow import BlockGame, in_blocks
from comity.agreement.parties.honest import Honest
from comity.agreement.parties.options import check_number
from comity.agreement.parties.protocol import Context
from comity.agreement.proposal import Proposal, delayed
from comity.agreement.results import Decision
from comity.games import Game, MixedProfile, Negotiation, Play


@dataclass(frozen=True)
class Cautious(Honest):
    """Reports estimates shrunk towards their mean, and accepts only what survives being wrong.

    A block of values with uncertainty sd is reported as mean + (value - mean) var / (var + sd^2)
    (Kelley 1947, chapter 10). It accepts what the constitution's rules accept, if also its gain
    over its default stays above zero when every entry of its model is off by ``sds`` standard
    deviations in the worst direction. Does well in noise; misses deals where it is unsure.

    Attributes
    ----------
    sds : how many standard deviations it fears.
    shrink : whether it shrinks its report.
    """

    sds: float = 1.0
    shrink: bool = True

    def __post_init__(self) -> None:
        check_number("sds", self.sds, low=0)

    def report(self, context: Context) -> Game | None:
        """Return its model with uncertain blocks shrunk."""
        model = context.model
        for name, sd in context.party.uncertainty.items() if self.shrink else ():
            values = model.blocks()[name].values
            if name != "prior":
                model = model.replace(name, shrunk(values, np.asarray(sd, dtype=float)))
        return model

    def respond(self, context: Context, proposal: Proposal) -> Decision:
        """Return yes if the rules say so and the worst case is no loss."""
        decision = context.judge(proposal)
        worst = worst_gain(context, proposal, self.sds)
        reason = f"If its estimates are {self.sds:.3g} sd off, it gains {worst:.4g} or more."
        accepts = decision.accepts and worst >= -1e-9
        return Decision(context.name, accepts, (*decision.reasons, reason))


def shrunk(values: np.ndarray, sd: np.ndarray) -> np.ndarray:
    """Return values regressed to their mean by their reliability, shape (d,)."""
    variance = float(values.var())
    noise = np.broadcast_to(sd, values.shape) ** 2
    reliability = np.divide(
        variance, variance + noise, out=np.ones_like(noise), where=variance + noise > 0
    )
    return values.mean() + (values - values.mean()) * reliability


def worst_gain(context: Context, proposal: Proposal, sds: float) -> float:
    """Return the least gain over the default if each entry is off by up to ``sds`` sd.

    Exact to first order: the gain is linear in each block, and only the product of an error in a
    weight with one in a fact is left out.
    """
    model = delayed(context.model, proposal.delay)
    i = context.place
    play, default = proposal.solution.play, default_play(model, context.constitution)
    gain = play_payoffs(model, play)[i] - play_payoffs(model, default)[i] if play else 0.0
    slopes = gain_slopes(model, context.name, play, default) if play else {}
    for name, slope in slopes.items():
        sd = np.asarray(context.party.uncertainty.get(name, 0.0), dtype=float)
        gain -= sds * float(np.abs(slope) @ np.broadcast_to(sd, slope.shape))
    return float(gain)


def gain_slopes(
    model: Game, name: str, play: Play | None, default: Play | None
) -> dict[str, np.ndarray]:
    """Return how a party's gain over its default changes per unit of each entry, by block."""
    model = in_blocks(model, "to be cautious about")
    i = model.players.index(name)
    shift = cell_chances(model, play) - cell_chances(model, default)
    by_state = model.prior[:, None] * shift
    reservation = np.full(int(isinstance(model, Negotiation)), -1.0)
    weights = np.einsum("ksc,sc->k", model.facts, by_state)
    slopes = {f"tastes[{name}]": np.concatenate([weights, by_state.ravel(), reservation])}
    if model.quantities:
        slopes["facts"] = np.einsum("k,sc->ksc", model.weights[i], by_state).ravel()
    if len(model.states) > 1:
        worth = model.tastes[i] + np.einsum("k,ksc->sc", model.weights[i], model.facts)
        slopes["prior"] = worth @ shift
    return slopes


def cell_chances(model: BlockGame, play: Play | None) -> np.ndarray:
    """Return how often each cell counts in a play, shape (C,); zero where there is no deal."""
    chances = np.zeros(model.tastes.shape[2])
    if play is None:
        return chances
    lottery = play.to_lottery() if isinstance(play, MixedProfile) else play
    outcomes = np.asarray(lottery.outcomes)
    if isinstance(model, Negotiation) and model.form == "additive":
        places = model.offsets + outcomes
        np.add.at(chances, places, np.broadcast_to(lottery.probabilities[:, None], places.shape))
    else:
        places = np.ravel_multi_index(tuple(outcomes.T), model.shape)
        np.add.at(chances, places, lottery.probabilities)
    return chances
