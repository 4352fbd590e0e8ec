"""Who follows what: shares, who can be assigned, and who cannot."""

from __future__ import annotations

from dataclasses import dataclass

from comity.core.page.words import clean
from comity.inference.report.posteriors import COLOURED, Columns, columns
from comity.inference.report.verdict import counted_people
from comity.inference.report.words import Shown, percent, shown_share
from comity.inference.results import People, Understanding


@dataclass(frozen=True)
class Row:
    """One explanation: its share, and how many people are assigned to it.

    Attributes
    ----------
    tone : class that colours it.
    low, middle, high : the share and its interval on a bar of 200 pixels.
    told : how many people are assigned, and their share of all.
    """

    name: str
    tone: str
    share: Shown
    low: float
    middle: float
    high: float
    told: str


@dataclass(frozen=True)
class Crowd:
    """The section on people in words and pictures."""

    rows: tuple[Row, ...]
    untold: str
    level: str
    sentence: str
    prior: str
    columns: Columns


def crowd(understanding: Understanding) -> Crowd | None:
    """Return who follows what; ``None`` where nobody was assigned to anything."""
    people = understanding.people
    if people is None or not len(people.posteriors):
        return None
    return Crowd(
        rows=tuple(_row(people, k) for k in range(len(people.explanations))),
        untold=_out_of(people.cannot_tell, people),
        level=percent(people.level),
        sentence=_sentence(people),
        prior=clean(people.prior),
        columns=columns(people),
    )


def _row(people: People, k: int) -> Row:
    name = people.explanations[k]
    share = people.shares[name]
    low = share.value if share.low is None else share.low
    high = share.value if share.high is None else share.high
    return Row(
        name=clean(name),
        tone=f"p{min(k, COLOURED)}",
        share=shown_share(share),
        low=_pixels(low),
        middle=_pixels(share.value),
        high=_pixels(high),
        told=_out_of(people.told.get(name, 0), people),
    )


def _pixels(share: float) -> float:
    return round(200 * min(1.0, max(0.0, share)), 1) if share == share else 0.0


def _out_of(count: int, people: People) -> str:
    every = len(people.posteriors)
    return f"{count:,} ({percent(count / every)})"


def _sentence(people: People) -> str:
    every = len(people.posteriors)
    told = every - people.cannot_tell
    if len(people.explanations) == 1:
        return (
            "There is only one to follow: what this evidence cannot tell apart counts as one. That "
            "everybody is assigned to it says nothing about them."
        )
    level = percent(people.level)
    if not told:
        return (
            f"Of none of {counted_people(every)} can be told, with a probability of {level} or "
            "more, which explanation they follow."
        )
    if not people.cannot_tell:
        return f"All {counted_people(every)} can be assigned with a probability of {level} or more."
    return (
        f"{told:,} of {counted_people(every)} can be assigned with a probability of {level} or "
        f"more. Of the other {people.cannot_tell:,} we cannot tell."
    )
