"""A family of simple programs of Hanabi: a list of rules, the first that applies is followed.

Such a program keeps nothing in mind: it knows what its cards were told and what it sees. Lists of
rules drawn at random make as many partners as wanted, good and bad.

Source: Walton-Rivers, Williams, Bartle, Perez-Liebana and Lucas 2017, "Evaluating and modelling
Hanabi-playing agents", for rule lists; Canaan, Togelius, Nealen and Menzel 2019, "Diverse agents
for ad-hoc cooperation in Hanabi", for families of them.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from comity.core.errors import InputError
from comity.core.randomness import Rng, as_generator
from comity.learning.environments.hanabi.kernel import compiled, is_over, rules_from, word
from comity.learning.environments.hanabi.rules import TURN, Rules
from comity.learning.partners.hanabi_program import HanabiProgram, SetMemory
from comity.learning.partners.hanabi_rule_moves import RULES, rule_action

MOST_RULES = 8

NEARLY_ALWAYS = (
    *("discard likely dead", "discard oldest", "discard not last"),
    *("tell most", "tell anything"),
)
"""Rules that apply nearly always: in a family those that say more come before them."""


@compiled
def follow_rules(row: np.ndarray, seat: int, listed: np.ndarray, rules: Rules) -> int:
    """Return the action of the first rule that applies; the last, implied, always does."""
    for code in listed:
        action = rule_action(row, seat, code, rules)
        if action >= 0:
            return action
    action = rule_action(row, seat, DISCARD_OLDEST, rules)
    return action if action >= 0 else rule_action(row, seat, TELL_ANYTHING, rules)


DISCARD_OLDEST = RULES["discard oldest"]
TELL_ANYTHING = RULES["tell anything"]


@compiled
def rules_all(
    words: np.ndarray, seat: int, listed: np.ndarray, actions: np.ndarray, facts: np.ndarray
) -> None:
    """Write the actions of the seat where it is to move."""
    rules = rules_from(facts)
    for game in range(len(words)):
        row = words[game]
        if not is_over(row) and word(row, TURN) & 7 == seat:
            actions[game] = follow_rules(row, seat, listed, rules)


class RuleBot(HanabiProgram):
    """A list of rules in a seat of Hanabi.

    Parameters
    ----------
    listed : names of rules, see `RULES`, the most urgent first.

    Examples
    --------
    >>> RuleBot(["play sure", "tell playable", "discard dead"]).name
    'play sure, tell playable, discard dead'
    """

    def __init__(self, listed: Sequence[str]) -> None:
        unknown = [rule for rule in listed if rule not in RULES]
        if unknown or not listed or len(listed) > MOST_RULES:
            raise InputError(
                "not a list of rules",
                place="listed",
                found=", ".join(unknown) or f"{len(listed)} rules",
                expected=f"1 to {MOST_RULES} of: {', '.join(RULES)}",
            )
        self.listed = tuple(listed)
        self.name = ", ".join(listed)
        self.codes = np.array([RULES[rule] for rule in listed], dtype=np.int64)

    def follow(self, memory: SetMemory, seat: int, words: np.ndarray) -> np.ndarray:
        """Return the actions of the seat."""
        actions = np.zeros(len(words), dtype=np.int32)
        rules_all(words, seat, self.codes, actions, memory.facts)
        return actions


def sound_rules() -> RuleBot:
    """Return a list that plays only what is sure and tells of what can be played."""
    return RuleBot(["play sure", "tell playable", "discard dead", "tell most", "discard not last"])


def rule_family(count: int, rng: Rng = 0) -> list[RuleBot]:
    """Return as many different programs: lists of four to eight rules, drawn at random.

    A list has at least one rule of each kind, to play, to discard and to tell, in any order but
    that rules which apply nearly always come last.
    """
    random = as_generator(rng)
    found: dict[tuple[str, ...], RuleBot] = {}
    names = np.array(list(RULES))
    kinds = np.array([name.split()[0] for name in names])
    while len(found) < count:
        one_each = [random.choice(names[kinds == kind]) for kind in ("play", "discard", "tell")]
        rest = [name for name in names if name not in one_each]
        more = random.choice(rest, size=random.integers(1, MOST_RULES - 2), replace=False)
        mixed = [str(name) for name in random.permutation([*one_each, *more])]
        listed = tuple(sorted(mixed, key=NEARLY_ALWAYS.__contains__))
        found[listed] = RuleBot(listed)
    return list(found.values())
