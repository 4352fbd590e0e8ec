"""`comity understand`: why people acted as they did, what cannot be told, what to do elsewhere."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Annotated, Any

import typer

from comity.cli._console import Step, check_targets, progress, put_json, read_case
from comity.cli._extras import needing
from comity.cli.app import app
from comity.core.errors import InputError

if TYPE_CHECKING:
    from comity.inference import Understanding


@app.command()
def understand(
    data: Annotated[
        list[str], typer.Argument(help="Tables of choices: CSV, Parquet or Stata; one or more.")
    ],
    case: Annotated[
        str | None, typer.Option(help="A Case: how to read the data, and the new setting.")
    ] = None,
    report: Annotated[
        str | None, typer.Option(help="Write one page, which works offline, to this file.")
    ] = None,
    as_json: Annotated[
        str | None, typer.Option("--json", help="Write plain JSON to this file; - to print it.")
    ] = None,
    kind: Annotated[
        str | None, typer.Option(help="Kind of the data: ultimatum, trust, allocations, ...")
    ] = None,
    column: Annotated[
        list[str] | None, typer.Option(help="name=COLUMN, which column holds what; repeat it.")
    ] = None,
    option: Annotated[
        list[str] | None, typer.Option(help="name=value, of the kind of data; repeat it.")
    ] = None,
    explanations: Annotated[
        str | None, typer.Option(help="What to weigh, by commas: fehr-schmidt x logit, ...")
    ] = None,
    level: Annotated[
        float | None, typer.Option(help="Level of all sets and intervals; 0.9 unless stated.")
    ] = None,
    cluster: Annotated[
        str, typer.Option(help="What is independent of each other: person, or study (sessions).")
    ] = "person",
    seed: Annotated[int, typer.Option(min=0, help="Same seed, same answer.")] = 0,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="Print nothing.")] = False,
) -> None:
    """Find which explanations of behaviour stand, what cannot be told, and what follows."""
    check_targets(
        {"--report": report, "--json": as_json}, (*data, *((case,) if case is not None else ()))
    )
    columns, options = pairs(column or (), "--column"), typed(pairs(option or (), "--option"))
    named = _named(explanations)
    with progress(quiet) as step, needing("inference"):
        found = _found(data, case, kind, columns, options, named, level, cluster, seed, step)
        page = _page(found, seed) if report else ""
    if as_json:
        put_json(found.to_dict(), as_json)
    if report:
        from comity.core.files import write_atomic

        write_atomic(report, page)
    if not quiet and as_json != "-":
        _show(found, report, as_json)


def _found(
    data: Sequence[str],
    case: str | None,
    kind: str | None,
    columns: Mapping[str, str],
    options: Mapping[str, Any],
    explanations: Sequence[str] | None,
    level: float | None,
    cluster: str,
    seed: int,
    step: Step,
) -> Understanding:
    from comity.cases.files import in_file
    from comity.inference.understanding.reading import read_behaviour
    from comity.inference.understanding.understand import understand as find

    step("reading", 0.0)
    read = read_case(case) if case is not None else None
    with in_file(case):
        evidence, behaviour = read_behaviour(
            data, read, kind=kind, columns=columns, options=options
        )
        return find(
            evidence,
            explanations,
            case=read,
            behaviour=behaviour,
            level=level,
            cluster=cluster,
            rng=seed,
            progress=lambda words, share: step(words, 0.02 + 0.96 * share),
        )


def _page(found: Understanding, seed: int) -> str:
    from comity.inference.report import render_page

    return render_page(found, seed=seed)


def _show(found: Understanding, report: str | None, as_json: str | None) -> None:
    from rich.console import Console
    from rich.text import Text

    from comity.inference.report import show, show_short

    console = Console()
    if report is None and as_json is None:
        show(found, console)
        return
    show_short(found, console)
    console.print()
    for path in filter(None, (report, as_json)):
        console.print(Text(f"Written: {path}"), soft_wrap=True)


def pairs(given: Sequence[str], place: str) -> dict[str, str]:
    """Return ``name=value`` options by name.

    Examples
    --------
    >>> pairs(["total=Pie size", "note=a=b"], "--column")
    {'total': 'Pie size', 'note': 'a=b'}
    """
    found: dict[str, str] = {}
    for text in given:
        name, sign, value = (part.strip() for part in text.partition("="))
        if not (name and sign and value):
            raise InputError("not a pair", place=place, found=text, expected="name=value")
        if name in found:
            raise InputError("given twice", place=place, found=name, expected="each name once")
        found[name] = value
    return found


def typed(given: Mapping[str, str]) -> dict[str, Any]:
    """Return values as the numbers, truths and lists that they spell; text stays text.

    Examples
    --------
    >>> typed({"total": "10", "bots": "true", "names": "id, round,choice", "role": "responder"})
    {'total': 10, 'bots': True, 'names': ['id', 'round', 'choice'], 'role': 'responder'}
    """
    return {name: _typed(value) for name, value in given.items()}


def _typed(text: str) -> Any:
    parts = [part.strip() for part in text.split(",")]
    if len(parts) > 1 and all(parts) and not text.startswith(("[", '"', "'")):
        return [_typed(part) for part in parts]
    try:
        read = tomllib.loads(f"value = {text}")
    except tomllib.TOMLDecodeError:
        return text
    value = read.get("value")
    plain = len(read) == 1 and isinstance(value, (bool, int, float, str, list))
    return value if plain else text


def _named(explanations: str | None) -> list[str] | None:
    if explanations is None:
        return None
    names = [name.strip() for name in explanations.split(",") if name.strip()]
    if not names:
        raise InputError(
            "no explanation is named",
            place="--explanations",
            found=repr(explanations),
            expected="names by commas, such as fehr-schmidt x logit",
        )
    return names
