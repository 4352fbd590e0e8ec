"""The rules of a room in plain words, for whoever is to agree to them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from comity.language.catalogue import Words
from comity.language.figures import duration, number


def rules(words: Words, terms: Mapping[str, Any]) -> list[str]:
    """Return one sentence per rule that matters on the frame, the most important first.

    Parameters
    ----------
    terms : plain JSON with ``frame``, ``constitution`` and ``deadlines`` in seconds by phase.
    """
    constitution, frame = terms["constitution"], terms["frame"]
    told = [
        _solution(words, constitution["solution"]),
        words.say("rule.start", start=words.say(f"start.{constitution['disagreement']}")),
        *(_acceptance(words, rule) for rule in constitution["acceptance"]),
        words.say("rule.default", default=words.say(f"default.{constitution['default']}")),
        words.say(f"enforcement.{constitution['enforcement']}"),
        *_combination(words, constitution, frame),
        words.say("rule.lotteries" if constitution["lotteries"] else "rule.no_lotteries"),
        _talk(words, constitution["talk"]["rounds"]),
    ]
    if constitution["normalise"]:
        told.append(words.say("rule.normalise"))
    return [*told, _deadlines(words, terms["deadlines"])]


def _combination(
    words: Words, constitution: Mapping[str, Any], frame: Mapping[str, Any]
) -> list[str]:
    """Return how reports are combined, part by part; parts that the frame lacks go untold."""
    there = {"tastes": True, "facts": bool(frame["quantities"]), "prior": len(frame["states"]) > 1}
    return [words.say(f"{part}.{constitution[part]}") for part, told in there.items() if told]


def _solution(words: Words, notions: list[str]) -> str:
    named = [words.say(f"solution.{notion}") for notion in notions]
    if len(named) == 1:
        return words.say("rule.solution", solution=named[0])
    return words.say("rule.choice", solutions="; ".join(named))


def _acceptance(words: Words, rule: Mapping[str, Any]) -> str:
    tolerance = number(words, rule["tolerance"])
    if rule["rule"] == "gain":
        key = "rule.gain_tolerance" if rule["tolerance"] else "rule.gain"
        return words.say(key, tolerance=tolerance)
    measure = words.say(f"measure.{rule['divergence']}")
    return words.say(f"rule.{rule['rule']}", tolerance=tolerance, measure=measure)


def _talk(words: Words, rounds: int) -> str:
    return words.say("rule.talk", n=rounds) if rounds else words.say("rule.no_talk")


def _deadlines(words: Words, deadlines: Mapping[str, int]) -> str:
    told = {name: duration(words, seconds) for name, seconds in deadlines.items()}
    return words.say("rule.deadlines", **told)
