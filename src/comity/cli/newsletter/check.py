"""`comity newsletter check`: everything that is wrong, each fault with its place."""

from __future__ import annotations

from typing import Annotated

import typer

from comity.cli._extras import needing
from comity.cli.errors import BAD_INPUT
from comity.cli.newsletter._issues import check_of, tell_check
from comity.cli.newsletter.app import Folder, newsletter


@newsletter.command()
def check(
    issue: Annotated[
        int | None, typer.Argument(help="Number of an issue; without it, everything is checked.")
    ] = None,
    folder: Folder = ".",
) -> int:
    """Name every fault of an issue, or of the whole publication, with its place.

    The exit status is 2 where anything would stop an issue from being sent.
    """
    with needing("newsletter"):
        from comity.newsletter.publication.reading import read_publication
        from comity.newsletter.store.store import Store

    publication = read_publication(folder)
    with Store.open(folder) as store:
        checks = check_of(publication, store)
    if issue is None:
        stops = tell_check(publication.name, checks.everything())
    else:
        stops = tell_check(publication.label(issue), checks.issue(issue))
    return BAD_INPUT if stops else 0
