"""What was understood, put into the Case: the views of a party that evidence does not rule out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from comity.cases import Alternative, Case, Party
from comity.core.errors import InputError
from comity.games import Game, NormalForm
from comity.inference.evidence.situations import Situation
from comity.inference.explanations.member import Member
from comity.inference.shift.settings import Setting


def case_with_views(
    case: Case, about: str, setting: Setting, members: Sequence[Member], weights: np.ndarray
) -> Case:
    """Return the Case in which one party's tastes are what its behaviour leaves open.

    The explanation of most people becomes the party's model, the others its alternatives with
    their shares; the other party's guess follows. Tastes are the utilities that each explanation
    gives to the outcomes, in units of payoff. Explanations that give the same tastes are one view.

    Raises `InputError` where the Case states the party's tastes through quantities: those are
    estimates of facts, which behaviour says nothing of.
    """
    block = f"tastes[{about}]"
    models = case.models
    for name, model in models.items():
        if not isinstance(model, NormalForm) or model.quantities or len(model.states) > 1:
            raise InputError(
                "views from behaviour need a Case of actions with payoffs stated as tastes",
                place=f"models.{name}",
                found="quantities, states, or a negotiation",
                expected="payoffs of one state alone",
            )
    views = _views(case, about, setting, members, weights)
    order = sorted(views, key=lambda view: -view[2])
    central = order[0][1]

    def holding(model: Game, values: np.ndarray) -> Game:
        return model.replace(block, values)

    parties: list[Party] = []
    for party in case.parties:
        model = holding(party.model, central)
        if party.name != about:
            parties.append(replace(party, model=model))
            continue
        others = tuple(
            Alternative(name, holding(party.model, values), weight, "inferred from behaviour")
            for name, values, weight in order[1:]
        )
        parties.append(replace(party, model=model, alternatives=others))
    note = f"The tastes of {about} are what explanations of past behaviour give it: {order[0][0]}"
    rest = f", or {', '.join(name for name, _, _ in order[1:])}" if order[1:] else ""
    return replace(case, parties=tuple(parties), assumptions=(*case.assumptions, f"{note}{rest}."))


def _views(
    case: Case, about: str, setting: Setting, members: Sequence[Member], weights: np.ndarray
) -> list[tuple[str, np.ndarray, float]]:
    """Return the different tastes that members give: names, values of the block, and weight."""
    seat = case.names.index(about)
    found: list[tuple[str, np.ndarray, float]] = []
    for member, weight in zip(members, weights, strict=True):
        table = _utilities(member, setting)
        values = (table if seat else table.T).ravel()
        for k, (name, known, share) in enumerate(found):
            if np.allclose(known, values, atol=1e-6 * (1 + np.ptp(values))):
                found[k] = (f"{name} or {member.name}", known, share + float(weight))
                break
        else:
            found.append((member.name, values, float(weight)))
    return found


def _utilities(member: Member, setting: Setting) -> np.ndarray:
    """Return the utility of the people by the decider's action and their option, shape (A, K)."""
    if len(setting.situations) == len(setting.actions):
        return np.stack([_table(member, setting.situations[s]).mean(axis=1) for s in setting.faced])
    # At the same time the decider's actions are the contingencies.
    return _table(member, setting.situations[0]).T


def _table(member: Member, situation: Situation) -> np.ndarray:
    """Return the utility by option and contingency, shape (K, S)."""
    import jax.numpy as jnp

    from comity.inference.numerics import x64

    motive = member.explanation.motive
    with x64():
        features = {
            kind: {name: jnp.asarray(value) for name, value in getattr(situation, kind).items()}
            for kind in ("history", "beliefs")
        }
        features["history"]["delays"] = jnp.asarray(situation.delays)
        values = {**member.explanation.fixed, **member.parameters}
        given = {p.name: values[p.name] for p in motive.parameters if p.name in values}
        found = motive.utility(
            jnp.asarray(situation.payoffs), 0, features["history"], features["beliefs"], **given
        )
        return np.broadcast_to(np.asarray(found), situation.shape[:2])
