"""`comity check`: what is wrong with a Case file, where, and what was expected."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from comity.cli.app import app
from comity.cli.errors import BAD_INPUT, say
from comity.core.errors import ComityError

if TYPE_CHECKING:
    from comity.cases import Case


@app.command()
def check(
    file: Annotated[str, typer.Argument(help="A Case file, or a file of another tool.")],
    profile: Annotated[
        list[Path] | None, typer.Option(help="A utility profile of an XML domain; repeat it.")
    ] = None,
) -> int:
    """Say what is wrong with a Case file, where, and what was expected."""
    from comity.cases import read

    case, faults = read(file, profiles=tuple(profile or ()))
    if case is not None:
        faults = behaviour_faults(case, file)
    if faults or case is None:
        for fault in faults:
            say(str(fault), BAD_INPUT)
        return BAD_INPUT
    for line in summary(case):
        typer.echo(line)
    return 0


def behaviour_faults(case: Case, file: str) -> list[ComityError]:
    """Return what is wrong with the kinds of the parties, which the file's room cannot know."""
    from comity.agreement.parties import make_party

    found = []
    for party in case.parties:
        try:
            make_party(party.kind, party.options, f"parties.{party.name}")
        except ComityError as error:
            found.append(error.within(file=file))
    return found


def summary(case: Case) -> list[str]:
    """Return the lines that say what a sound Case holds."""
    model = case.parties[0].model
    lines = [f"ok: {case.title}"]
    others = f"; affected only: {', '.join(case.bystanders)}" if case.bystanders else ""
    lines.append(f"  at the table: {', '.join(case.names)}{others}")
    lines.append(f"  {outcomes_in_words(model.size)}; {_blocks(case)}")
    lines += [
        f"  views that fit {party.name}: {', '.join(party.views)}"
        for party in case.parties
        if party.alternatives
    ]
    rules = ", ".join(rule.rule for rule in case.constitution.acceptance)
    law = case.constitution
    lines.append(
        f"  solution: {' or '.join(law.solution)}; accepted by: {rules}; {law.enforcement}"
    )
    return lines + [f"  note: {note}" for note in case.assumptions]


def outcomes_in_words(size: int) -> str:
    """Return a number of outcomes as a person reads it.

    Examples
    --------
    >>> outcomes_in_words(10**20)
    'about 1.0e20 outcomes'
    """
    if size < 10**7:
        return f"{size:,} outcomes"
    return f"about {size / 10 ** (len(str(size)) - 1):.1f}e{len(str(size)) - 1} outcomes"


def _blocks(case: Case) -> str:
    frame = case.parties[0].model.frame()
    parts = []
    for key in ("states", "quantities"):
        names = frame.get(key, [])
        if isinstance(names, list) and names and names != ["always"]:
            parts.append(f"{key}: {', '.join(map(str, names))}")
    return "; ".join(parts) or "one state of the world, tastes only"
