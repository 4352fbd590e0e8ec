"""`comity agree`: what the parties of a Case agree on, with its certificate."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any, Literal

import typer

from comity.cli._console import (
    Step,
    check_targets,
    part,
    progress,
    put_json,
    read_case,
    with_options,
)
from comity.cli.app import app

if TYPE_CHECKING:
    from comity.agreement.report import Findings
    from comity.cases import Case

Misreports = Literal["local", "none", "full"]


@app.command()
def agree(
    case: Annotated[str, typer.Argument(help="A Case file, or a file of another tool.")],
    report: Annotated[
        str | None, typer.Option(help="Write one page, which works offline, to this file.")
    ] = None,
    as_json: Annotated[
        str | None, typer.Option("--json", help="Write plain JSON to this file; - to print it.")
    ] = None,
    profile: Annotated[
        list[str] | None, typer.Option(help="Utility profile of a GENIUS domain; repeat it.")
    ] = None,
    tolerance: Annotated[
        float | None, typer.Option(help="Tolerance of every rule on distance.")
    ] = None,
    solution: Annotated[
        str | None, typer.Option(help="nash, kalai-smorodinsky, egalitarian, utilitarian, ...")
    ] = None,
    misreports: Annotated[
        Misreports, typer.Option(help="How hard to look for gains from lying.")
    ] = "local",
    study: Annotated[
        int, typer.Option(min=0, help="Also draw this many truths, for the tolerance curve.")
    ] = 0,
    seed: Annotated[int, typer.Option(min=0, help="Same seed, same answer.")] = 0,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="Print nothing.")] = False,
) -> None:
    """Find what the parties can agree on, and whether it would survive lying and temptation."""
    check_targets({"--report": report, "--json": as_json}, (case, *(profile or ())))
    with progress(quiet) as step:
        step("reading", 0.0)
        read = with_options(read_case(case, profile or ()), tolerance, solution)
        found = _found(read, seed, misreports, study, step)
        page = _page(found, seed) if report else ""
    if as_json:
        put_json(_data(found), as_json)
    if report:
        from comity.core.files import write_atomic

        write_atomic(report, page)
    if not quiet and as_json != "-":
        _show(found, report, as_json)


def _found(case: Case, seed: int, misreports: Misreports, draws: int, step: Step) -> Findings:
    from comity.agreement import agree as find
    from comity.agreement import compare
    from comity.agreement.report import gather

    agreement = find(
        case,
        rng=seed,
        misreports=misreports,
        progress=lambda words, share: step(words, 0.5 * share),
    )
    step("comparing the views", 0.5)
    comparison = compare(case, rng=seed)
    studied = _studied(case, seed, draws, step) if draws else None
    agreement = studied.certify(agreement) if studied else agreement
    trying = part(step, "trying what-ifs", 0.8, 1.0)
    return gather(agreement, comparison, studied, trying)


def _studied(case: Case, seed: int, draws: int, step: Step) -> Any:
    from comity.agreement import study

    step("drawing truths", 0.6)
    return study(case, draws=draws, rng=seed)


def _page(found: Findings, seed: int) -> str:
    from comity.agreement.report import render_page

    return render_page(found, seed=seed)


def _data(found: Findings) -> dict[str, Any]:
    from comity.core.results import plain

    data = found.agreement.to_dict()
    data["comparison"] = plain(found.comparison)
    data["scenarios"] = plain(list(found.scenarios))
    for key in ("study", "regret", "inquiry"):
        if getattr(found, key) is not None:
            data[key] = plain(getattr(found, key))
    return data


def _show(found: Findings, report: str | None, as_json: str | None) -> None:
    from rich.console import Console
    from rich.text import Text

    from comity.agreement.report import show, show_short

    console = Console()
    if report is None and as_json is None:
        show(found, console)
        return
    show_short(found, console)
    console.print()
    for path in filter(None, (report, as_json)):
        console.print(Text(f"Written: {path}"), soft_wrap=True)
