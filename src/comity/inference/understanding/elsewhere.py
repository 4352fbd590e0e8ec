"""What the people of the evidence would do in the new setting, and what to do about it."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

import numpy as np

from comity.core import Certified
from comity.core.page.words import listed, number
from comity.inference.explanations.member import Member
from comity.inference.report.words import percent
from comity.inference.results import NewSetting
from comity.inference.shift.failure import failure_range
from comity.inference.shift.outcomes import Choice, choose_in
from comity.inference.shift.predictions import Draws, drawn_tables, member_tables
from comity.inference.shift.settings import Setting

REFUSALS = ("reject", "refuse", "decline", "no deal", "walk away")
"""Options by which people end a setting without agreement, where one is so named."""


def new_setting(
    setting: Setting,
    members: Sequence[Member],
    weights: np.ndarray | None,
    regions: Draws,
    level: float,
    alike: Sequence[Sequence[str]] = (),
) -> tuple[NewSetting, Choice]:
    """Return what such people would do in a setting, and what its decider should do.

    Parameters
    ----------
    members, weights : the explanations in question, and their shares.
    regions : for each member the edge of what the evidence leaves open of its parameters, shape
        (D, k), the estimate first; see `likelihood_region`.
    alike : members that the evidence gives the same chance, whose shares are an assumption.
    """
    failing = _refusal(setting)
    choice = choose_in(setting, members, weights, failing=failing)
    tables = _tables(setting, members, regions)
    low, high = (np.stack([end(t, axis=0) for t in tables]) for end in (np.min, np.max))
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
        bayes=_worth(choice, setting, tables, level),
        bayes_action=choice.bayes.action if choice.bayes is not None else "",
        minimax_regret=choice.regret.chances,
        regret=choice.regret.value,
        breaks=_breaks(choice, weights),
        failure=failure,
        failure_range=failure_spread,
        sentence=_sentence(
            choice,
            level,
            float((high - low).max()),
            _open(setting, tables),
            alike,
            _turned(choice, setting, tables),
        ),
    )
    return found, choice


def _tables(setting: Setting, members: Sequence[Member], regions: Draws) -> list[np.ndarray]:
    """Return how likely each option is by member and draw of its region, shapes (D, G, K)."""
    points = member_tables(members, setting.situations)
    return [
        point[None]
        if region is None
        else np.concatenate([point[None], drawn_tables(member, region, setting.situations)])
        for member, region, point in zip(members, regions, points, strict=True)
    ]


def _payoffs(setting: Setting, table: np.ndarray) -> np.ndarray:
    """Return what each action brings the decider by draw, shape (D, A), of a table (D, G, K)."""
    found = np.einsum("dak,ak->da", table[:, setting.faced], setting.payoffs[:, :, 0])
    return np.asarray(found)


def _open(setting: Setting, tables: Sequence[np.ndarray]) -> np.ndarray:
    """Return the largest regret of each action over all members and their regions, shape (A,)."""
    payoffs = _payoffs(setting, np.concatenate(tables))
    return np.asarray((payoffs.max(axis=1, keepdims=True) - payoffs).max(axis=0))


def _turned(
    choice: Choice, setting: Setting, tables: Sequence[np.ndarray]
) -> tuple[tuple[str, ...], float]:
    """Return within which members what is open makes another action best, and its largest gain.

    Shares stay, and all other members stay at their estimates.
    """
    if choice.bayes is None:
        return (), 0.0
    chosen, shares = choice.outcomes.actions.index(choice.bayes.action), choice.bayes.prior
    worth = [_payoffs(setting, table) for table in tables]
    whole = sum(share * own[0] for share, own in zip(shares, worth, strict=True))
    gains = [
        (totals.max(axis=1) - totals[:, chosen]).max()
        for totals in (
            whole + share * (own - own[0]) for share, own in zip(shares, worth, strict=True)
        )
    ]
    least = 1e-6 * (float(np.ptp(choice.outcomes.payoffs)) or 1.0)
    names = choice.outcomes.members
    turned = tuple(name for name, gain in zip(names, gains, strict=True) if gain > least)
    return turned, float(max(gains, default=0.0))


def _refusal(setting: Setting) -> str | None:
    """Return the one option that ends every situation without agreement, if there is one."""
    common = set.intersection(*(set(s.options) for s in setting.situations))
    named = [option for option in common if option.casefold() in REFUSALS]
    return named[0] if len(named) == 1 else None


def _worth(
    choice: Choice, setting: Setting, tables: Sequence[np.ndarray], level: float
) -> Certified | None:
    """Return what the best action by the shares is worth, over the members' regions."""
    if choice.bayes is None:
        return None
    action = choice.outcomes.actions.index(choice.bayes.action)
    worth = [table[:, setting.faced[action]] @ setting.payoffs[action, :, 0] for table in tables]
    weights = choice.bayes.prior
    low, high = (float(weights @ [end(w) for w in worth]) for end in (np.min, np.max))
    method = "by the shares, taken as known; the range is what the evidence leaves open besides"
    return Certified.estimate(choice.bayes.payoff, low, high, method, level)


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


def _sentence(
    choice: Choice,
    level: float,
    wide: float,
    regrets: np.ndarray,
    alike: Sequence[Sequence[str]],
    turned: tuple[tuple[str, ...], float],
) -> str:
    """Return in words what to do, and whether it depends on what cannot be told.

    Parameters
    ----------
    wide : the widest range of a probability within the region of one explanation.
    regrets : shape (A,), the largest regret of each action over all members and regions.
    turned : see `_turned`.
    """
    outcomes = choice.outcomes
    decider = outcomes.players[0]
    points = f"{100 * wide:.0f} percentage points"
    unsure = f"within one explanation a chance is open by up to {points} (at {level:.0%})"
    if choice.dominant is not None:
        regret = float(regrets[outcomes.actions.index(choice.dominant)])
        if regret <= 1e-9 * (1 + float(np.ptp(outcomes.payoffs))):
            return (
                f"Whatever the evidence was found to leave open at {level:.0%}, "
                f"{choice.dominant} is best for {decider}."
            )
        return (
            f"By every explanation, as fitted, {choice.dominant} is best for {decider}; but "
            f"{unsure}, and there it may lose {number(regret)}."
        )
    mixed = [
        (action, chance)
        for action, chance in zip(choice.regret.actions, choice.regret.chances, strict=True)
        if chance > 5e-3
    ]
    words = listed([f"{action} ({percent(chance)})" for action, chance in mixed])
    safest = mixed[0][0] if len(mixed) == 1 else f"a lottery over {words}"
    guarded = f"{safest} can lose least, {number(choice.regret.value.value)} at most"
    if choice.bayes is None:
        return f"What is best for {decider} depends on the explanation: {guarded}; {unsure}."
    doubt = ""
    if turned[0]:
        doubt = (
            f", as fitted; but what the evidence leaves open of {listed(turned[0])} turns that "
            f"round, and it may lose {number(turned[1])}"
        )
    return (
        f"By the shares{_assumed(choice, alike)} {choice.bayes.action} is best for {decider}, "
        f"worth {number(choice.bayes.payoff)}{doubt}; {guarded}; {unsure}."
    )


def _assumed(choice: Choice, alike: Sequence[Sequence[str]]) -> str:
    """Return which shares are even for want of evidence, where the best action depends on them."""
    members, payoffs = list(choice.outcomes.members), choice.outcomes.payoffs[:, :, 0]
    best = payoffs >= payoffs.max(axis=0) - 1e-9 * (float(np.ptp(payoffs)) or 1.0)
    groups = []
    for group in alike:
        inside = [members.index(name) for name in group if name in members]
        if len(inside) > 1 and not best[:, inside].all(axis=1).any():
            groups.append(listed([members[m] for m in inside]))
    return f", split evenly between {'; '.join(groups)} for want of evidence," if groups else ""
