"""`comity new`: answers in plain words become a commented Case file."""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from comity.cli.app import app
from comity.core.errors import ComityError, InputError

if TYPE_CHECKING:
    from rich.console import Console

    from comity.cases import Interview

Texts = list[str] | None

OUTSIDE = {"values": "effects", "order": "fares"}
"""What numbers and orders of a bystander answer: how it fares, in the eyes of each party."""


@app.command()
def new(
    file: Annotated[Path, typer.Argument(help="Where to write the Case.")] = Path("case.toml"),
    title: Annotated[str, typer.Option(help="What it is about.")] = "",
    party: Annotated[Texts, typer.Option(help="Who decides; repeat it.")] = None,
    bystander: Annotated[Texts, typer.Option(help="Who is only affected; repeat it.")] = None,
    issue: Annotated[Texts, typer.Option(help='"Rent: 800, 900, 1000", to settle.')] = None,
    action: Annotated[Texts, typer.Option(help='"Ana: stay, go", what Ana can do.')] = None,
    value: Annotated[
        Texts,
        typer.Option(
            help='"Ana Rent: 10, 5, 0", worth of options; of a bystander, in the eyes of all. '
            "One person has numbers for everything or ranks for everything, never both."
        ),
    ] = None,
    rank: Annotated[
        Texts,
        typer.Option(
            help='"Ana Rent: 800 > 900", "Ana Rent: less is better", or issues, "Ana: Rent > Room".'
        ),
    ] = None,
    no_deal: Annotated[Texts, typer.Option(help='"Ana: 20", worth of no deal.')] = None,
    answers: Annotated[
        Path | None, typer.Option(help="A JSON table of answers, by key of the question.")
    ] = None,
    describe: Annotated[
        str, typer.Option(help="The dispute in plain words, for --model to draft; - reads it.")
    ] = "",
    model: Annotated[
        str, typer.Option(help='"command: PROGRAM ARGUMENTS", prompt in, Case file out.')
    ] = "",
    yes: Annotated[bool, typer.Option("--yes", help="Take the draft as it is shown.")] = False,
    force: Annotated[bool, typer.Option(help="Write over a file that exists.")] = False,
) -> None:
    """Ask about a dispute in plain words and write a commented Case file.

    With --party or --answers nothing is asked: what is left out takes its usual value, and what
    only a person can tell must be given. With --describe a language model drafts the file, which
    is shown in plain words and written once it is confirmed.
    """
    from comity.cases import Interview

    _check_target(file, force)
    if describe or model:
        from comity.cli._drafting import drafted

        _keep(file, *drafted(describe, model, yes=yes))
        return
    given = _answers_file(answers) if answers else {}
    flags = _Flags(party or [], issue or [], bystander or [])
    given |= flags.answers(title, action, value, rank, no_deal)
    interview = Interview(given)
    if party or answers:
        interview.finish()
    else:
        _ask(interview)
    _keep(file, interview.text(), interview.notes)


def _check_target(file: Path, force: bool) -> None:
    if file.suffix.lower() != ".toml":
        raise InputError(
            "a new Case is written as TOML",
            place="FILE",
            found=file.name,
            expected="a name that ends in .toml",
        )
    if file.exists() and not force:
        raise InputError("the file exists", file=str(file), expected="--force to write over it")
    if not file.parent.is_dir():
        raise InputError("there is no such folder", file=str(file.parent))


def _answers_file(path: Path) -> dict[str, str]:
    from comity.cases.files import read_text

    try:
        data = json.loads(read_text(path))
    except (ValueError, RecursionError) as error:
        raise InputError("not JSON", file=str(path), found=str(error)[:80]) from error
    if not isinstance(data, dict):
        raise InputError("not a table of answers", file=str(path), expected='{"title": "..."}')
    return {str(key): _as_text(item, str(key), str(path)) for key, item in data.items()}


def _as_text(item: object, key: str, file: str) -> str:
    if isinstance(item, list):
        return ", ".join(_as_text(part, key, file) for part in item)
    if isinstance(item, (str, int, float)) and not isinstance(item, bool):
        return str(item)
    raise InputError(
        "not an answer",
        file=file,
        place=key,
        found=repr(item)[:60],
        expected="text, a number or a list",
    )


class _Flags:
    """Flags as answers to the questions that the interview would ask."""

    def __init__(self, parties: list[str], issues: list[str], bystanders: list[str]) -> None:
        self.parties = [name.strip() for name in parties]
        self.bystanders = [name.strip() for name in bystanders]
        self.issues = dict(_split(text, "--issue") for text in issues)

    def answers(
        self,
        title: str,
        action: Texts,
        value: Texts,
        rank: Texts,
        no_deal: Texts,
    ) -> dict[str, str]:
        """Return the answers that all flags give."""
        from comity.cases.faults import dotted

        given: dict[str, str] = {"title": title} if title else {}
        if self.parties:
            given |= {"parties": ", ".join(self.parties), "bystanders": ", ".join(self.bystanders)}
            given.setdefault("title", "A case of " + " and ".join(self.parties))
        if self.issues:
            given |= {"kind": "settle", "issues": ", ".join(self.issues)}
            given |= {dotted("options", name): text for name, text in self.issues.items()}
        for text in action or []:
            name, options = _split(text, "--action")
            given |= {"kind": "act", dotted("actions", self._party(name, text)): options}
        for text in value or []:
            given |= self._about(text, "--value", "values")
        for text in rank or []:
            given |= self._about(text, "--rank", "order")
        for text in no_deal or []:
            name, number = _split(text, "--no-deal")
            given[dotted(self._party(name, text), "no_deal")] = number
        return given

    def _about(self, text: str, flag: str, key: str) -> dict[str, str]:
        from comity.cases.faults import dotted

        subject, rest = _split(text, flag)
        who = self._party(subject, text, self.bystanders)
        part = subject[len(who) :].strip()
        if who in self.bystanders:
            seen = self._part(part, flag)
            return {dotted(party, OUTSIDE[key], who, seen): rest for party in self.parties}
        if not part and self.issues:
            return {dotted(who, "swing"): rest}
        return {dotted(who, key, self._part(part, flag)): rest}

    def _part(self, part: str, flag: str) -> str:
        """Return the issue that is meant, or the outcomes where there are no issues."""
        from comity.cases.faults import unknown

        if not self.issues and not part:
            return "outcomes"
        if part not in self.issues:
            raise unknown("issue", part, self.issues, flag)
        return part

    def _party(self, subject: str, text: str, others: Sequence[str] = ()) -> str:
        """Return the longest name, of a party or of others, that a subject starts with."""
        from comity.cases.faults import unknown

        known = [*self.parties, *others]
        fits = [n for n in known if subject == n or subject.startswith(f"{n} ")]
        if not fits:
            raise unknown("party", subject.split(" ")[0], known, f"in {text!r}")
        return max(fits, key=len)


def _split(text: str, flag: str) -> tuple[str, str]:
    name, mark, rest = text.partition(":")
    if not mark or not name.strip() or not rest.strip():
        raise InputError("not understood", place=flag, found=repr(text), expected='"name: ..."')
    return name.strip(), rest.strip()


def _ask(interview: Interview) -> None:
    """Put the questions on the terminal until there are no more."""
    from rich.console import Console

    console = Console(highlight=False)
    console.print(
        "A few questions, one at a time. Ctrl-C stops, and nothing is written.\n", style="dim"
    )
    told = 0
    while interview.question is not None:
        _put(console, interview)
        for note in interview.notes[told:]:
            console.print(f"  note: {note}", style="yellow", markup=False)
        told = len(interview.notes)


def _put(console: Console, interview: Interview) -> None:
    """Ask the current question until the answer is one."""
    question = interview.question
    assert question is not None
    console.print(question.words, style="bold", markup=False)
    for k, option in enumerate(question.options, start=1):
        console.print(f"  {k}. {option}", markup=False)
    usual = f" [{question.default}]" if question.default else ""
    hint = f" (for example {question.hint})" if question.hint and not usual else ""
    while True:
        console.print(f"{hint}{usual} > ".lstrip(), style="cyan", end="", markup=False)
        try:
            interview.answer(_line())
            return
        except ComityError as error:
            console.print(f"  {_said(error)}", style="red", markup=False)
            if not sys.stdin.isatty():
                raise


def _said(error: ComityError) -> str:
    """Return an error without its place, which is the question above it."""
    return type(error)(error.message, found=error.found, expected=error.expected).__str__()


def _line() -> str:
    try:
        line = sys.stdin.readline()
    except UnicodeDecodeError as error:
        raise InputError("not text in UTF-8", place="the input") from error
    if not line:
        raise EOFError
    return line.rstrip("\n")


def _prove(text: str, file: Path) -> None:
    """Read the draft back before it is written, so that what is written is a Case."""
    from comity.cases import loads

    loads(text, file=str(file))


def _keep(file: Path, text: str, notes: Sequence[str]) -> None:
    from comity.core.files import write_atomic

    _prove(text, file)
    write_atomic(file, text)
    typer.echo(f"wrote {file}")
    for note in notes:
        typer.echo(f"  note: {note}")
    typer.echo(f"next: comity check {file}, then comity agree {file}")
