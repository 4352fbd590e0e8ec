"""`comity solve`: one solution concept on one view of a Case."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import TYPE_CHECKING, Annotated, Any

import typer

from comity.cli.app import app

if TYPE_CHECKING:
    from comity.cases import Case
    from comity.games import Game, Play
    from comity.solutions import Equilibria, Frontier, Solution

MOST_ROWS = 40


@app.command()
def solve(
    file: Annotated[str, typer.Argument(help="A Case file, or a file of another tool.")],
    concept: Annotated[str, typer.Argument(help="nash, pure-equilibria, frontier, ...")],
    view: Annotated[
        str, typer.Option(help="Whose view to solve; the combined model unless given.")
    ] = "",
    lotteries: Annotated[bool, typer.Option(help="Whether plays may be lotteries.")] = True,
    as_json: Annotated[bool, typer.Option("--json", help="Print plain JSON.")] = False,
) -> None:
    """Find equilibria, a bargaining solution or the frontier, with its certificate."""
    from comity.agreement.defaults import disagreement_point
    from comity.cases import load
    from comity.cases.faults import check_known
    from comity.solutions import CONCEPTS
    from comity.solutions import solve as find

    wanted = concept.strip().casefold().replace("_", "-").replace(" ", "-")
    check_known(wanted, CONCEPTS, "solution concept")
    case = load(file)
    game = _seen_by(view, case)
    point = disagreement_point(game, case.constitution)
    found = find(game, wanted, disagreement=point, lotteries=lotteries)
    if as_json:
        typer.echo(json.dumps(found.to_dict(), indent=2))
    else:
        _show(case, view, wanted, game, found)


def _seen_by(view: str, case: Case) -> Game:
    from comity.agreement.models.combine import combine
    from comity.cases.faults import check_known

    if not view:
        return combine(case.models, case.constitution, case.evidence)
    check_known(view, case.names, "party", "--view")
    return case.models[view]


def _show(case: Case, view: str, concept: str, game: Game, found: Any) -> None:
    from rich.console import Console
    from rich.table import Table

    whose = f"as {view} sees it" if view else "with the views combined"
    title = f"{concept}: {case.title}, {whose}"
    table = Table()
    table.add_column("play", overflow="fold")
    for name in game.players:
        table.add_column(name, justify="right")
    rows, notes = _READERS[type(found).__name__](game, found)
    for words, numbers in rows[:MOST_ROWS]:
        table.add_row(words, *numbers)
    console = Console()
    console.print(title, style="bold", markup=False, highlight=False)
    if rows:
        console.print(table)
    if len(rows) > MOST_ROWS:
        notes = [f"{len(rows) - MOST_ROWS} more rows: see --json", *notes]
    for note in notes:
        console.print(note, markup=False, highlight=False)


Rows = tuple[list[tuple[str, list[str]]], list[str]]


def _solution_rows(game: Game, found: Solution) -> Rows:
    from comity.games import Lottery

    notes = [f"status: {found.status}; optimality gap: {found.gap}", *found.assumptions]
    start = ("disagreement", _numbers(found.disagreement))
    if found.play is None:
        return [start], ["Nothing is better for all than the disagreement point.", *notes]
    rows = [(f"{found.concept} (expected)", _numbers(found.payoffs)), start]
    lottery = found.play if isinstance(found.play, Lottery) else found.play.to_lottery()
    for outcome, p in zip(lottery.outcomes, lottery.probabilities, strict=True):
        worth = game.payoffs(Lottery.pure(outcome))
        rows.append((f"  {p:.1%}  {game.describe(outcome)}", _numbers(worth)))
    return rows, notes


def _equilibrium_rows(game: Game, found: Equilibria) -> Rows:
    pairs = zip(found.profiles, found.payoffs, strict=True)
    rows = [(_play_in_words(game, play), _numbers(payoffs)) for play, payoffs in pairs]
    notes = [] if rows else ["There is none."]
    if len(found.gains):
        notes.append(f"largest gain from a deviation: {float(found.gains.max()):.3g}")
    whole = "complete: " if found.complete else "incomplete: "
    return rows, [*notes, f"{whole}{found.claim.removeprefix('complete: ')}"]


def _frontier_rows(game: Game, found: Frontier) -> Rows:
    pairs = zip(found.outcomes, found.points, strict=True)
    rows = [(game.describe(outcome), _numbers(point)) for outcome, point in pairs]
    whole = "the whole frontier" if found.exact else "a part of the frontier"
    return rows, [f"{whole} of {found.kind}; undominated outcomes: {found.size}"]


_READERS: dict[str, Callable[[Any, Any], Rows]] = {
    "Solution": _solution_rows,
    "Equilibria": _equilibrium_rows,
    "Frontier": _frontier_rows,
}


def _numbers(values: Any) -> list[str]:
    return [f"{float(value):.4g}" for value in values]


def _play_in_words(game: Game, play: Play) -> str:
    from comity.games import Lottery, MixedProfile, NormalForm

    if isinstance(play, Lottery):
        return " or ".join(game.describe(outcome) for outcome in play.outcomes)
    assert isinstance(play, MixedProfile)
    assert isinstance(game, NormalForm)
    return "; ".join(
        " or ".join(
            name if p > 1 - 1e-12 else f"{name} {p:.3g}"
            for name, p in zip(names, strategy, strict=True)
            if p > 0
        )
        for names, strategy in zip(game.actions, play.strategies, strict=True)
    )
