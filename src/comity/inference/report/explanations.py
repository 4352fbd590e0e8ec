"""Which explanations stand and which fell: rows of a table, and their estimates side by side."""

from __future__ import annotations

from dataclasses import dataclass

from comity.core import Certified
from comity.core.page.words import clean, ended
from comity.inference.report.lanes import Dot, Lane, Lanes
from comity.inference.report.words import STATUS, Shown, sentence, shown, shown_share, untold
from comity.inference.results import Standing, Understanding

TONES = {True: "stands", False: "fell", None: "untold"}
SHAPES = {True: "disc", False: "ring", None: "square"}


@dataclass(frozen=True)
class Row:
    """One explanation in words.

    Attributes
    ----------
    status : ``stands``, ``fell`` or ``cannot tell``; ``tone`` is the class that colours it.
    twins : names of those that coincide with it on every situation.
    parameters : (name, meaning, figure).
    """

    name: str
    about: str
    source: str
    status: str
    tone: str
    verdict: str
    held_out: Shown
    accuracy: Shown
    log_likelihood: str
    twins: tuple[str, ...]
    parameters: tuple[tuple[str, str, Shown], ...]
    flat: tuple[str, ...]
    notes: tuple[str, ...]


@dataclass(frozen=True)
class Panel:
    """One parameter in all explanations that have it."""

    name: str
    meaning: str
    plot: Lanes


def rows(understanding: Understanding) -> list[Row]:
    """Return the explanations in the order of the result."""
    twins = {
        name: tuple(clean(other) for other in group if other != name)
        for group in understanding.classes
        for name in group
    }
    return [_row(s, twins.get(s.name, ())) for s in understanding.standings]


def _row(standing: Standing, twins: tuple[str, ...]) -> Row:
    return Row(
        name=clean(standing.name),
        about=clean(standing.about),
        source=clean(standing.source),
        status=STATUS[standing.stands],
        tone=TONES[standing.stands],
        verdict=sentence(standing.verdict),
        held_out=shown(standing.held_out),
        accuracy=shown_share(standing.accuracy),
        log_likelihood=f"{standing.log_likelihood:,.2f}".replace("-", "−"),
        twins=twins,
        parameters=tuple(
            (clean(name), clean(standing.meanings.get(name, "")), shown(figure))
            for name, figure in standing.estimates.items()
        ),
        flat=tuple(ended(sentence(text)) for text in standing.flat),
        notes=tuple(ended(sentence(text)) for text in standing.notes),
    )


def panels(understanding: Understanding) -> list[Panel]:
    """Return the estimates by parameter, those that most explanations have last.

    A parameter that is nowhere identified has no panel; the table says so.
    """
    names: dict[str, list[Standing]] = {}
    for standing in understanding.standings:
        for name in standing.estimates:
            names.setdefault(name, []).append(standing)
    order = sorted(names, key=lambda name: len(names[name]))
    return [
        _panel(name, names[name])
        for name in order
        if not all(untold(s.estimates[name]) for s in names[name])
    ]


def _panel(name: str, owners: list[Standing]) -> Panel:
    meanings = {s.meanings.get(name, "") for s in owners}
    lanes = [
        Lane(
            clean(s.name),
            (dot(s.estimates[name], TONES[s.stands], SHAPES[s.stands]),),
            str(shown(s.estimates[name])),
        )
        for s in owners
    ]
    meaning = clean(meanings.pop()) if len(meanings) == 1 else ""
    return Panel(clean(name), meaning, Lanes(lanes, reference=0.0))


def dot(figure: Certified, tone: str, shape: str = "disc") -> Dot:
    """Return a figure as a dot with its interval."""
    nothing = float("nan")
    low = nothing if figure.low is None else figure.low
    high = nothing if figure.high is None else figure.high
    return Dot(figure.value, low, high, tone, shape, str(shown(figure)))
