"""`comity assist`: play a game with an assistant that must find out what you want."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import nullcontext
from typing import TYPE_CHECKING, Annotated

import typer

from comity.cli._console import check_targets, put_json
from comity.cli.app import app
from comity.core.errors import InputError

if TYPE_CHECKING:
    from rich.console import Console

    from comity.assistance.games import AssistanceGame
    from comity.assistance.people import Procedure
    from comity.assistance.playing import Session

SENSITIVITY = 10.0
"""Sensitivity of a noisy person by default, per range of rewards."""
WORKING = "working out a plan; the first time takes some seconds"


@app.command()
def assist(
    game: Annotated[
        str | None, typer.Argument(help="A game of --list, or a TOML file of your own.")
    ] = None,
    listed: Annotated[bool, typer.Option("--list", help="List the games there are.")] = False,
    goal: Annotated[
        str | None, typer.Option(help="What you want; drawn at random unless given.")
    ] = None,
    person: Annotated[
        str, typer.Option(help="What it takes you for: noisy, rational, teaching, demonstrating.")
    ] = "noisy",
    sensitivity: Annotated[
        float, typer.Option(help="How seldom it thinks you err, per range of rewards.")
    ] = SENSITIVITY,
    assistant: Annotated[
        str, typer.Option(help="Who helps: best, inverse-reward or obey.")
    ] = "best",
    recipes: Annotated[int | None, typer.Option(help="Number of recipes, in chef-world.")] = None,
    moves: Annotated[
        str | None, typer.Option(help="What you do, by commas, instead of being asked.")
    ] = None,
    as_json: Annotated[
        str | None,
        typer.Option("--json", help="Write the game as plain JSON to this file; - to print it."),
    ] = None,
    seed: Annotated[int, typer.Option(min=0, help="Same seed, same draws.")] = 0,
) -> None:
    """Play with an assistant that sees only what you do: what it believes, and why it asks.

    Where you can do only one thing it is done for you.
    """
    from rich.console import Console

    from comity.assistance.games import GAMES
    from comity.assistance.playing.screen import show_games

    console = Console(highlight=False, quiet=as_json == "-")
    if listed:
        show_games(GAMES, console)
        return
    if game is None:
        raise InputError("no game is named", place="GAME", expected="one of --list, or a file")
    check_targets({"--json": as_json}, [game])
    if as_json == "-" and moves is None:
        raise InputError("nobody could be asked", place="--json -", expected="--moves beside it")
    played = _game(game, recipes)
    thought = _person(played, person, sensitivity)
    with console.status(WORKING) if console.is_terminal else nullcontext():
        from comity.assistance.games import check_assistance_game
        from comity.assistance.playing import start
        from comity.assistance.solving import solve_or_bound

        solved = solve_or_bound(played, thought)
        check_assistance_game(played, thought, solved=solved).require_some_told_apart()
        session = start(played, thought, goal=goal, helper=assistant, rng=seed, solved=solved)
    _play(session, None if moves is None else _scripted(moves), console)
    if as_json:
        put_json(session.finished().to_dict(), as_json)


def _game(name: str, recipes: int | None) -> AssistanceGame:
    from comity.assistance.games import GAMES, catalogue_game, read_game

    settings = {} if recipes is None else {"recipes": recipes}
    if name in GAMES:
        return catalogue_game(name, **settings)
    if settings:
        raise InputError("only chef-world has recipes", place="--recipes", found=recipes)
    if name.endswith(".toml"):
        return read_game(name)
    raise InputError(
        "no such game", place="GAME", found=name, expected=f"{', '.join(GAMES)}, or a .toml file"
    )


def _person(game: AssistanceGame, name: str, sensitivity: float) -> Procedure:
    from comity.assistance.people import RATIONAL, demonstrating, noisy, teaching
    from comity.core import pick

    if not 0 <= sensitivity <= 1e6:
        raise InputError(
            "out of range", place="--sensitivity", found=sensitivity, expected="0 to 1,000,000"
        )
    low, high = game.reward_range
    steep = sensitivity / (high - low) if high > low else sensitivity
    kinds: dict[str, Callable[[], Procedure]] = {
        "noisy": lambda: noisy(game, steep),
        "rational": lambda: RATIONAL,
        "teaching": lambda: teaching(game, steep),
        "demonstrating": lambda: demonstrating(game, steep),
    }
    return pick(kinds, name, "no such person", "--person")()


def _scripted(moves: str) -> Iterator[str]:
    return iter([move.strip() for move in moves.split(",") if move.strip()])


def _play(session: Session, moves: Iterator[str] | None, console: Console) -> None:
    from comity.assistance.playing.screen import show_end, show_opening, show_step, show_turn

    show_opening(session, console)
    while not session.over:
        show_step(session, console)
        choices = session.choices
        chosen = choices[0] if len(choices) == 1 else _chosen(session, moves, console)
        show_turn(session.play(chosen), session, console)
    show_end(session.finished(), console)
    if rest := ", ".join(moves or ()):
        console.print(f"Not needed any more: {rest}", style="dim", markup=False)


def _chosen(session: Session, moves: Iterator[str] | None, console: Console) -> int:
    if moves is not None:
        return _named(session, next(moves, ""), "--moves")
    while True:
        try:
            answer = input("  your move: ")
        except (EOFError, KeyboardInterrupt):
            console.print()
            raise
        if not answer.strip():
            continue
        try:
            return _named(session, answer, "your move")
        except InputError as error:
            console.print(f"  {error}", style="yellow", markup=False)


def _named(session: Session, answer: str, place: str) -> int:
    """Return the action that a number of the menu or a name stands for."""
    names = {session.game.person_actions[h]: h for h in session.choices}
    text = answer.strip().casefold()
    if text.isdecimal() and 1 <= int(text) <= len(session.choices):
        return session.choices[int(text) - 1]
    for name, action in names.items():
        if name.casefold() == text:
            return action
    raise InputError(
        "no such move",
        place=f"{place}, step {len(session.turns) + 1}",
        found=repr(answer) if answer else "nothing more",
        expected=", ".join(names),
    )
