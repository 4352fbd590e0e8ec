"""`comity evaluate`: how cooperative an agent is, and whether it became worse."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from comity.cli._console import Step, check_targets, progress, put_json, read_case
from comity.cli._extras import needing
from comity.cli.app import app

if TYPE_CHECKING:
    from comity.evaluation import Evaluation, Partner, Regression

REGRESSED = 1
"""Exit status where an earlier version was better for certain."""

QUICK = 6
"""Matches that `--quick` plays: the fewest by which one family alone can tell two agents apart."""


@app.command()
def evaluate(
    agent: Annotated[
        str,
        typer.Argument(
            help="module:attribute, path/file.py:Name, 'command: ./agent', http://host, 'mcp: "
            "./server', 'mcp: http://host/mcp', or a kind of party such as honest."
        ),
    ],
    against: Annotated[
        str | None, typer.Option(help="An earlier --json: exit with 1 if this is worse.")
    ] = None,
    report: Annotated[
        str | None, typer.Option(help="Write the card as one page, which works offline.")
    ] = None,
    as_json: Annotated[
        str | None, typer.Option("--json", help="Write plain JSON to this file; - to print it.")
    ] = None,
    junit: Annotated[
        str | None, typer.Option("--junit", help="Write JUnit XML to this file.")
    ] = None,
    suite: Annotated[
        list[str] | None, typer.Option(help="Only this family of Cases; repeat it.")
    ] = None,
    human: Annotated[
        tuple[str, str] | None,
        typer.Option(help="A Case and data of people: also play partners fitted to them."),
    ] = None,
    seed: Annotated[int, typer.Option(min=0, help="Same seed, same draws.")] = 0,
    games: Annotated[
        int | None, typer.Option(min=2, help="Matches with each partner in each family.")
    ] = None,
    level: Annotated[float, typer.Option(help="Chance that all intervals hold at once.")] = 0.95,
    quick: Annotated[bool, typer.Option("--quick", help="Few matches, for a first look.")] = False,
    development: Annotated[
        bool, typer.Option("--development", help="Variants to build on, not those that count.")
    ] = False,
    time_limit: Annotated[
        float, typer.Option(min=0.1, help="Seconds for one move of an agent outside Python.")
    ] = 10.0,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="Print nothing.")] = False,
) -> None:
    """Score an agent against a fixed panel of partners in a fixed suite of Cases."""
    targets = {"--report": report, "--json": as_json, "--junit": junit}
    check_targets(targets, tuple(filter(None, (against, *(human or ())))))
    before = _before(against)
    with progress(quiet) as step:
        found = _found(
            agent, suite, human, seed, _matches(games, quick), level, development, time_limit, step
        )
    regression = _regression(before, found)
    _write(found, regression, report, as_json, junit, seed)
    if not quiet and as_json != "-":
        _show(found, regression, targets)
    if regression is not None and regression.worse:
        raise typer.Exit(REGRESSED)


def _matches(games: int | None, quick: bool) -> int:
    from comity.evaluation.evaluate import MATCHES

    return games or (QUICK if quick else MATCHES)


def _before(against: str | None) -> Evaluation | None:
    from comity.evaluation import read_evaluation

    return None if against is None else read_evaluation(against)


def _found(
    agent: str,
    suite: list[str] | None,
    human: tuple[str, str] | None,
    seed: int,
    matches: int,
    level: float,
    development: bool,
    time_limit: float,
    step: Step,
) -> Evaluation:
    from comity.evaluation import opened
    from comity.evaluation.evaluate import evaluate as find

    people = _people(human, seed, step)
    with opened(agent, time_limit) as opponent:
        return find(
            opponent,
            suite=suite or None,
            matches=matches,
            seed=seed,
            level=level,
            split="development" if development else "held-out",
            people=people,
            name=agent,
            progress=step,
        )


def _people(human: tuple[str, str] | None, seed: int, step: Step) -> tuple[Partner, ...]:
    if human is None:
        return ()
    case, data = human
    step("fitting people", 0.0)
    with needing("inference"):
        from comity.evaluation.human import human_partners

        return human_partners(read_case(case), [data], rng=seed)


def _regression(before: Evaluation | None, after: Evaluation) -> Regression | None:
    from comity.evaluation import compare_versions

    return None if before is None else compare_versions(before, after)


def _write(
    found: Evaluation,
    regression: Regression | None,
    report: str | None,
    as_json: str | None,
    junit: str | None,
    seed: int,
) -> None:
    from comity.core.files import write_atomic

    if as_json:
        data = found.to_dict()
        if regression is not None:
            data["against"] = regression.to_dict()
        put_json(data, as_json)
    if report:
        from comity.evaluation.card import render_page

        write_atomic(report, render_page(found, regression, seed=seed))
    if junit:
        from comity.evaluation.junit import junit as document

        write_atomic(junit, document(found, regression))


def _show(found: Evaluation, regression: Regression | None, targets: dict[str, str | None]) -> None:
    from rich.console import Console
    from rich.text import Text

    from comity.evaluation.card import show

    console = Console()
    show(found, console, regression)
    console.print()
    for path in filter(None, targets.values()):
        console.print(Text(f"Written: {path}"), soft_wrap=True)
