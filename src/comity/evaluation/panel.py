"""The panel: a fixed, versioned table of partners."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

import numpy as np

from comity.agreement.defaults import default_payoffs
from comity.agreement.parties import (
    BestResponding,
    Cautious,
    Committed,
    Exaggerating,
    Fickle,
    Honest,
    PartyBehaviour,
    PolicySwitching,
    ReputationBuilding,
    Silent,
    Spiteful,
)
from comity.agreement.parties.biases import RESERVATION
from comity.cases import Constitution, Party
from comity.games import Negotiation

PANEL_VERSION = 1
"""Raised whenever a partner changes: figures of two versions are not comparable."""

ENCOUNTERS = 4
"""How often the same two meet in a row; a later encounter may remember the earlier ones."""

DEMAND = 0.65
"""Share of all it could gain that a committed partner insists on, and a reputation builder too."""

CLAIM = 0.25
"""Share of all it could gain that the exaggerating partner claims to have without a deal."""

Make = Callable[[Party, Constitution, int], PartyBehaviour]
"""A party of a Case, its constitution and the seed of the match to a behaviour."""

Mixture = Callable[[int], Mapping[str, float]]
"""The place of an encounter to the fixed policies that a partner is there, with their chances."""


@dataclass(frozen=True)
class Partner:
    """One partner that every agent meets.

    Attributes
    ----------
    name, about : what it is called, and what it does in a sentence.
    make : its behaviour in a seat.
    human : whether it imitates people rather than programs.
    exploits : whether it gains at the cost of whoever is honest with it.
    threatens : whether it would rather have no agreement than its share.
    mixture : where it is no fixed policy, the fixed ones on the panel it is made of.
    report_by_history : whether what it reports depends on earlier encounters; where it does not,
        it is worked out once for all agents.
    digest : of what it consists of, where that is data rather than this table; results with
        partners of one name and two digests are not compared.
    """

    name: str
    about: str
    make: Make = field(repr=False)
    human: bool = False
    exploits: bool = False
    threatens: bool = False
    mixture: Mixture | None = field(default=None, repr=False)
    report_by_history: bool = False
    digest: str = ""


def most(party: Party, constitution: Constitution) -> tuple[float, float]:
    """Return a party's default, and the most it could gain while no other loses, by its model."""
    place = party.model.players.index(party.name)
    default = default_payoffs(party.model, constitution)
    gains = party.model.payoff_points() - default
    fair = np.all(np.delete(gains, place, axis=1) >= 0, axis=1)
    return float(default[place]), max(0.0, float(gains[fair, place].max(initial=0.0)))


def _exaggerating(party: Party, constitution: Constitution, seed: int) -> PartyBehaviour:
    """Return one that overstates its tastes, what it estimates, and what no deal is worth to it."""
    spread = float(np.mean(party.uncertainty.get("facts", 0.0)))
    loud = CLAIM * most(party, constitution)[1]
    bias = {RESERVATION: loud} if isinstance(party.model, Negotiation) else {}
    return Exaggerating(1.5, spread, bias)


def _committed(party: Party, constitution: Constitution, seed: int) -> PartyBehaviour:
    default, top = most(party, constitution)
    return Committed(default + DEMAND * top)


def _reputation(party: Party, constitution: Constitution, seed: int) -> PartyBehaviour:
    return ReputationBuilding(DEMAND * most(party, constitution)[1])


def _fickle(party: Party, constitution: Constitution, seed: int) -> PartyBehaviour:
    kinds = [
        Honest(),
        _exaggerating(party, constitution, seed),
        _committed(party, constitution, seed),
    ]
    return Fickle(kinds, change=0.5)


def _handed_over(party: Party, constitution: Constitution, seed: int) -> PartyBehaviour:
    after = ENCOUNTERS // 2
    return PolicySwitching(then=_committed(party, constitution, seed), encounters=after)


def _any_of(*names: str) -> Mixture:
    return lambda encounter: dict.fromkeys(names, 1 / len(names))


def _until(first: str, then: str, switch: int) -> Mixture:
    return lambda encounter: {first if encounter < switch else then: 1.0}


PANEL: dict[str, Partner] = {
    partner.name: partner
    for partner in (
        Partner(
            "honest",
            "States what it sees, accepts by the rules, keeps its word.",
            lambda party, rules, seed: Honest(),
        ),
        Partner(
            "cautious",
            "Shrinks its estimates and accepts only what survives their being wrong.",
            lambda party, rules, seed: Cautious(),
        ),
        Partner(
            "exaggerating",
            "Overstates its tastes, its estimates, and what it would have without a deal.",
            _exaggerating,
            exploits=True,
        ),
        Partner(
            "best-responding",
            "Searches for the report that pays most against honest others.",
            lambda party, rules, seed: BestResponding(draws=1, steps=2, tries=24),
            exploits=True,
            threatens=True,
        ),
        Partner(
            "committed",
            f"Refuses less than {DEMAND:.0%} of all it could gain without loss to others.",
            _committed,
            exploits=True,
            threatens=True,
        ),
        Partner(
            "reputation-building",
            "Does as the committed one until the last encounter, then takes any gain.",
            _reputation,
            exploits=True,
            threatens=True,
            mixture=_until("committed", "honest", ENCOUNTERS - 1),
        ),
        Partner(
            "fickle",
            "Honest, exaggerating or committed, drawn again by chance between its moves.",
            _fickle,
            mixture=_any_of("honest", "exaggerating", "committed"),
        ),
        Partner(
            "handed-over",
            "Honest for half of the encounters, then handed over to one that is committed.",
            _handed_over,
            mixture=_until("honest", "committed", ENCOUNTERS // 2),
        ),
        Partner("silent", "Takes no part.", lambda party, rules, seed: Silent()),
        Partner(
            "spiteful",
            "Takes what others gain as its own loss, and hurts them where it can.",
            lambda party, rules, seed: Spiteful(1.2),
            threatens=True,
        ),
    )
}
