"""Logs of rooms that were altered, by one without keys or by one who holds some of them."""

from __future__ import annotations

import copy
import dataclasses

from comity.games import Lottery
from comity.rooms.protocol.commitments import report_commitment, room_draw_seed
from comity.rooms.protocol.draws import drawn, drawn_number
from comity.rooms.protocol.messages import Entry, Message
from comity.rooms.protocol.verification import log_to_dict
from room_play import (
    ENDINGS,
    OPERATOR,
    OTHER_ROOM,
    PROPOSER,
    agreeing,
    elaborate,
    plain_json,
    play_out,
    refusing,
    table,
)


def leaves(data, path=()):
    """Every number, word or truth value in plain JSON, with its path."""
    inner = data.items() if isinstance(data, dict) else enumerate(data)
    for key, value in inner:
        if isinstance(value, (dict, list)):
            yield from leaves(value, (*path, key))
        else:
            yield (*path, key), value


def altered(data, path):
    """A copy with one leaf changed."""
    forged = copy.deepcopy(data)
    place = forged
    for key in path[:-1]:
        place = place[key]
    place[path[-1]] = flipped(place[path[-1]])
    return forged


def flipped(value):
    """Another value of the same kind."""
    if isinstance(value, bool):
        return not value
    if isinstance(value, (int, float)):
        return value + (1 if isinstance(value, int) else 1e-3)
    if value is None:
        return 1
    first = value[:1]
    return ("1" if first != "1" else "2") + value[1:] if value else "x"


JUNK = [None, True, -1, 0.5, "", "0" * 64, "x" * 3000, [], ["x"], {}, {"a": 1}]


def misformed(message, rng):
    """A message with a field or a field of its body removed, added or replaced."""
    forged = copy.deepcopy(message)
    place = forged if rng.integers(2) else forged["body"]
    name = str(rng.choice(list(place)))
    kind = rng.integers(4)
    if kind == 0:
        del place[name]
    elif kind == 1:
        place["more"] = JUNK[rng.integers(len(JUNK))]
    else:
        place[name] = copy.deepcopy(JUNK[rng.integers(len(JUNK))])
    return forged


def rewritten(found, change, keys=()):
    """The log of a table after a forger has changed and sealed it.

    ``change`` takes the number and the message of an entry and returns what to put there: a
    message, or ``None`` to leave it out. The forger signs for the operator and for the seats in
    ``keys``; messages of others stay as they were signed. Whatever it signs follows the new hashes.
    """
    table_keys = {"": OPERATOR} | {name: seat.key for name, seat in found.seats.items()}
    entries, moved = [], {}
    for k, entry in enumerate(found.room.entries):
        message = change(k, entry.message)
        if message is None:
            continue
        if message.type == "propose" and "proposer" in keys:
            message = signed_again(message, PROPOSER, moved)
        elif message.type != "propose" and (not message.author or message.author in keys):
            message = signed_again(message, table_keys[message.author], moved)
        last = entries[-1] if entries else None
        entries.append(Entry.sealed(OPERATOR, message, entry.time, last))
        moved[entry.hash] = entries[-1].hash
    log = {**log_to_dict(found.room), "entries": [entry.to_dict() for entry in entries]}
    return plain_json(log)


def signed_again(message, key, moved):
    """The message signed with a key, following the entry that its own became."""
    fields = {name: getattr(message, name) for name in ("room", "type", "author", "round", "body")}
    return Message.signed(key, after=moved.get(message.after, message.after), **fields)


def changing(kind, edit, author=None):
    """A change of the bodies of one type of message; ``edit`` changes a copy in place."""

    def change(k, message):
        if message.type != kind or author not in (None, message.author):
            return message
        body = copy.deepcopy(dict(message.body))
        edit(body)
        return dataclasses.replace(message, body=body)

    return change


def _update(**fields):
    return lambda body: body.update(fields)


def _another_play(body):
    body["play"] = Lottery.pure((0, 0)).to_dict()


def _drawn_again(found, names):
    """The outcome that the nonces of some parties alone would give."""
    nonces = {name: found.room.answers[name]["draw"] for name in names}
    seed = room_draw_seed(found.room.id, found.room.round, nonces)
    number = drawn_number(seed)
    return {"seed": seed, "number": number, "outcome": drawn(found.room.outcome["play"], number)}


def dropped(kind, author=""):
    """A change that leaves one type of message out."""
    return lambda k, m: None if (m.type, m.author) == (kind, author) else m


def operator_puts(kind, edit, author=None):
    return lambda: rewritten(play_out(agreeing()), changing(kind, edit, author))


def colluding(kind, edit, author, keys, case=agreeing):
    return lambda: rewritten(play_out(case()), changing(kind, edit, author), keys)


def from_another_room(kind):
    def make():
        other = {
            (e.message.type, e.message.author): e.message
            for e in play_out(agreeing(), room=OTHER_ROOM).room.entries
        }
        change = lambda k, m: other[kind, "B"] if (m.type, m.author) == (kind, "B") else m  # noqa: E731
        return rewritten(play_out(agreeing()), change)

    return make


def copied_commitment():
    """B publishes what A has committed to, and opens it with A's report and nonce."""
    found = play_out(agreeing())
    commit, reveal = found.room.commitments["A"], found.room.opened["A"]

    def change(k, message):
        bodies = {("commit", "B"): {**commit, "draws": ["f" * 64]}, ("reveal", "B"): reveal}
        body = bodies.get((message.type, message.author), message.body)
        return dataclasses.replace(message, body=body)

    return rewritten(found, change, ["B"])


def own_form_of_a_copy():
    """B commits to A's report and nonce under A's name, which no equal hash betrays."""
    found = play_out(agreeing())
    reveal = found.room.opened["A"]
    other = report_commitment(found.room.id, found.room.terms.hash, "A", reveal["report"], "1" * 64)
    edit = changing("commit", _update(report=other), "B")
    opened = changing("reveal", _update(report=reveal["report"], nonce="1" * 64), "B")
    return rewritten(found, lambda k, m: opened(k, edit(k, m)), ["A", "B"])


def leaving_after_the_draw():
    """B and the operator see what is drawn, and B leaves instead."""
    found = play_out(agreeing())
    leave = Message.signed(
        found.seats["B"].key,
        room=found.room.id,
        type="leave",
        body={"text": ""},
        author="B",
        after=found.room.entries[7].hash,
    )
    end = {"status": "left", "missing": ["B"], "play": None, "draw": None}
    messages = [entry.message for entry in found.room.entries[:-1]]
    last = found.room.entries[-1].message
    messages += [leave, signed_again(dataclasses.replace(last, body=end), OPERATOR, {})]
    return sealed(found, messages)


def two_outcomes():
    found = play_out(agreeing())
    messages = [entry.message for entry in found.room.entries]
    return sealed(found, [*messages, messages[-1]])


def said_twice():
    """The operator repeats what a party said once."""
    found = table(agreeing()).until("answering")
    found.take(found.seats["A"].say(found.room, "note", "", "Yes."))
    found.until()
    messages = [entry.message for entry in found.room.entries]
    at = found.kinds.index("say")
    return sealed(found, [*messages[: at + 1], *messages[at:]])


def sealed(found, messages):
    """The log of these messages, whose times are those they had, or the last."""
    times = {entry.message.signature: entry.time for entry in found.room.entries}
    entries, now = [], 0
    for message in messages:
        now = max(now, times.get(message.signature, now))
        entries.append(
            Entry.sealed(OPERATOR, message, now, entries[-1] if entries else None),
        )
    log = {**log_to_dict(found.room), "entries": [entry.to_dict() for entry in entries]}
    return plain_json(log)


def going_back_in_time():
    found = play_out(agreeing())
    entries = []
    for entry in found.room.entries:
        time = entry.time - (1000 if entry.message.type == "outcome" else 0)
        entries.append(
            Entry.sealed(OPERATOR, entry.message, time, entries[-1] if entries else None)
        )
    log = {**log_to_dict(found.room), "entries": [entry.to_dict() for entry in entries]}
    return plain_json(log)


def expired_too_soon():
    """The operator ends the room before the deadline."""
    found = ENDINGS["expired"]()
    entries = found.room.entries
    outcome = Entry.sealed(OPERATOR, entries[-1].message, entries[-2].time, entries[-2])
    log = log_to_dict(found.room)
    return plain_json({**log, "entries": [*log["entries"][:-1], outcome.to_dict()]})


EXPIRED = {"status": "expired", "missing": ["B"], "play": None, "draw": None}
REFUSAL = {"accepts": False, "reasons": ["gain"], "draw": None}

FORGERIES = {
    # An operator alone: it seals anew, and signs what is its own.
    "other terms": operator_puts("propose", lambda body: body["terms"].update(title="Another")),
    "another proposal": operator_puts("proposal", _another_play),
    "another outcome": operator_puts("outcome", lambda body: body["draw"].update(outcome=[0, 0])),
    "truth for one": operator_puts(
        "outcome",
        lambda body: body["draw"].update(outcome=[bool(k) for k in body["draw"]["outcome"]]),
    ),
    "an end by hand": operator_puts("outcome", _update(**EXPIRED)),
    "no gain by hand": operator_puts("outcome", _update(**{**EXPIRED, "status": "no gain"})),
    "an answer put in a mouth": operator_puts("answer", _update(**REFUSAL), "B"),
    "a report put in a mouth": operator_puts("reveal", _update(nonce="0" * 64), "B"),
    "a party left out": lambda: rewritten(play_out(agreeing()), dropped("join", "B")),
    "an answer left out": lambda: rewritten(play_out(agreeing()), dropped("answer", "B")),
    "a commitment left out": lambda: rewritten(play_out(agreeing()), dropped("commit", "B")),
    "a draw of one nonce": lambda: rewritten(
        (found := play_out(agreeing())),
        changing("outcome", _update(draw=_drawn_again(found, ["A"]))),
    ),
    "a clock that goes back": going_back_in_time,
    "an end before its time": expired_too_soon,
    "two outcomes": two_outcomes,
    "words repeated": said_twice,
    # Replays into another room.
    **{
        f"{kind} of another room": from_another_room(kind)
        for kind in ("join", "commit", "reveal", "answer")
    },
    # A party, and an operator who seals all that it is given.
    "a copied commitment": copied_commitment,
    "a copy in its owner's name": own_form_of_a_copy,
    "another report than committed": colluding(
        "reveal", lambda body: body["report"]["blocks"]["tastes[B]"].__setitem__(0, 9.0), "B", "B"
    ),
    "another nonce for the draw": colluding("answer", _update(draw="0" * 64), "B", "B"),
    "a draw opened in refusing": colluding("answer", _update(accepts=False), "B", "B"),
    "terms of its own": colluding("join", _update(terms="0" * 64), "B", "B"),
    "another operator": colluding("join", _update(operator="0" * 64), "B", "B"),
    "leaving after the draw": leaving_after_the_draw,
    # All together: only what follows from the reports is left to find.
    "a proposal that all accept": colluding(
        "proposal", _another_play, None, ["A", "B", "proposer"]
    ),
    "a rule that did not hold": colluding(
        "proposal",
        lambda body: [f.update(holds=True) for found in body["public"].values() for f in found],
        None,
        ["one", "two", "proposer"],
        refusing,
    ),
    "another figure of a rule": colluding(
        "proposal",
        lambda body: body["public"]["A"][0].update(figure=0.5),
        None,
        ["A", "B", "proposer"],
        elaborate,
    ),
}
"""Logs that hold no longer, by what was done; all hashes and seals in them fit."""

BY_SOLVING = {
    "another proposal",
    "a proposal that all accept",
    "a rule that did not hold",
    "another figure of a rule",
}
"""Forgeries that only show to whoever solves the common model again."""
