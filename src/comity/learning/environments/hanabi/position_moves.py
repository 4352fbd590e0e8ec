"""The last move of a position, which observations show, in words and in bits."""

from __future__ import annotations

from typing import Any

from comity.core.errors import InputError
from comity.learning.environments.hanabi.decks import card_name, read_cards
from comity.learning.environments.hanabi.rules import (
    ANY,
    MATCHES,
    MATCHES_MASK,
    MOVED_CARD,
    MOVER,
    SCORED,
    TOKEN,
    Rules,
    actions_of,
)
from comity.learning.environments.stated import flag, whole

BY_CARD = ("card", "scored", "token")
BY_HINT = ("touched",)


def last_word(stated: Any, rules: Rules, place: str) -> int:
    """Return the word of the last move, 0 for none, or raise `InputError`."""
    if stated is None:
        return 0
    if not isinstance(stated, dict):
        raise InputError("not a move", place=place, found=repr(stated)[:40], expected="a mapping")
    action = whole(stated.get("action"), f"{place}.action", 0, actions_of(rules) - 1)
    known = ("player", "action", *(BY_CARD if action < 2 * rules.hand else BY_HINT))
    if strange := sorted(set(stated) - set(known)):
        raise InputError(
            "not of this move", place=place, found=", ".join(strange), expected=", ".join(known)
        )
    player = whole(stated.get("player"), f"{place}.player", 1, rules.players) - 1
    word = action | player << MOVER | 1 << ANY
    if action >= 2 * rules.hand:
        return word | _touched(stated.get("touched"), rules, f"{place}.touched") << MATCHES
    cards = read_cards(stated.get("card"), rules, f"{place}.card")
    if len(cards) != 1:
        raise InputError("not one card", place=f"{place}.card", found=len(cards), expected=1)
    scored = flag(stated.get("scored", False), f"{place}.scored")
    token = flag(stated.get("token", action < rules.hand), f"{place}.token")
    fits = token and not scored if action < rules.hand else scored or not token
    if not fits:
        raise InputError(
            "a move that cannot have been",
            place=place,
            found=f"scored {scored}, token {token}",
            expected="a discard brings a token; a play brings one only where it scored",
        )
    return word | cards[0] << MOVED_CARD | scored << SCORED | token << TOKEN


def _touched(stated: Any, rules: Rules, place: str) -> int:
    listed = stated if isinstance(stated, (list, tuple)) else [None]
    places = {whole(k, place, 1, rules.hand) for k in listed}
    if not places and not rules.empty:
        raise InputError("a hint touches a card", place=place, found="none", expected="one or more")
    return sum(1 << (k - 1) for k in places)


def last_shown(word: int, rules: Rules) -> dict[str, Any] | None:
    """Return the move that a word holds, or None: the inverse of `last_word`."""
    if not word >> ANY & 1:
        return None
    action = word & 63
    shown: dict[str, Any] = {"player": (word >> MOVER & 7) + 1, "action": action}
    if action >= 2 * rules.hand:
        matches = word >> MATCHES & MATCHES_MASK
        return shown | {"touched": [k + 1 for k in range(rules.hand) if matches >> k & 1]}
    return shown | {
        "card": card_name(word >> MOVED_CARD & 31),
        "scored": bool(word >> SCORED & 1),
        "token": bool(word >> TOKEN & 1),
    }
