"""Cases from files of other tools: GENIUS domains, CaSiNo dialogues, Gambit games."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import permutations
from pathlib import Path

import numpy as np

from comity.cases.case import Belief, Case, Party
from comity.cases.constitution import Constitution
from comity.core.errors import InputError
from comity.games import Game, Negotiation
from comity.games.files import find_genius_profiles, read_casino, read_genius, read_nfg

_SNIFFED = 65_536
"""Bytes within which every CaSiNo dialogue shows itself."""


def is_foreign(path: str | Path) -> bool:
    """Tell whether a file is not a Case but something a Case can be made of."""
    file, number = _split_number(path)
    if number is not None or file.suffix.lower() in (".xml", ".nfg") or file.is_dir():
        return True
    if file.suffix.lower() != ".json" or not file.is_file():
        return False
    with file.open("rb") as stream:
        opening = stream.read(_SNIFFED)
    return opening.lstrip().startswith(b"[") or b'"chat_logs"' in opening


def read_foreign(path: str | Path, profiles: Sequence[str | Path] = ()) -> Case:
    """Return the Case that a file of another tool makes."""
    file, number = _split_number(path)
    if file.is_dir():
        return _genius_case(_domain_in(file), profiles)
    kind = file.suffix.lower()
    if kind == ".xml":
        return _genius_case(file, profiles)
    if kind == ".nfg":
        game = read_nfg(file)
        note = f"Every party sees the game as {file.name} states it."
        return _shared_case(game, game.title or file.stem, note)
    return _casino_case(file, number)


def _split_number(path: str | Path) -> tuple[Path, int | None]:
    """Part ``casino.json#157`` into the file and the number of the dialogue."""
    name, mark, number = str(path).rpartition("#")
    if mark and number.isdigit() and not Path(path).exists():
        return Path(name), int(number)
    return Path(path), None


def _domain_in(folder: Path) -> Path:
    every = sorted(folder.glob("*.xml"))
    profiles = find_genius_profiles(folder / "domain.xml")
    domains = [file for file in every if file not in profiles]
    if len(domains) != 1:
        raise InputError(
            "no single domain in this folder",
            file=str(folder),
            found=", ".join(file.name for file in domains) or "no domain file",
            expected="one domain file, and the profiles beside it",
        )
    return domains[0]


def _genius_case(domain: Path, profiles: Sequence[str | Path]) -> Case:
    game = read_genius(domain, *profiles)
    note = "Every party knows the others' utility profiles, as the files state them."
    return _shared_case(game, game.title or domain.stem, note)


def _shared_case(game: Game, title: str, note: str) -> Case:
    law = Constitution()
    if isinstance(game, Negotiation):
        law = Constitution(default="no-deal", disagreement="no-deal")
    parties = tuple(Party(name, game) for name in game.players)
    return Case(title, parties, law, assumptions=(note,))


def _casino_case(file: Path, number: int | None) -> Case:
    """Return the Case of a dialogue: each knows its own priorities and not the other's."""
    dialogues = read_casino(file)
    if number is not None:
        dialogues = [dialogue for dialogue in dialogues if dialogue.number == number]
    if not dialogues:
        raise InputError(
            "no such dialogue", file=str(file), found=number, expected="a number of the corpus"
        )
    chosen = dialogues[0]
    game = chosen.game
    return Case(
        title=f"CaSiNo dialogue {chosen.number}: food, water and firewood for a camping trip",
        parties=tuple(_camper(game, i) for i in range(len(game.players))),
        constitution=Constitution(default="no-deal", disagreement="no-deal"),
        sources=("Chawla et al. 2021, CaSiNo: A Corpus of Campsite Negotiation Dialogues, NAACL",),
        assumptions=(
            (
                "Neither knows the other's priorities: each thinks all six orders equally "
                "likely, and its guess is their mean."
            ),
        ),
    )


def _camper(game: Negotiation, i: int) -> Party:
    """Return one player, who sees its own values and every order of the other's."""
    other = game.players[1 - i]
    block = f"tastes[{other}]"
    ways = _orders(game, 1 - i)
    guess = np.mean(ways, axis=0)
    beliefs = tuple(Belief(other, way, 1 / len(ways)) for way in ways)
    spread = {block: np.std(ways, axis=0)}
    return Party(game.players[i], game.replace(block, guess), spread, beliefs)


def _orders(game: Negotiation, player: int) -> list[np.ndarray]:
    """Return the tastes of a player with its issue values in every order."""
    ends = np.cumsum(game.shape)[:-1]
    parts = np.split(game.tastes[player, 0], ends)
    swings = [part.max() for part in parts]
    shapes = [part / part.max() for part in parts]
    return [
        np.concatenate(
            [swing * shape for swing, shape in zip(order, shapes, strict=True)]
            + [game.reservation[player : player + 1]]
        )
        for order in sorted(set(permutations(swings)), reverse=True)
    ]
