"""What the commands on agreements share: consoles, progress, reading a Case with its options."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import typer

from comity.core.errors import InputError
from comity.core.files import check_regular, write_atomic

if TYPE_CHECKING:
    from comity.cases import Case
    from comity.cases.constitution import AcceptanceRule, Constitution

Step = Callable[[str, float], None]
"""Called with what is being done, and the share that is done."""


@contextmanager
def progress(quiet: bool) -> Iterator[Step]:
    """Show one line of progress on standard error, if a person is watching there."""
    if quiet or not sys.stderr.isatty():
        yield lambda words, share: None
        return
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TextColumn

    console = Console(stderr=True)
    columns = (TextColumn("{task.description:<30}", markup=False), BarColumn())
    with Progress(*columns, console=console, transient=True) as bar:
        task = bar.add_task("starting", total=1.0)
        yield lambda words, share: bar.update(task, description=words, completed=share)


def part(step: Step, words: str, start: float, end: float) -> Callable[[int, int], None]:
    """Return a counter that reports as the part of a longer job between two shares."""
    return lambda done, steps: step(words, start + (end - start) * done / max(1, steps))


def read_case(file: str, profiles: Sequence[str] = ()) -> Case:
    """Return the Case of a file; profiles of a GENIUS domain are read with it."""
    from comity.cases import load

    return load(file, profiles=list(profiles)) if profiles else load(file)


def with_options(case: Case, tolerance: float | None, solution: str | None) -> Case:
    """Return the Case with another solution, or another tolerance in every rule on distance."""
    rules = case.constitution
    if solution is not None:
        rules = replace(rules, solution=_solutions(solution), acceptable={})
    if tolerance is not None:
        rules = _tolerating(rules, tolerance)
    return replace(case, constitution=rules)


def _solutions(text: str) -> Any:
    from typing import get_args

    from comity.cases.constitution import SolutionName

    known = get_args(SolutionName)
    named = [name.strip().casefold().replace("_", "-") for name in text.split(",")]
    for name in named:
        if name not in known:
            raise InputError(
                "no such solution", place="--solution", found=name, expected=", ".join(known)
            )
    return tuple(named)


def _tolerating(rules: Constitution, tolerance: float) -> Constitution:
    from comity.cases import AcceptanceRule

    if not 0 <= tolerance < float("inf"):
        raise InputError(
            "tolerance is out of range", place="--tolerance", found=tolerance, expected="0 or more"
        )
    measured: tuple[AcceptanceRule, ...] = tuple(
        replace(rule, tolerance=tolerance) if rule.rule != "gain" else rule
        for rule in rules.acceptance
    )
    if not any(rule.rule != "gain" for rule in measured):
        measured = (*measured, AcceptanceRule("private", "decision", tolerance))
    return replace(rules, acceptance=measured)


def put_json(data: dict[str, Any], path: str) -> None:
    """Write plain JSON to a file, or to standard output where the path is ``-``."""
    plain = path == "-" and not (sys.stdout.encoding or "").lower().startswith("utf")
    text = json.dumps(data, indent=2, ensure_ascii=plain, allow_nan=False) + "\n"
    if path == "-":
        typer.echo(text, nl=False)
    else:
        write_atomic(path, text)


def check_targets(targets: Mapping[str, str | None], inputs: Sequence[str]) -> None:
    """Refuse, by option, what cannot be written, what is read, and what is written twice."""
    taken = {_same(name): f"{name}, which is read" for name in inputs}
    for option, path in targets.items():
        check_target(path, option)
        if path is None or path == "-":
            continue
        if _same(path) in taken:
            raise InputError(
                "this would be overwritten",
                place=option,
                found=taken[_same(path)],
                expected="another file",
            )
        taken[_same(path)] = f"{path}, which {option} writes"


def _same(path: str) -> object:
    """Return what two names of one file have in common, hard links included."""
    try:
        found = os.stat(path)
    except (OSError, ValueError):
        return os.path.realpath(path) if "\0" not in path else path
    return found.st_dev, found.st_ino


def check_target(path: str | None, option: str) -> None:
    """Refuse a file that cannot be written before any work is done."""
    if path is None or path == "-":
        return
    target = Path(path)
    if target.is_dir():
        raise InputError("cannot write here", place=option, found=f"{path}, a folder")
    if not target.absolute().parent.is_dir():
        raise InputError(
            "cannot write here", place=option, found=path, expected="a folder that exists"
        )
    check_regular(target)


def warn_if_exposed(address: str) -> None:
    """Say on standard error where whoever carries a message to a server could read it."""
    from comity.rooms.client.links import is_exposed

    if is_exposed(address):
        typer.echo("warning: http is not encrypted; whoever carries a link can use it", err=True)
