"""A behaviour that makes up its mind once, whatever happens to its process."""

from __future__ import annotations

from dataclasses import dataclass

from comity.agreement import Context, Decision, PartyBehaviour, Proposal
from comity.agreement.transcripts.wire import report_from_dict, report_to_dict
from comity.core.errors import InputError
from comity.games import Game, Play
from comity.rooms.client.memory import Memory


@dataclass(frozen=True)
class Remembering:
    """Reports what it reported first, as its memory has it; a report is committed to only once.

    A language model asked twice says two things; after a crash only the first can be revealed.

    Attributes
    ----------
    behaviour : how it reports, responds and acts.
    memory : where its report is kept.
    """

    behaviour: PartyBehaviour
    memory: Memory

    def report(self, context: Context) -> Game | None:
        """Return the report that is kept, or make one and keep it."""
        frame = context.model.frame()
        if self.memory.report is not None:
            return report_from_dict(frame, self.memory.report)
        report = self.behaviour.report(context)
        if report is None:
            return None
        if not isinstance(report, Game) or report.frame() != frame:
            raise InputError("a report is not on the common frame", place=f"reports.{context.name}")
        self.memory.report = report_to_dict(report)
        self.memory.save()
        return report

    def respond(self, context: Context, proposal: Proposal) -> Decision:
        """Return what the behaviour answers."""
        return self.behaviour.respond(context, proposal)

    def act(self, context: Context, play: Play | None) -> str:
        """Return what the behaviour does."""
        return self.behaviour.act(context, play)
