"""The views side by side: what each party believes, and which numbers differ."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

from comity.agreement.report.differences import changes, top_difference
from comity.agreement.report.findings import Findings
from comity.agreement.report.pieces import indices
from comity.agreement.report.words import play_sentence
from comity.agreement.results import Difference
from comity.cases import Case
from comity.core.page.words import clean, number
from comity.games import Game, Negotiation, NormalForm, Play
from comity.games.blocks import BlockModel

LARGEST_TABLE = 5
"""Most rows and columns of a payoff table that is shown whole."""

MOST_STAKES = 8
"""Most issues that a card lists."""


@dataclass(frozen=True)
class Cell:
    """One outcome in a payoff table.

    Attributes
    ----------
    payoffs : one text per player.
    differs : per player, whether another view has another number here.
    matters : whether the difference that matters most touches this cell.
    notes : what happens here: ``expects this``, ``really happens``, ``the deal``.
    """

    payoffs: tuple[str, ...]
    differs: tuple[bool, ...]
    matters: bool
    notes: tuple[str, ...]


@dataclass(frozen=True)
class Stake:
    """How much an issue is worth to somebody, and what it would like best there."""

    issue: str
    best: str
    share: float
    worth: str
    differs: bool


@dataclass(frozen=True)
class Card:
    """One party's view.

    Attributes
    ----------
    name, index, about : the party.
    alone : what it would do without a deal, and what it expects from that.
    table : its payoff table, rows by the first player's actions, if small enough to show.
    stakes : for a negotiation, by whose interest it is: the holder's own, then its guesses.
    beliefs : probabilities of the states, as (state, text, share, differs).
    beliefs_matter : whether they are the difference that matters most.
    """

    name: str
    index: int
    about: str
    alone: str
    table: tuple[tuple[Cell, ...], ...] = ()
    stakes: Mapping[tuple[int, str], tuple[Stake, ...]] = field(default_factory=dict)
    beliefs: tuple[tuple[str, str, float, bool], ...] = ()
    beliefs_matter: bool = False


def cards(findings: Findings, defaults: Mapping[str, Play]) -> list[Card]:
    """Return every party's view.

    Parameters
    ----------
    defaults : the default play by each one's own view.
    """
    case = findings.agreement.case
    models = [_model(party.model) for party in case.parties]
    top = top_difference(findings.comparison)
    shaded = top if top is not None and changes(top, findings.tolerance) else None
    touched = _touched(case, models, shaded)
    return [
        Card(
            name=clean(party.name),
            index=k,
            about=clean(party.about),
            alone=_alone(findings, k, defaults.get(party.name)),
            table=_table(models, k, findings, defaults.get(party.name), touched),
            stakes=_stakes(models, k),
            beliefs=_beliefs(models, k),
            beliefs_matter=shaded is not None and shaded.block == "prior",
        )
        for k, party in enumerate(case.parties)
    ]


def _model(game: Game) -> BlockModel:
    assert isinstance(game, NormalForm | Negotiation)
    return game


def _alone(findings: Findings, k: int, default: Play | None) -> str:
    model = findings.agreement.case.parties[k].model
    if default is None or isinstance(model, Negotiation):
        return f"Without a deal it expects {number(findings.expected[k])}."
    happens = play_sentence(model, default)
    return f"Without a deal it expects {happens}; worth {number(findings.expected[k])} to it."


def _touched(case: Case, models: Sequence[BlockModel], difference: Difference | None) -> np.ndarray:
    """Return which cells the difference that matters most changes, by owner, shape (n + b, C)."""
    none = np.zeros(models[0].values.shape, dtype=bool)
    if difference is None:
        return none
    first, second = (models[case.names.index(name)] for name in difference.parties)
    flat = first.blocks()[difference.block].values.copy()
    places = indices(case, difference)
    flat[places] = second.blocks()[difference.block].values[places]
    if difference.block == "prior":
        return none
    return ~np.isclose(first.values, first.replace(difference.block, flat).values)


def _table(
    models: Sequence[BlockModel],
    k: int,
    findings: Findings,
    default: Play | None,
    touched: np.ndarray,
) -> tuple[tuple[Cell, ...], ...]:
    model = models[k]
    if not isinstance(model, NormalForm) or len(model.shape) != 2:
        return ()
    if max(model.shape) > LARGEST_TABLE:
        return ()
    notes = [
        ("expects this", default),
        ("really happens", findings.without),
        ("the deal", findings.agreement.play if findings.agreed else None),
    ]
    chances = [(text, _chances(model, play)) for text, play in notes]
    spread = np.ptp([m.values for m in models], axis=0) > 1e-9
    rows, columns = model.shape
    return tuple(
        tuple(
            _cell(model, row * columns + column, spread, touched, chances)
            for column in range(columns)
        )
        for row in range(rows)
    )


def _cell(
    model: NormalForm,
    cell: int,
    spread: np.ndarray,
    touched: np.ndarray,
    chances: Sequence[tuple[str, np.ndarray]],
) -> Cell:
    n = len(model.players)
    return Cell(
        payoffs=tuple(number(v) for v in model.values[:n, cell]),
        differs=tuple(bool(d) for d in spread[:n, cell]),
        matters=bool(touched[:n, cell].any()),
        notes=tuple(_note(text, p[cell]) for text, p in chances if p[cell] > 1e-9),
    )


def _note(text: str, probability: float) -> str:
    return text if probability > 1 - 1e-9 else f"{text} ({number(100 * probability, 2)}%)"


def _chances(model: NormalForm, play: Play | None) -> np.ndarray:
    """Return the probability of each cell under a play, zero where there is none."""
    chances = np.zeros(model.size)
    if play is not None:
        lottery = play.to_lottery() if hasattr(play, "to_lottery") else play
        for outcome, probability in zip(lottery.outcomes, lottery.probabilities, strict=True):
            chances[np.ravel_multi_index(outcome, model.shape)] += probability
    return chances


def _stakes(models: Sequence[BlockModel], k: int) -> dict[tuple[int, str], tuple[Stake, ...]]:
    """Return what each issue is worth to each player as this party sees it, its own first."""
    model = models[k]
    if not isinstance(model, Negotiation) or model.form != "additive":
        return {}
    order = [k, *(i for i in range(len(model.players)) if i != k)]
    return {(i, clean(model.players[i])): _stakes_of(models, k, i) for i in order}


def _stakes_of(models: Sequence[BlockModel], k: int, owner: int) -> tuple[Stake, ...]:
    model = models[k]
    assert isinstance(model, Negotiation)
    pieces = list(zip(model.issues, model.offsets, model.shape, strict=True))
    ranges = [float(np.ptp(model.values[owner, start : start + n])) for _, start, n in pieces]
    largest = max(ranges) or 1.0
    order = sorted(range(len(pieces)), key=lambda j: (-ranges[j], j))[:MOST_STAKES]
    stakes = []
    for j in sorted(order):
        issue, start, n = pieces[j]
        values = np.array([m.values[owner, start : start + n] for m in models])
        stakes.append(
            Stake(
                issue=clean(issue.name),
                best=clean(issue.options[int(np.argmax(values[k]))]) if ranges[j] > 0 else "any",
                share=round(ranges[j] / largest, 3),
                worth=number(ranges[j]),
                differs=bool(np.any(np.ptp(values, axis=0) > 1e-9)),
            )
        )
    return tuple(stakes)


def _beliefs(models: Sequence[BlockModel], k: int) -> tuple[tuple[str, str, float, bool], ...]:
    model = models[k]
    if len(model.states) < 2:
        return ()
    spread = np.ptp([m.prior for m in models], axis=0) > 1e-9
    return tuple(
        (clean(state), f"{number(100 * p, 3)}%", round(float(p), 4), bool(differs))
        for state, p, differs in zip(model.states, model.prior, spread, strict=True)
    )
