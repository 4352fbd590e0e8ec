"""`comity newsletter setup`: what mail needs to be believed, and the DNS records to publish."""

from __future__ import annotations

import typer

from comity.cli._extras import needing
from comity.cli.newsletter._post import office_of, opened
from comity.cli.newsletter.app import Folder, newsletter

UNFINISHED = 1
"""Exit status where something is to be mended."""


@newsletter.command()
def setup(folder: Folder = ".") -> int:
    """Check the settings of mail, and print the DNS records that they call for.

    Nothing is sent and DNS is not asked. The exit status is 2 where mail cannot go at all, 1 where
    large mailbox providers would not believe it.
    """
    with needing("newsletter"):
        from comity.newsletter.delivery.setup import faults, records

        with opened(folder) as (publication, store):
            office = office_of(publication, store)
            found, needed = [*faults(office)], [*records(office)]
    for fault in found:
        typer.echo(f"to mend: {fault}", err=True)
    for record in needed:
        typer.echo(f"; {record.why}\n{record}")
    typer.echo(
        "Words in capitals are for you to fill in, or what your relay tells you to include. A name "
        "has one record of SPF and one of DMARC: add to those that are there, and name all that "
        "send. The name of the relay's address (PTR) is set by whoever gave you the address.",
        err=True,
    )
    return UNFINISHED if found else 0
