"""`comity compare`: where the views of a Case differ, and which difference matters."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from comity.cli._console import progress, put_json, read_case
from comity.cli.app import app

if TYPE_CHECKING:
    from comity.agreement import Comparison
    from comity.cases import Case


@app.command()
def compare(
    case: Annotated[str, typer.Argument(help="A Case file, or a file of another tool.")],
    profile: Annotated[
        list[str] | None, typer.Option(help="Utility profile of a GENIUS domain; repeat it.")
    ] = None,
    most: Annotated[int, typer.Option(min=1, help="Differences to show.")] = 12,
    as_json: Annotated[bool, typer.Option("--json", help="Print plain JSON.")] = False,
) -> None:
    """Rank the differences between the views by what each changes, not by its size."""
    from comity.agreement import compare as find

    with progress(as_json) as step:
        step("comparing the views", 0.0)
        read = read_case(case, profile or ())
        found = find(read)
    if as_json:
        put_json(found.to_dict(), "-")
    else:
        _show(read, found, most)


def _show(case: Case, found: Comparison, most: int) -> None:
    from rich.console import Console

    from comity.agreement.report.terminal import comparison_story

    console = Console()
    for piece in comparison_story(case, found, console.width, most):
        console.print(piece, highlight=False)
