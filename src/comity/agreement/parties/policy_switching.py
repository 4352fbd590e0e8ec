"""The party that is one thing first and another later."""

from __future__ import annotations

from dataclasses import dataclass, field

from comity.agreement.parties.honest import Honest
from comity.agreement.parties.options import check_number
from comity.agreement.parties.protocol import Context, PartyBehaviour
from comity.agreement.proposal import Proposal
from comity.agreement.results import Decision
from comity.core.errors import InputError
from comity.games import Game, Play


@dataclass(frozen=True)
class PolicySwitching:
    """Behaves as ``first`` for some rounds of talk or some encounters, then as ``then``.

    The report is made before the talk: with ``probability`` it is already that of ``then``. After
    ``encounters`` with the same others it is ``then`` for good, as a program is that was handed
    over or edited. For testing whether what looks safe with one kind of party stays so.

    Attributes
    ----------
    first, then : the two behaviours.
    rounds : rounds of talk after which it responds as ``then``.
    probability : chance that it reports and acts as ``then`` from the start.
    encounters : earlier encounters after which it is ``then``; never where 0.
    """

    first: PartyBehaviour = field(default_factory=Honest)
    then: PartyBehaviour = field(default_factory=Honest)
    rounds: int = 1
    probability: float = 0.0
    encounters: int = 0

    def __post_init__(self) -> None:
        check_number("rounds", self.rounds, low=0, whole=True)
        check_number("probability", self.probability, low=0, high=1)
        check_number("encounters", self.encounters, low=0, whole=True)
        for name in ("first", "then"):
            if not isinstance(getattr(self, name), PartyBehaviour):
                raise InputError(
                    "not a party", place=name, found=repr(getattr(self, name)), expected="a kind"
                )

    def report(self, context: Context) -> Game | None:
        """Return the report of the one it is at the start."""
        return self._at(context, 0).report(context)

    def respond(self, context: Context, proposal: Proposal) -> Decision:
        """Return the answer of the one it is after this many rounds of talk."""
        return self._at(context, proposal.delay).respond(context, proposal)

    def act(self, context: Context, play: Play | None) -> str:
        """Return the act of the one it ends as."""
        return self._at(context, self.rounds).act(context, play)

    def _at(self, context: Context, delay: int) -> PartyBehaviour:
        switched = context.rng().random() < self.probability
        switched |= 0 < self.encounters <= len(context.history)
        return self.then if switched or delay >= self.rounds else self.first
