"""`comity study`: how often agreements come about and turn out well, over many imagined truths."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from comity.cli._console import progress, put_json, read_case, with_options
from comity.cli.app import app

if TYPE_CHECKING:
    from comity.agreement.studies.study import Study
    from comity.cases import Case


@app.command()
def study(
    case: Annotated[str, typer.Argument(help="A Case file, or a file of another tool.")],
    profile: Annotated[
        list[str] | None, typer.Option(help="Utility profile of a GENIUS domain; repeat it.")
    ] = None,
    draws: Annotated[int, typer.Option(min=2, help="Truths to draw.")] = 400,
    liar: Annotated[
        list[str] | None, typer.Option(help="Who may lie; repeat it. All in turn unless given.")
    ] = None,
    tolerance: Annotated[
        float | None, typer.Option(help="Tolerance of every rule on distance.")
    ] = None,
    solution: Annotated[
        str | None, typer.Option(help="nash, kalai-smorodinsky, egalitarian, utilitarian, ...")
    ] = None,
    types: Annotated[
        int, typer.Option(min=0, help="Types a party in the second best; 0 leaves it out.")
    ] = 3,
    n_jobs: Annotated[int, typer.Option(help="Workers; -1 for all cores.")] = 1,
    seed: Annotated[int, typer.Option(min=0, help="Same seed, same answer.")] = 0,
    as_json: Annotated[bool, typer.Option("--json", help="Print plain JSON.")] = False,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="Show no progress.")] = False,
) -> None:
    """Draw truths and noise as the Case declares them, and see what agreement is worth."""
    from comity.agreement import study as run

    with progress(quiet) as step:
        step("reading", 0.0)
        read = with_options(read_case(case, profile or ()), tolerance, solution)
        found = run(
            read,
            liars=liar or None,
            draws=draws,
            rng=seed,
            n_jobs=n_jobs,
            types=types,
            progress=step,
        )
    if as_json:
        put_json(found.to_dict(), "-")
    else:
        _show(read, found)


def _show(case: Case, found: Study) -> None:
    from rich.console import Console

    from comity.agreement.report.terminal import study_story

    console = Console()
    for piece in study_story(case, found, console.width):
        console.print(piece, highlight=False)
