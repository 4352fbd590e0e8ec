"""What happens in a room, what is proposed and how it ended, in the reader's language."""

from __future__ import annotations

from collections.abc import Sequence

from comity.agreement import Context, Proposal, default_payoffs
from comity.agreement.defaults import play_payoffs
from comity.agreement.proposal import delayed
from comity.agreement.report.words import is_lottery
from comity.core import Certified
from comity.core.page.words import clean
from comity.games import Game, Play
from comity.language import (
    Words,
    chance,
    number,
    outcome_words,
    play_lines,
    sentence,
    signed,
    spoken,
    who_ended,
    words_of,
)
from comity.rooms.client.lots import EVEN, Lot, lots_of, worst_loss
from comity.rooms.client.result import RoomResult
from comity.rooms.protocol.messages import Entry

ENGLISH = words_of("en")

MOST_LOTS = 6
"""Outcomes that may be drawn and are told one by one."""


def tell_entry(entry: Entry, words: Words = ENGLISH) -> list[str]:
    """Return what an entry of the log says: a sentence, and beside it words of one's own."""
    message = entry.message.to_dict()
    return [sentence(words, message), *(f"  {line}" for line in spoken(words, message))]


def tell_proposal(context: Context, proposal: Proposal, words: Words = ENGLISH) -> list[str]:
    """Return what is proposed, with what one gains by one's own model."""
    play = proposal.solution.play
    if play is None:
        return [words.say("table.none")]
    model = delayed(context.model, proposal.delay)
    worth = float(play_payoffs(model, play)[context.place])
    default = float(default_payoffs(model, context.constitution)[context.place])
    return [
        words.say("table.round", n=proposal.delay + 1),
        *tell_play(model, play, words),
        f"{words.say('table.worth')}: {number(words, worth)}",
        f"{words.say('table.without')}: {number(words, default)}",
        *tell_lots(context, lots_of(context, play, proposal.delay), words),
        tell_gain(Certified.exact(worth - default), words),
    ]


def tell_lots(context: Context, lots: Sequence[Lot], words: Words = ENGLISH) -> list[str]:
    """Return what one gains by each outcome that may be drawn, and whether that can be a loss."""
    if not lots:
        return []
    frame = context.model.frame()
    told = [
        f"  {signed(words, lot.gain)}, {chance(words, lot.chance)}: "
        f"{outcome_words(frame, lot.outcome)}"
        for lot in lots[:MOST_LOTS]
    ]
    if len(lots) > MOST_LOTS:
        told.append(f"  {words.say('table.more', n=len(lots) - MOST_LOTS)}")
    loss = worst_loss(lots)
    below = [words.say("table.lots_below", loss=number(words, loss))] if loss else []
    return [words.say("table.lots"), *told, *below]


def tell_play(model: Game, play: Play | None, words: Words = ENGLISH) -> list[str]:
    """Return a play, a line for each of its outcomes with how often it happens."""
    stated = None if play is None else play.to_dict()
    return [f"  {often}: {what}" for often, what in play_lines(words, model.frame(), stated)]


def tell_gain(gain: Certified, words: Words = ENGLISH) -> str:
    """Return what one gains or loses, in a sentence."""
    if gain.kind == "unknown":
        return f"{words.say('table.gain')}: {words.say('table.cannot_tell')}"
    if abs(gain.value) <= EVEN:
        return words.say("table.even")
    if gain.value > 0:
        return words.say("table.gains", gain=number(words, gain.value))
    return words.say("table.loses", loss=number(words, -gain.value))


def tell_result(found: RoomResult, words: Words = ENGLISH) -> list[str]:
    """Return how a room ended for one party, a line each; faults of its log are in English."""
    model = found.own.model
    lines = [words.say(f"ending.{found.status}")]
    if found.missing:
        lines.append(who_ended(words, found.status, found.missing))
    lines += tell_play(model, found.play, words)
    if found.drawn is not None and is_lottery(found.play):
        drawn = outcome_words(model.frame(), found.drawn)
        lines.append(words.say("ending.drawn", outcome=drawn))
        after, before = (signed(words, x.value) for x in (found.drawn_gain, found.gain))
        lines.append(words.say("ending.drawn_gain", gain=after, expected=before))
    else:
        lines.append(tell_gain(found.gain, words))
    if found.act != "comply":
        lines.append(f"{clean(found.party)}: {clean(found.act)}")
    holds = words.say("end.good" if found.verification.ok else "end.bad")
    return [*lines, f"{holds} ({found.folded.head})", *map(str, found.verification.faults)]
