"""Hanabi at the terminal: the table as one seat sees it, and a person's moves as words."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import numpy as np
from rich.console import Console, Group, RenderableType
from rich.panel import Panel
from rich.table import Table
from rich.text import Text

from comity.core.errors import InputError
from comity.learning.environments.hanabi import kernel
from comity.learning.environments.hanabi.decks import card_name
from comity.learning.environments.hanabi.game import Hanabi
from comity.learning.environments.hanabi.rules import ANY, COLOUR_NAMES, COLOURS, LAST, MOVER, TURN
from comity.learning.partners.hanabi_masks import told_set
from comity.learning.policies.playing import Left
from comity.learning.policies.protocol import Kind, View

STYLES = dict(zip(COLOURS, ("red", "yellow", "green", "bright_white", "blue"), strict=True))
HELP = "p 2 plays your card 2, d 2 discards it; t red or t 3 tells a hint"
QUIT = ("q", "quit")
ASKS = ("?", "h", "help")
VERBS = ("play", "discard", "tell")


def read_move(text: str, game: Hanabi, seat: int) -> int:
    """Return the action that a line means, or raise `InputError` that says what one looks like.

    Verbs may be cut short, and stand close to a number: ``p2``. With more than two players a hint
    names its player: ``t 3 red``.
    """
    rules, words = game.rules, re.findall(r"[a-z]+|[^a-z\s]+", text.lower())
    verb, rest = (words[0], words[1:]) if words else (" ", [])
    verb = next((known[0] for known in VERBS if known.startswith(verb)), "")
    if verb in ("p", "d") and len(rest) == 1 and rest[0].isdecimal():
        place = int(rest[0]) - 1
        if 0 <= place < rules.hand:
            return place + (rules.hand if verb == "p" else 0)
    if verb == "t" and len(rest) in (1, 2):
        target = rest[0] if len(rest) == 2 else str((seat + 1) % rules.players + 1)
        offset = (int(target) - 1 - seat) % rules.players if target.isdecimal() else 0
        fits = offset and int(target) <= rules.players and (len(rest) == 2 or rules.players == 2)
        action = _hint(rest[-1], offset, game) if fits else -1
        if action >= 0:
            return action
    raise InputError("not a move", found=text.strip()[:40] or "nothing", expected=help_of(game))


def help_of(game: Hanabi) -> str:
    """Return how moves are written."""
    return HELP if game.rules.players == 2 else f"{HELP}; name the player: t 3 red"


def _hint(word: str, offset: int, game: Hanabi) -> int:
    rules = game.rules
    if word.isdecimal():
        rank, first = int(word) - 1, 2 * rules.hand + (rules.players - 1) * rules.colours
        fits = 0 <= rank < rules.ranks
        return first + (offset - 1) * rules.ranks + rank if fits else -1
    named = [c for c in range(rules.colours) if COLOUR_NAMES[c].startswith(word)]
    return 2 * rules.hand + (offset - 1) * rules.colours + named[0] if len(named) == 1 else -1


def screen(game: Hanabi, row: np.ndarray, seat: int, names: list[str], said: list[str]) -> Panel:
    """Return the table as a seat sees it: piles, tokens, discards, hands, the latest moves."""
    rules = game.rules
    facts = Table.grid(padding=(0, 3))
    facts.add_row(
        f"score {kernel.score_of(row, rules)}",
        f"hints {kernel.information_of(row)} of {rules.information}",
        f"lives {kernel.lives_of(row)} of {rules.lives}",
        f"deck {rules.cards - kernel.dealt_of(row)}",
    )
    parts: list[RenderableType] = [facts, _piles(row, game), _discards(row, game), Text()]
    parts += [_hand(row, game, (seat + k) % rules.players, seat, names) for k in _order(rules)]
    parts += [Text(line, style="dim") for line in said[-rules.players :]]
    return Panel(Group(*parts), title="Hanabi", width=76, padding=(1, 2))


def _order(rules: Any) -> list[int]:
    return [*range(1, rules.players), 0]


def _card(card: int) -> Text:
    name = card_name(card)
    return Text(name, style=f"bold {STYLES[name[0]]}")


def _piles(row: np.ndarray, game: Hanabi) -> Text:
    line = Text("piles    ")
    for colour in range(game.rules.colours):
        height = kernel.pile(row, colour)
        line.append(f"{COLOURS[colour]}{height} ", style=f"bold {STYLES[COLOURS[colour]]}")
    return line


def _discards(row: np.ndarray, game: Hanabi) -> Text:
    line = Text("discards ")
    for card in range(25):
        for _ in range(kernel.gone_of(row, card)):
            line.append_text(_card(card)).append(" ")
    return line if len(line) > len("discards ") else line.append("none", style="dim")


def _hand(row: np.ndarray, game: Hanabi, player: int, seat: int, names: list[str]) -> Table:
    """Return a hand, oldest card first: the cards unless it is one's own, and what was told."""
    size, own = kernel.hand_of(row, player, game.rules), player == seat
    table = Table.grid(padding=(0, 1))
    table.add_column(width=22)
    for _ in range(size):
        table.add_column(width=8, justify="center")
    title = f"{player + 1} you" if own else f"{player + 1} {names[player][:18]}"
    here = int(row[TURN]) & 7 == player
    shown = [
        Text(f"[{k + 1}]") if own else _card(kernel.card_at(row, player, k)) for k in range(size)
    ]
    table.add_row(Text(title, style="bold" if here else ""), *shown)
    table.add_row(
        Text("  may be", style="dim"),
        *(
            Text(_may_be(told_set(row, player, k, game.rules), game), style="dim")
            for k in range(size)
        ),
    )
    return table


def _may_be(cards: int, game: Hanabi) -> str:
    """Return in a few letters what a card may be by all that it was told: RYG 12, any 3."""
    colours = {card // 5 for card in range(25) if int(cards) >> card & 1}
    ranks = {card % 5 for card in range(25) if int(cards) >> card & 1}
    hue = "".join(COLOURS[c] for c in sorted(colours)) if len(colours) < game.rules.colours else ""
    value = "".join(str(r + 1) for r in sorted(ranks)) if len(ranks) < game.rules.ranks else ""
    return hue + value or "?"


class Person:
    """A person in a seat: shows the table, asks, and takes a line for a move.

    Parameters
    ----------
    ask : returns the next line, or raises `EOFError`.
    again : whether a person sits there, who is told how to move and asked again after a line that
        is no legal move, and may leave; if not, such a line, or the end of them, is an error.
    """

    name = "you"
    kind: Kind = "program"
    reads_state = True

    def __init__(
        self, game: Hanabi, names: list[str], console: Console, ask: Callable[[], str], again: bool
    ) -> None:
        self.game, self.names, self.console = game, names, console
        self.ask, self.again = ask, again
        self.said: list[str] = []
        self.told = not again

    def begin(self, environment: Any, player: int, size: int, rng: Any) -> None:
        """Keep nothing."""

    def act(self, memory: None, view: View) -> tuple[np.ndarray, None]:
        """Return the move, once one is legal."""
        row = view.state[0]
        self.note(row)
        if not view.acting[0]:
            return np.zeros(1, dtype=np.int32), memory
        self.console.print(screen(self.game, row, view.player, self.names, self.said))
        if not self.told:
            self.say(f"{help_of(self.game)}; q leaves")
        self.told = True
        return np.array([self.chosen(row, view.player)], dtype=np.int32), memory

    def note(self, row: np.ndarray) -> None:
        """Remember the last move in words."""
        last = int(row[LAST])
        if last >> ANY & 1:
            player = last >> MOVER & 7
            what = self.game.describe(player, last & 63)
            drawn = f": {card_name(last >> 9 & 31)}" if last & 63 < 2 * self.game.rules.hand else ""
            self.said.append(f"{player + 1} {self.names[player]}: {what}{drawn}")

    def chosen(self, row: np.ndarray, seat: int) -> int:
        """Return a legal action, asking as often as it takes."""
        while True:
            try:
                line = self.ask()
            except (EOFError, KeyboardInterrupt):
                if self.again:
                    raise Left from None
                raise InputError("the moves ended before the game", expected=HELP) from None
            if line.strip().lower() in QUIT:
                raise Left
            if self.again and line.strip().lower() in ASKS:
                self.say(f"{help_of(self.game)}; q leaves")
                continue
            try:
                action = read_move(line, self.game, seat)
                if not kernel.legal_bits(row, self.game.rules) >> action & 1:
                    raise InputError("not legal now", found=self.game.describe(seat, action))
            except InputError as error:
                if not self.again:
                    raise
                self.say(f"{error}")
            else:
                return action

    def say(self, words: str) -> None:
        """Print a line to the person."""
        self.console.print(words, style="yellow", markup=False, highlight=False)

    def forget(self, memory: None, done: Any, rng: Any) -> None:
        """Keep nothing."""
