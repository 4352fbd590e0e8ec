"""Typed messages as sentences: one act, signed by all, read by each in its own language."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from comity.core.page.words import clean
from comity.language.catalogue import Words
from comity.language.figures import listed


def sentence(words: Words, message: Mapping[str, Any]) -> str:
    """Return what a message of a room says, in a sentence.

    Parameters
    ----------
    message : plain JSON with ``type``, ``author`` and ``body``.

    Examples
    --------
    >>> from comity.language import words_of
    >>> message = {"type": "answer", "author": "Ana", "body": {"accepts": True, "reasons": []}}
    >>> sentence(words_of("es"), message)
    'Ana acepta.'
    """
    kind, author = message["type"], clean(message["author"])
    variant = VARIANTS.get(kind)
    key, values = variant(words, message["body"]) if variant else (kind, {})
    return words.say(f"message.{key}", author=author, **values)


def spoken(words: Words, message: Mapping[str, Any]) -> list[str]:
    """Return what stands beside the sentence: what an act is about, and words of one's own."""
    body, lines = message["body"], []
    if body.get("about"):
        lines.append(words.say("act.about", about=clean(body["about"])))
    if message["type"] in OWN_WORDS and body.get("text"):
        lines.append(words.say("act.own_words", text=clean(body["text"])))
    return lines


OWN_WORDS = ("say", "answer", "leave")
"""Messages in which a party may add words of its own."""

Variant = tuple[str, dict[str, str]]


def _proposal(words: Words, body: Mapping[str, Any]) -> Variant:
    return ("proposal" if body["play"] is not None else "proposal_none"), {}


def _answer(words: Words, body: Mapping[str, Any]) -> Variant:
    if body["accepts"]:
        return "accept", {}
    reasons = [words.say(f"reason.{reason}") for reason in body["reasons"] or ["other"]]
    return "refuse", {"reasons": listed(words, reasons)}


def _say(words: Words, body: Mapping[str, Any]) -> Variant:
    return "say", {"act": words.say(f"act.{body['act']}")}


def _outcome(words: Words, body: Mapping[str, Any]) -> Variant:
    return "outcome", {"status": words.say(f"status.{body['status']}")}


VARIANTS: dict[str, Callable[[Words, Mapping[str, Any]], Variant]] = {
    "proposal": _proposal,
    "answer": _answer,
    "say": _say,
    "outcome": _outcome,
}
"""Types of message whose sentence depends on what they say."""


WALKED_AWAY = ("declined", "left")


def who_ended(words: Words, status: str, names: Sequence[str]) -> str:
    """Return by whom a room ended: by those who walked away, or who were missing.

    Examples
    --------
    >>> from comity.language import words_of
    >>> who_ended(words_of("en"), "left", ["Bo"]), who_ended(words_of("en"), "expired", ["Bo"])
    ('It was Bo.', 'It was Bo that did not act.')
    """
    told = listed(words, list(map(clean, names)))
    if status in WALKED_AWAY:
        return words.say("ending.who", names=told)
    return words.say("ending.missing", names=told)
