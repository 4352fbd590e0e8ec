"""Reading CaSiNo: two campers divide three packages each of food, water and firewood.

Source: Chawla, Ramirez, Clever, Lucas, May and Gratch (2021), *CaSiNo: a corpus of campsite
negotiation dialogues for automatic negotiation systems*, NAACL. CC BY 4.0.
"""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from comity.core.errors import InputError
from comity.core.files import read_text
from comity.games.issues import Issue
from comity.games.negotiation import Negotiation
from comity.games.plays import Lottery, Outcome

ISSUES = ("Food", "Water", "Firewood")
NAMES = ("camper 1", "camper 2")
PACKAGES = 3
WORTH = {"High": 5.0, "Medium": 4.0, "Low": 3.0}
WALK_AWAY = 5.0
ENDINGS = ("Accept-Deal", "Walk-Away")


@dataclass(frozen=True)
class Message:
    """What one of the two wrote, or did with a button.

    Attributes
    ----------
    speaker : index of the player.
    text : as written; ``Submit-Deal``, ``Accept-Deal``, ``Reject-Deal`` and ``Walk-Away`` are
        buttons.
    offer : the deal submitted with it, if any, as an outcome of the game.
    """

    speaker: int
    text: str
    offer: Outcome | None = None


@dataclass(frozen=True, eq=False)
class CasinoDialogue:
    """One dialogue: what was at stake, what was said, and how it ended.

    Attributes
    ----------
    number : the number that the corpus gives it.
    game : the deals, between "camper 1" and "camper 2" in the order of their ids, with what each
        package is truly worth to both (5, 4 or 3 by priority) and what walking away is worth (5).
        Option k of an issue gives k packages to the first.
    priorities : for each player the issues from high to low.
    messages : in order.
    deal : the accepted outcome; ``None`` where there was none.
    points : what the corpus says each scored.
    irregular : why the dialogue does not fit its own rules; empty where it does.
    """

    number: int
    game: Negotiation
    priorities: tuple[tuple[str, ...], ...]
    messages: tuple[Message, ...]
    deal: Outcome | None
    points: tuple[float, ...]
    irregular: str = ""

    @property
    def walked_away(self) -> bool:
        """Whether somebody walked away."""
        return any(message.text == "Walk-Away" for message in self.messages)

    def recomputed_points(self) -> np.ndarray:
        """Return what the deal, or having none, is worth to each by the game, shape (2,)."""
        if self.deal is None:
            return self.game.reservation
        return self.game.payoffs(Lottery.pure(self.deal))


def read_casino(path: str | Path) -> list[CasinoDialogue]:
    """Return all dialogues of a CaSiNo file (a list of dialogues, or one).

    A dialogue that breaks the rules of the task is kept, and says so in ``irregular``. Raises
    `InputError` that names the dialogue where the file is not CaSiNo's JSON.
    """
    file = str(path)
    try:
        data = json.loads(read_text(path))
    except (json.JSONDecodeError, RecursionError) as error:
        place = f"line {error.lineno}" if isinstance(error, json.JSONDecodeError) else None
        raise InputError("not JSON", file=file, place=place, found=str(error)) from error
    dialogues = data if isinstance(data, list) else [data]
    return [_dialogue(item, file, f"dialogue[{k}]") for k, item in enumerate(dialogues)]


def _dialogue(item: Any, file: str, place: str) -> CasinoDialogue:
    try:
        return _parsed(item)
    except InputError as error:
        raise error.within(file=file, place=place) from error
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise InputError(
            "not a CaSiNo dialogue",
            file=file,
            place=place,
            found=f"{type(error).__name__}: {error}",
            expected="dialogue_id, chat_logs and participant_info as the corpus has them",
        ) from error


def _parsed(item: Mapping[str, Any]) -> CasinoDialogue:
    people = item["participant_info"]
    players = sorted(people)
    if len(players) != 2:
        raise InputError("not two people", found=", ".join(players), expected=2)
    ranks = [people[player]["value2issue"] for player in players]
    for player, rank in zip(players, ranks, strict=True):
        if sorted(rank) != sorted(WORTH) or sorted(rank.values()) != sorted(ISSUES):
            raise InputError("not a ranking of the issues", place=player, found=dict(rank))
    messages = tuple(_message(entry, players) for entry in item["chat_logs"])
    deal, why = _ending(messages)
    dialogue = CasinoDialogue(
        number=int(item["dialogue_id"]),
        game=casino_game(NAMES, ranks),
        priorities=tuple(tuple(rank[level] for level in WORTH) for rank in ranks),
        messages=messages,
        deal=deal,
        points=tuple(float(people[p]["outcomes"]["points_scored"]) for p in players),
        irregular=why,
    )
    return dialogue if why else _checked(dialogue)


def _checked(dialogue: CasinoDialogue) -> CasinoDialogue:
    """Return the dialogue, marked where its points are not those of its deal."""
    expected = dialogue.recomputed_points().tolist()
    if list(dialogue.points) == expected:
        return dialogue
    why = f"scored {list(dialogue.points)}, but the ending is worth {expected}"
    return dataclasses.replace(dialogue, irregular=why)


def casino_game(players: Sequence[str], ranks: Sequence[Mapping[str, str]]) -> Negotiation:
    """Return the campsite negotiation of two players; ``ranks[i]["High"]`` is i's first issue."""
    issues = [
        Issue(name, tuple(f"{k} and {PACKAGES - k}" for k in range(PACKAGES + 1)))
        for name in ISSUES
    ]
    kept = (np.arange(PACKAGES + 1.0), np.arange(PACKAGES, -1.0, -1.0))
    values = {
        player: {issue: WORTH[level] * share for level, issue in rank.items()}
        for player, rank, share in zip(players, ranks, kept, strict=True)
    }
    return Negotiation.additive(
        players, issues, values, reservation=WALK_AWAY, title="Campsite packages"
    )


def _message(entry: Mapping[str, Any], players: list[str]) -> Message:
    speaker = players.index(entry["id"])
    offer = None
    if entry["text"] == "Submit-Deal":
        own = entry["task_data"]["issue2youget"]
        theirs = entry["task_data"]["issue2theyget"]
        offer = tuple(int((own, theirs)[speaker][issue]) for issue in ISSUES)
        rest = tuple(int((theirs, own)[speaker][issue]) for issue in ISSUES)
        if any(a + b != PACKAGES or min(a, b) < 0 for a, b in zip(offer, rest, strict=True)):
            offer = None
    return Message(speaker, str(entry["text"]), offer)


def _ending(messages: Sequence[Message]) -> tuple[Outcome | None, str]:
    """Return the accepted outcome, and what is irregular about the ending."""
    ends = [k for k, message in enumerate(messages) if message.text in ENDINGS]
    if len(ends) != 1:
        return None, f"{len(ends)} endings instead of one"
    end = ends[0]
    if messages[end].text == "Walk-Away":
        return None, ""
    before = messages[end - 1] if end else None
    if before is None or before.text != "Submit-Deal" or before.speaker == messages[end].speaker:
        return None, "accepted what the other did not just submit"
    if before.offer is None:
        return None, "accepted a deal that does not divide three packages each"
    return before.offer, ""
