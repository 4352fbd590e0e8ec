"""Test vectors for other makers of the protocol: fixed secrets, and all that follows from them.

`vectors.json` beside this file ships with the package; a test makes it again from these secrets and
compares every byte. The secrets are public: use them for tests alone.
"""

from __future__ import annotations

import json
from importlib.resources import files
from typing import Any

from comity.core import canonical_json, digest
from comity.rooms.protocol.commitments import draw_part, report_commitment, room_draw_seed
from comity.rooms.protocol.draws import drawn, drawn_number
from comity.rooms.protocol.keys import Key, derived
from comity.rooms.protocol.messages import PROTOCOL, Entry, Message

FILE = "vectors.json"
SECRET, ROOM, PARTY, SEATED = "5a" * 32, "ab" * 16, "Ána", "e1" * 32
TERMS, NONCE = "cd" * 32, "0f" * 32
SEEDS = ("00" * 32, bytes(range(32)).hex())
VALUES = (
    {"b": 1.0, "a": [1e-7, 1e21, True, None], "€": "\r", "ö": "👋", "": -0.0},
    [0.1, 100, 1e16, 5e-324, 1.7976931348623157e308, -2.5, "\u2028\u0007"],
)
PLAYS: tuple[dict[str, Any], ...] = (
    {"kind": "lottery", "outcomes": [[1, 0], [0, 1]], "probabilities": [0.25, 0.75]},
    {"kind": "mixed", "strategies": [[0.5, 0.5], [0.0, 0.2, 0.8]]},
)


def read_vectors() -> dict[str, Any]:
    """Return the vectors that ship with the package.

    Examples
    --------
    >>> sorted(read_vectors())
    ['canonical', 'commitments', 'derived', 'draws', 'keys', 'logs', 'messages', 'protocol']
    """
    text = files(__package__).joinpath(FILE).read_text(encoding="utf-8")
    data: dict[str, Any] = json.loads(text)
    return data


def make_vectors(logs: dict[str, Any]) -> dict[str, Any]:
    """Return the vectors with these logs, one for each way to end."""
    return {
        "protocol": PROTOCOL,
        "canonical": [
            {"value": value, "text": canonical_json(value), "digest": digest(value)}
            for value in VALUES
        ],
        "keys": [_key(seed) for seed in SEEDS],
        "derived": _derived(),
        "commitments": _commitments(),
        "draws": _draws(),
        "messages": [_message()],
        "logs": logs,
    }


def to_text(vectors: dict[str, Any]) -> str:
    """Return the vectors as the text of their file."""
    return json.dumps(vectors, indent=1, ensure_ascii=False) + "\n"


def _key(seed: str) -> dict[str, str]:
    key, data = Key(bytes.fromhex(seed)), "af82"
    signature = key.sign(bytes.fromhex(data))
    return {"seed": seed, "public": key.public, "data": data, "signature": signature}


def _derived() -> list[dict[str, Any]]:
    words: list[list[str | int]] = [
        [PROTOCOL, ROOM, PARTY, "key"],
        [PROTOCOL, ROOM, PARTY, "report", 0, SEATED],
        [PROTOCOL, ROOM, PARTY, "draw", 1, SEATED],
    ]
    return [{"secret": SECRET, "words": w, "bytes": derived(SECRET, *w).hex()} for w in words]


def _commitments() -> list[dict[str, Any]]:
    report = {"blocks": {"tastes[Ána]": [0.0, -1.5, 5.0, -5.0]}}
    place = {"room": ROOM, "terms": TERMS, "party": PARTY, "nonce": NONCE}
    hidden = report_commitment(ROOM, TERMS, PARTY, report, NONCE)
    part = draw_part(ROOM, TERMS, PARTY, NONCE, 2)
    return [
        {"of": "report", **place, "report": report, "commitment": hidden},
        {"of": "draw", **place, "round": 2, "commitment": part},
    ]


def _draws() -> list[dict[str, Any]]:
    nonces = {PARTY: NONCE, "Bo": "1e" * 32}
    found = []
    for round_, play in enumerate(PLAYS):
        seed = room_draw_seed(ROOM, round_, nonces)
        number = drawn_number(seed)
        place = {"room": ROOM, "round": round_, "nonces": nonces, "play": play}
        found.append({**place, "seed": seed, "number": number, "outcome": drawn(play, number)})
    return found


def _message() -> dict[str, Any]:
    key, operator = (Key(bytes.fromhex(seed)) for seed in SEEDS)
    body = {"text": "Ade 👋"}
    message = Message.signed(key, room=ROOM, type="leave", body=body, author=PARTY, round=1)
    entry = Entry.sealed(operator, message, 1_800_000_000_000)
    return {
        "signed bytes": message.signed_part().decode("utf-8"),
        "operator": operator.public,
        "entry": entry.to_dict(),
    }
