"""What a person sees of an assistance game at the terminal."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from comity.assistance.playing.session import Played, Session, Turn
from comity.core.page.words import clean

if TYPE_CHECKING:
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    from comity.assistance.games.catalogue import Entry

BAR = 24


def show_games(games: Mapping[str, Entry], console: Console) -> None:
    """Print the games there are, each with what it is known for."""
    from rich.table import Table

    table = Table(box=None, pad_edge=False, show_header=False)
    for name, entry in games.items():
        table.add_row(_text(name, "bold"), _text(entry.note))
    console.print(table)


def show_opening(session: Session, console: Console) -> None:
    """Print what the game is about and what the person wants."""
    game = session.game
    console.print(_text(clean(game.title or "An assistance game"), "bold"))
    if game.about:
        console.print(_text(clean(game.about), "dim"))
    line = _text("\nYou want ").append(clean(game.goals[session.goal]), "bold green")
    console.print(line.append(". The assistant is not told; it sees only what you do."))
    if session.has_belief:
        thought = session.procedure.about or session.procedure.name
        console.print(_text(f"What it thinks of you: {clean(thought)}", "dim"))
        console.print()
        console.print(beliefs(game.goals, session.belief.tolist()))


def show_step(session: Session, console: Console) -> None:
    """Print where the game stands and what the person may do."""
    game, count = session.game, len(session.turns) + 1
    of = f" of {game.horizon}" if game.horizon else ""
    console.print()
    console.print(
        _text(f"Step {count}{of}", "bold").append(f"  {clean(game.states[session.state])}")
    )
    if len(session.choices) > 1:
        for k, h in enumerate(session.choices, start=1):
            console.print(_text(f"  {k}  ", "cyan").append(clean(game.person_actions[h])))


def show_turn(turn: Turn, session: Session, console: Console) -> None:
    """Print what both did, why, and what the assistant believes now."""
    from rich.padding import Padding
    from rich.table import Table

    table = Table(box=None, pad_edge=False, show_header=False)
    table.add_row(_text("you", "dim"), _text(clean(turn.person), "bold"))
    table.add_row(_text("assistant", "dim"), _text(clean(turn.assistant), "bold blue"))
    table.add_row(_text("why", "dim"), _text(clean(turn.why)))
    console.print(Padding(table, (0, 0, 0, 2)))
    if not turn.expected:
        surprise = "It did not expect that of anybody, and keeps its belief."
        console.print(Padding(_text(surprise, "yellow"), (0, 0, 0, 2)))
    if turn.belief:
        console.print(Padding(beliefs(session.game.goals, turn.belief), (0, 0, 0, 2)))


def show_end(played: Played, console: Console) -> None:
    """Print what the game was worth, beside what it could have been."""
    console.print()
    console.print(
        _text("The end", "bold").append(f"  {clean(played.turns[-1].after)}" * bool(played.turns))
    )
    line = _text(f"You got {_figure(played.total)}. ")
    line.append(
        f"Had the assistant known that you want {clean(played.goal)}, the two of you could "
    )
    console.print(line.append(f"have expected {_figure(played.known)}."))


def beliefs(goals: Sequence[str], chances: Sequence[float]) -> Table:
    """Return a bar for each goal."""
    from rich.table import Table

    table = Table(box=None, pad_edge=False, show_header=False)
    for whole in (False, False, True, True):  # Names are broken where it is narrow, never bars.
        table.add_column(no_wrap=whole)
    for k, (goal, chance) in enumerate(zip(goals, chances, strict=True)):
        full = round(BAR * chance)
        bar = _text("█" * full, "blue").append("░" * (BAR - full), "bright_black")
        label = _text("it believes" if k == 0 else "", "dim")
        table.add_row(label, _text(clean(goal)), bar, _text(_share(chance)))
    return table


def _share(chance: float) -> str:
    """Return a chance in percent that says 0 or 100 only where it is.

    Examples
    --------
    >>> _share(0.5), _share(0.9999), _share(1.0)
    ('50%', '>99%', '100%')
    """
    if 0 < chance < 0.005:
        return "<1%"
    if 0.995 <= chance < 1:
        return ">99%"
    return f"{100 * chance:.0f}%"


def _figure(value: float) -> str:
    return f"{value:.3f}".rstrip("0").rstrip(".")


def _text(words: str, style: str = "") -> Text:
    from rich.text import Text

    return Text(words, style=style)
