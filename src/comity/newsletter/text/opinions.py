"""Opinions that begin with their own label: ``Ada's opinion: ...``, as old issues were pasted."""

from __future__ import annotations

import re
from collections.abc import Sequence

_WORD = r"(?:(?:[^\W\d_]{1,2}\.)+|[^\W\d_][^\s:*_<>()\[\].!?]*?)"
_NAME = rf"(?!in\s){_WORD}(?:[ ]+{_WORD}){{0,9}}?"
_HEAD = rf"(?:my\s+|(?P<name>{_NAME})(?:['’]s|(?<=s)['’])\s+)?opinion"
_MARKS = r"(?P<marks>\*{1,3}|_{1,3})"
_LABEL = tuple(
    re.compile(form, re.IGNORECASE)
    for form in (
        rf"\s*{_HEAD}\s*:",
        rf"\s*{_MARKS}{_HEAD}\s*(?::\s*(?P=marks)|(?P=marks)\s*:|(?P=marks)[ ]*\n)",
        rf"\s*\#{{1,6}}[ ]+{_MARKS}?{_HEAD}\s*:?\s*(?(marks)(?P=marks)):?[ #]*\n",
    )
)


def unlabelled(text: str) -> tuple[str, str]:
    """Return whom the label of an opinion names, and the opinion without it.

    The name is empty where there is no label, or one without a name.

    Examples
    --------
    >>> unlabelled("**Ada's opinion:** It works."), unlabelled("In Ada's opinion: no.")
    (('Ada', 'It works.'), ('', "In Ada's opinion: no."))
    """
    for form in _LABEL:
        label = form.match(text)
        rest = text[label.end() :].strip() if label else ""
        if label and rest:
            return " ".join((label["name"] or "").split()), rest
    return "", text


def among(name: str, people: Sequence[str]) -> str:
    """Return which of some people a name means, by some of the words of theirs; or nobody.

    Examples
    --------
    >>> among("Ada", ["Charles Babbage", "Ada Lovelace"]), among("Mary", ["Ada Lovelace"])
    ('Ada Lovelace', '')
    """
    words = set(name.casefold().split())
    found = [person for person in people if words <= set(person.casefold().split())]
    return found[0] if len(found) == 1 else ""
