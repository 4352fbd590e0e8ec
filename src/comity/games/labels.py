"""The words in which people meet the parts of a model."""

from __future__ import annotations

import re

DETERMINERS = re.compile(
    r"(?:an?|the|th[ie]se?|th(?:at|ose)|any|each|every|no|some|who|what|which|when|where|whether"
    r"|why|how|my|our|your|h[ie][sr]|its|their)\b"
)
QUESTIONS = {"who", "what", "which", "when", "where", "whether", "why", "how"}
PREPOSITION = re.compile(r"\s(?:about|at|by|for|from|in|of|on|per|to|with)\s")
PLURAL = re.compile(r"[^\W\d_](?<![suif])s$(?<!\bgas)")


def the(name: str) -> str:
    """Return a name with its article, where it is a common noun that has none.

    Examples
    --------
    >>> [the(name) for name in ("water", "Food", "the rent", "who cooks", "(C, D)", "2 weeks")]
    ['the water', 'Food', 'the rent', 'who cooks', '(C, D)', '2 weeks']
    """
    common = name[:1].islower() and not DETERMINERS.match(name)
    return f"the {name}" if common else name


def is_are(name: str) -> str:
    """Return the verb that goes with a name, by the ending of its first noun phrase.

    Examples
    --------
    >>> [is_are(name) for name in ("water", "pieces for Ana", "bus passes", "status of the cats")]
    ['is', 'are', 'are', 'is']
    """
    question = name.split()[0] in QUESTIONS
    plural = PLURAL.search(PREPOSITION.split(name)[0])
    return "are" if plural and not question else "is"


def worth(name: str, owner: str, state: str = "") -> str:
    """Return the words for what something is worth to someone.

    Examples
    --------
    >>> worth("water", "Ana"), worth("water", "Ana", "dry year")
    ('what the water is worth to Ana', 'what the water is worth to Ana (dry year)')
    """
    return f"what {the(name)} {is_are(name)} worth to {owner}" + (f" ({state})" if state else "")


def quantity(name: str, cells: str, state: str = "") -> str:
    """Return the words for a quantity at some cells of the game.

    Examples
    --------
    >>> quantity("flood risk", "(high, low)", "dry year"), quantity("cost", "")
    ('flood risk at (high, low) (dry year)', 'cost')
    """
    return name + (f" at {cells}" if cells else "") + (f" ({state})" if state else "")


def probability(states: tuple[str, ...]) -> str:
    """Return the words for a probability over states.

    Examples
    --------
    >>> probability(("dry", "wet", "flood"))
    'how likely dry, wet and flood are'
    """
    return f"how likely {', '.join(states[:-1])} and {states[-1]} are"
