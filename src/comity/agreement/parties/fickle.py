"""The party whose policy is a matter of chance, from one move to the next."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from comity.agreement.parties.exaggerating import Exaggerating
from comity.agreement.parties.honest import Honest
from comity.agreement.parties.options import check_number
from comity.agreement.parties.protocol import Context, PartyBehaviour
from comity.agreement.proposal import Proposal
from comity.agreement.results import Decision
from comity.core.errors import InputError
from comity.games import Game, Play


def _plain_or_loud() -> tuple[PartyBehaviour, ...]:
    return (Honest(), Exaggerating())


@dataclass(frozen=True)
class Fickle:
    """Behaves as one of several kinds, drawn anew with some chance before each of its moves.

    It may report as one and answer as another, so nobody who takes it for a fixed policy predicts
    it from what it did. Does badly against those who could have rewarded consistency, and breaks
    the inference of whoever models a partner as one policy with noise (Carroll et al. 2019, *On the
    utility of learning about humans for human-AI coordination*, study such partners).

    Attributes
    ----------
    among : the kinds it may be, each equally likely at every draw.
    change : chance before each move after the report that it draws again.
    """

    among: Sequence[PartyBehaviour] = field(default_factory=_plain_or_loud)
    change: float = 0.5

    def __post_init__(self) -> None:
        check_number("change", self.change, low=0, high=1)
        for k, behaviour in enumerate(self.among):
            if not isinstance(behaviour, PartyBehaviour):
                raise InputError(
                    "not a party", place=f"among.{k}", found=repr(behaviour), expected="a kind"
                )
        if not self.among:
            raise InputError("nothing to be", place="among", found="none", expected="some kinds")

    def report(self, context: Context) -> Game | None:
        """Return the report of the one it is first."""
        return self._at(context, 0).report(context)

    def respond(self, context: Context, proposal: Proposal) -> Decision:
        """Return the answer of the one it is by then."""
        return self._at(context, 1 + proposal.delay).respond(context, proposal)

    def act(self, context: Context, play: Play | None) -> str:
        """Return the act of the one it ends as."""
        return self._at(context, 2 + context.constitution.talk.rounds).act(context, play)

    def _at(self, context: Context, move: int) -> PartyBehaviour:
        """Return who it is at a move, by walking there from the first with its own chance."""
        rng = context.rng()
        now = int(rng.integers(len(self.among)))
        for _ in range(move):
            again, other = rng.random() < self.change, int(rng.integers(len(self.among)))
            now = other if again else now
        return self.among[now]
