"""What an agreement on the central models risks where a view is another one that fits."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from comity.agreement.results import Agreement
from comity.agreement.robustness.members import has_alternatives
from comity.agreement.robustness.regret import Choice, RegretTable, table_of
from comity.agreement.robustness.worlds import worlds
from comity.cases import Case
from comity.core import Certified
from comity.core.errors import ComityError

RISKS = ("largest_regret", "worst_gain")


def robustness_of(agreement: Agreement) -> dict[str, Mapping[str, Certified]] | None:
    """Return by party what the play of an agreement risks over the joint set, in its own units.

    ``largest_regret``: the most it would have got besides, had the member been known, where a
    party refuses what it knows to leave it below its default. ``worst_gain``: the least gain over
    what it expects of its default if the play is carried out whichever member holds. ``None`` for
    a Case in which every party has one view.
    """
    case = agreement.case
    if not has_alternatives(case):
        return None
    try:
        found = worlds(case)
    except ComityError as error:
        unknown = Certified.unknown(str(error))
        return {name: dict.fromkeys(RISKS, unknown) for name in case.names}
    agreed = agreement.status == "agreed"
    delay = _delay(agreement) if agreed else 0
    play = agreement.play if agreed else None
    table = table_of(found, [Choice("the agreement", play)], False, delay)
    gains = found.carried_out(play, delay) - found.expected
    return {name: _risks(table, gains[:, i], i) for i, name in enumerate(case.names)}


def _delay(agreement: Agreement) -> int:
    """Return the rounds of talk before the play that was agreed on."""
    rounds = [step["data"]["round"] for step in agreement.transcript if step["type"] == "solve"]
    return rounds[-1] if rounds else 0


def _risks(table: RegretTable, gains: np.ndarray, player: int) -> dict[str, Certified]:
    regret = table.regret[:, player, 0]
    worst, least = int(regret.argmax()), int(gains.argmin())
    words = "in the member “{}”"
    refused = table.refused[worst, :, 0]
    who = [name for name, no in zip(table.parties, refused, strict=True) if no]
    refusal = f", where {' and '.join(who)} would refuse it" if who else ""
    told = words.format(table.members[worst]) + refusal
    return {
        "largest_regret": Certified.exact(regret[worst], told),
        "worst_gain": Certified.exact(gains[least], words.format(table.members[least])),
    }


def rests_on(case: Case) -> tuple[str, ...]:
    """Return the assumption that figures rest on the central models, where there are others."""
    held = [
        f"{party.name} (also fitting: {', '.join(other.name for other in party.alternatives)})"
        for party in case.parties
        if party.alternatives
    ]
    return (f"The agreement rests on the central view of {'; '.join(held)}.",) if held else ()
