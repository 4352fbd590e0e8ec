"""A move in plain words, for an agent that reads: short, and nothing that the JSON does not say."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from comity.agreement.defaults import default_payoffs
from comity.agreement.parties import Context
from comity.core.page.words import counted, listed, number, signed
from comity.games import Negotiation

MOST = 3
"""Outcomes that are named."""


def say_report(context: Context) -> str:
    """Return where the party is and what it must say."""
    ask = (
        "State a model to the others, at the same moment as they do: your own view or another. "
        "The rules combine all reports and choose a play; you can refuse it afterwards."
    )
    return " ".join((_where(context), _best(context), ask))


def say_respond(context: Context, told: Mapping[str, Any]) -> str:
    """Return what is proposed and what the rules say of it."""
    verdict = "would accept" if told["rules"]["accept"] else "would refuse"
    return " ".join(
        (
            _where(context),
            f"The reports lead to: {_play(told['words'])}.",
            f"By your view that is worth {signed(told['gain'])} to you against no agreement.",
            f"An honest party in your seat {verdict}. {' '.join(told['rules']['reasons'])}",
            "Accept or refuse.",
        )
    )


def say_act(context: Context, told: Mapping[str, Any]) -> str:
    """Return what was agreed and what the party can do."""
    if not told["words"]:
        first = "Nothing was agreed: complying means to follow your default."
    else:
        first = f"Agreed: {_play(told['words'])}. Complying means to keep it."
    binding = context.constitution.enforcement == "binding"
    held = "Agreements are enforced." if binding else "Nobody enforces agreements."
    return " ".join((_where(context), first, held, f"You can: {listed(told['acts'], 'or')}."))


def _where(context: Context) -> str:
    others = [name for name in context.model.players if name != context.name]
    absent = context.model.bystanders
    words = f"You are {context.name}, with {listed(others)}."
    if absent:
        words += f" Affected but not at the table: {listed(list(absent))}."
    met, left = len(context.history), context.remaining
    if met or left:
        words += f" You met them {counted(met, 'time')} before and will meet them {left} more."
    return words


def _best(context: Context) -> str:
    model, place = context.model, context.place
    default = float(default_payoffs(model, context.constitution)[place])
    points = model.payoff_points()[:, place]
    best = model.describe(model.outcome(int(points.argmax())))
    kind = "deals" if isinstance(model, Negotiation) else "outcomes"
    return (
        f"There are {model.size:,} {kind}. By your view no agreement is worth {number(default)} to "
        f"you, and the best for you, {number(float(points.max()))}, is: {best}."
    )


def _play(words: list[dict[str, Any]]) -> str:
    shown = sorted(words, key=lambda one: -one["chance"])[:MOST]
    parts = [f"{one['outcome']} ({one['chance']:.0%})" for one in shown]
    more = len(words) - len(shown)
    return "; ".join(parts) + (f"; and {more} more" if more > 0 else "")
