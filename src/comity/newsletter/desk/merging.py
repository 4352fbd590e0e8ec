"""Two people change one thing: what both can keep, and what somebody must decide."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from comity.newsletter.desk.forms import Form


@dataclass(frozen=True)
class Merged:
    """What became of two changes to one form.

    Attributes
    ----------
    form : with both changes; where they differ, mine.
    theirs : names of fields that the other one changed and I did not.
    conflicts : fields that both changed, differently, with the other's text.
    """

    form: dict[str, str]
    theirs: tuple[str, ...]
    conflicts: Mapping[str, str]


def merge(before: Form, mine: Form, theirs: Form) -> Merged:
    """Return what becomes of my change and of theirs, both made to one form.

    Examples
    --------
    >>> found = merge({"a": "1", "b": "1", "c": "1"}, {"a": "2", "c": "2"}, {"a": "1", "b": "3",
    ...               "c": "3"})
    >>> found.form, found.theirs, found.conflicts
    ({'a': '2', 'b': '3', 'c': '2'}, ('b',), {'c': '3'})
    """
    form: dict[str, str] = {}
    changed: list[str] = []
    conflicts: dict[str, str] = {}
    for name, there in theirs.items():
        first = before.get(name, there)
        here = mine.get(name, first)
        form[name] = there if here == first else here
        if there != first and here == first:
            changed.append(name)
        elif there not in (first, here):
            conflicts[name] = there
    return Merged(form, tuple(changed), conflicts)
