"""`comity new --describe`: a model drafts the Case, and a person confirms it."""

from __future__ import annotations

import sys
from collections.abc import Sequence

import typer

from comity.core.errors import InputError


def drafted(description: str, model: str, *, yes: bool) -> tuple[str, tuple[str, ...]]:
    """Return the text of a Case that a model drafted and a person confirmed, and its assumptions.

    ``description`` is ``-`` to be read from standard input. With ``yes`` the draft is shown and
    taken; without, and with nobody at the terminal, it is refused.
    """
    from comity.assistance import CommandDrafter, draft_case
    from comity.cases import dumps

    if not model:
        raise InputError("who is to draft it?", place="--model", expected='"command: PROGRAM"')
    if description == "-" and not yes:
        raise InputError(
            "nobody could confirm the draft", place="--describe", expected="--yes, or a text"
        )
    text = sys.stdin.read() if description == "-" else description
    draft = draft_case(text, CommandDrafter.read(model))
    case = draft.confirmed(_shown if yes else _asked)
    stated = dumps(case) if draft.text.lstrip().startswith("{") else draft.text
    return stated, case.assumptions


def _shown(words: Sequence[str]) -> bool:
    for line in words:
        typer.echo(line)
    return True


def _asked(words: Sequence[str]) -> bool:
    _shown(words)
    while True:
        typer.echo("Is this what you meant? [yes/no] ", nl=False)
        said = sys.stdin.readline()
        if not said:
            raise EOFError
        word = said.strip().casefold()
        if word in ("y", "yes", "n", "no"):
            return word.startswith("y")
