"""`comity play`: a game with a program or a learned agent, at the terminal."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from comity.cli._extras import needing
from comity.cli.app import app
from comity.core.choices import check_choice
from comity.core.errors import InputError

if TYPE_CHECKING:
    from comity.learning import Policy

GAMES = ("hanabi",)


@app.command()
def play(
    game: Annotated[str, typer.Argument(help="What to play: hanabi.")],
    partner: Annotated[
        str,
        typer.Option(
            help="Who plays with you: smart, hat, rules, hanabi-two-players, or a checkpoint."
        ),
    ] = "smart",
    players: Annotated[
        int | None,
        typer.Option(min=2, max=5, help="How many play, you included: 2, or as a checkpoint did."),
    ] = None,
    seat: Annotated[int, typer.Option(min=1, help="Your seat; 1 moves first.")] = 1,
    seed: Annotated[int, typer.Option(min=0, help="Which deck.")] = 0,
    save: Annotated[
        str | None,
        typer.Option(help="Add the game to this file, a line of JSON a game; also one you leave."),
    ] = None,
) -> None:
    """Play a game with others who see your cards, as you see theirs; q leaves it."""
    check_choice(game, GAMES, "no such game to play here", "GAME")
    from rich.console import Console

    from comity.cli._hanabi import Person, screen
    from comity.learning import play as play_out
    from comity.learning import records, save_records
    from comity.learning.policies.records import check_target

    if save:
        check_target(save)
    environment, others = _table(partner, players)
    if seat > len(others):
        raise InputError("no such seat", place="--seat", found=seat, expected=f"1 to {len(others)}")
    names = ["you" if place == seat - 1 else other.name for place, other in enumerate(others)]
    console, watched = Console(), sys.stdin.isatty()
    person = Person(environment, names, console, lambda: _line(watched), watched)
    if watched:
        with console.status("getting ready; the first time takes some seconds"):
            play_out(environment, others, 1, seed)
    seats: list[Any] = [*others[: seat - 1], person, *others[seat:]]
    played = play_out(environment, seats, 1, seed)
    kept = save if len(played.actions) else None
    if kept:
        save_records(kept, records(environment, played, names))
    if not played.finished[0]:
        where = f" What was played is in {kept}." if kept else ""
        console.print(f"\nYou left the game.{where}", markup=False, highlight=False)
        return
    person.note(row := _ending(environment, played))
    console.print(screen(environment, row, seat - 1, names, person.said))
    points, most = int(played.scores[0, 0]), environment.rules.colours * environment.rules.ranks
    console.print(f"The game is over: {points} of {most} points.")


def _table(name: str, players: int | None) -> tuple[Any, list[Policy]]:
    """Return the game, and a partner for each seat; a checkpoint is played by its own rules."""
    from comity.learning import make
    from comity.learning.partners.catalogue import partner, partners_for
    from comity.learning.training.shipped import shipped

    name = str(shipped().get(name, name))
    environment: Any = make("hanabi", players=players or 2, bombing="keeps points")
    if name in partners_for(environment) or not (Path(name).suffix or Path(name).exists()):
        return environment, [partner(name, environment) for _ in range(players or 2)]
    with needing("learning"):
        from comity.learning import load, policy_of

    found = load(name)
    if found.environment != "hanabi" or players not in (None, found.variant.get("players")):
        learned = f"{found.environment} {dict(found.variant)}"
        wanted = "hanabi" if players is None else f"hanabi for {players}"
        raise InputError("a partner of another game", file=name, found=learned, expected=wanted)
    agent = policy_of(found)
    environment = make("hanabi", **found.variant)
    return environment, [agent] * len(environment.shape.players)


def _line(watched: bool) -> str:
    """Return the next line that the person types."""
    if watched:
        return input("your move> ")
    line = sys.stdin.readline()
    if not line:
        raise EOFError
    return line


def _ending(environment: Any, played: Any) -> Any:
    """Return the state at the end of the game, by playing it again."""
    import numpy as np

    state = environment.start(played.given[0])
    for actions in played.actions:
        state = environment.step(state, np.maximum(actions, 0)).state
    return state[0]
