"""What the people of the evidence would do in the new setting, and what to do about it."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

import numpy as np

from comity.core import Certified
from comity.inference.explanations.member import Member
from comity.inference.results import NewSetting
from comity.inference.shift.failure import failure_range
from comity.inference.shift.outcomes import Choice, choose_in
from comity.inference.shift.predictions import Draws
from comity.inference.shift.settings import Setting

REFUSALS = ("reject", "refuse", "decline", "no deal", "walk away")
"""Options by which people end a setting without agreement, where one is so named."""


def new_setting(
    setting: Setting,
    members: Sequence[Member],
    weights: np.ndarray | None,
    regions: Draws,
    level: float,
) -> tuple[NewSetting, Choice]:
    """Return what such people would do in a setting, and what its decider should do.

    Parameters
    ----------
    members, weights : the explanations in question, and their shares.
    regions : for each member the edge of what the evidence leaves open of its parameters, shape
        (D, k), the estimate first; see `likelihood_region`.
    """
    failing = _refusal(setting)
    choice = choose_in(setting, members, weights, failing=failing)
    low, high = _ranges(setting, members, regions)
    outcomes, predictions = choice.outcomes, choice.outcomes.predictions
    failure, failure_spread = _failure(choice, weights)
    found = NewSetting(
        role=setting.players[1],
        decider=setting.players[0],
        situations=predictions.situations,
        options=predictions.options,
        members=predictions.members,
        probabilities=predictions.probabilities,
        low=low,
        high=high,
        weights=weights,
        actions=outcomes.actions,
        payoffs=outcomes.payoffs[:, :, 0],
        bayes=_worth(choice),
        bayes_action=choice.bayes.action if choice.bayes is not None else "",
        minimax_regret=choice.regret.chances,
        regret=choice.regret.value,
        breaks=_breaks(choice, weights),
        failure=failure,
        failure_range=failure_spread,
        sentence=_sentence(choice, level, low, high),
    )
    return found, choice


def _ranges(
    setting: Setting, members: Sequence[Member], regions: Draws
) -> tuple[np.ndarray, np.ndarray]:
    """Return the least and the largest probability over each member's region, (M, G, K) each."""
    from comity.inference.shift.predictions import drawn_tables, member_tables

    point = member_tables(members, setting.situations)
    tables = [
        point[m][None] if region is None else drawn_tables(member, region, setting.situations)
        for m, (member, region) in enumerate(zip(members, regions, strict=True))
    ]
    low = np.stack([np.minimum(t.min(axis=0), p) for t, p in zip(tables, point, strict=True)])
    high = np.stack([np.maximum(t.max(axis=0), p) for t, p in zip(tables, point, strict=True)])
    return low, high


def _refusal(setting: Setting) -> str | None:
    """Return the one option that ends every situation without agreement, if there is one."""
    common = set.intersection(*(set(s.options) for s in setting.situations))
    named = [option for option in common if option.casefold() in REFUSALS]
    return named[0] if len(named) == 1 else None


def _worth(choice: Choice) -> Certified | None:
    if choice.bayes is None:
        return None
    return Certified.exact(choice.bayes.payoff, "given the members and their shares")


def _failure(
    choice: Choice, weights: np.ndarray | None
) -> tuple[dict[str, float], Certified | None]:
    """Return by member the chance of no agreement after the action that seems best."""
    if not choice.failures:
        return {}, None
    action = choice.regret.pure if choice.bayes is None else choice.bayes.action
    chances = dict(choice.failures[action].chances)
    found = failure_range(chances, None if weights is None else weights.tolist())
    values = list(chances.values())
    if found.mean.kind == "unknown":
        return chances, found.mean
    return chances, Certified.estimate(
        found.mean.value,
        min(values),
        max(values),
        f"after {action}: by the shares, and the range over the explanations",
        1.0,
    )


def _breaks(choice: Choice, weights: np.ndarray | None) -> tuple[tuple[str, float, str, str], ...]:
    """Return where the best action changes as belief in one member rises against all others."""
    members, decision = choice.outcomes.members, choice.outcomes.decision()
    if len(members) < 2:
        return ()
    shares = np.full(len(members), 1 / len(members)) if weights is None else weights
    found = []
    for m, name in enumerate(members):
        rest = np.where(np.arange(len(members)) == m, 0.0, shares)
        rest = rest if rest.sum() > 0 else (np.arange(len(members)) != m).astype(float)
        certain = (np.arange(len(members)) == m).astype(float)
        path = decision.along(rest / rest.sum(), certain)
        for at, (below, above) in zip(path.breaks, pairwise(path.actions), strict=True):
            found.append((name, float(at), below, above))
    return tuple(found)


def _sentence(choice: Choice, level: float, low: np.ndarray, high: np.ndarray) -> str:
    """Return in words what to do, and whether it depends on what cannot be told."""
    outcomes = choice.outcomes
    decider = outcomes.players[0]
    wide = float((high - low).max())
    unsure = (
        f"predictions of one explanation range over up to {wide:.2f} within its {level:.0%} region"
    )
    if choice.dominant is not None:
        return f"Whichever explanation is true, {choice.dominant} is best for {decider}; {unsure}."
    words = ", ".join(
        f"{action} with chance {chance:.2f}"
        for action, chance in zip(choice.regret.actions, choice.regret.chances, strict=True)
        if chance > 5e-3
    )
    guarded = f"least regret, {choice.regret.value.value:.3g} at most, has {words}"
    if choice.bayes is None:
        return f"What is best for {decider} depends on the explanation: {guarded}; {unsure}."
    return (
        f"By the shares {choice.bayes.action} is best for {decider}, worth "
        f"{choice.bayes.payoff:.3g}; {guarded}; {unsure}."
    )
