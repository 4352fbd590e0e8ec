"""What the commands on issues share."""

from __future__ import annotations

from typing import TYPE_CHECKING

import typer

from comity.cli.newsletter._sheets import counted, tell_faults

if TYPE_CHECKING:
    from collections.abc import Sequence

    from comity.newsletter.editions.checks import Check
    from comity.newsletter.model.faults import Fault
    from comity.newsletter.model.publication import Publication
    from comity.newsletter.store.store import Store


def check_of(publication: Publication, store: Store) -> Check:
    """Return what checks a publication, with the cells that an import kept as they came."""
    from comity.newsletter.editions.checks import Check
    from comity.newsletter.sheets.exporting import read_kept

    return Check(publication, store.load(), read_kept(store, "editor").cells)


def tell_check(name: str, faults: Sequence[Fault]) -> bool:
    """Print the faults and what follows from them; return whether anything stops."""
    from comity.newsletter.editions.checks import faults_that_stop

    tell_faults(faults)
    stopping = len(faults_that_stop(faults))
    typer.echo(f"{name}: {_told(len(faults), stopping)}")
    return bool(stopping)


def _told(faults: int, stopping: int) -> str:
    if not faults:
        return "nothing is wrong"
    if not stopping:
        which = "which does not stop it" if faults == 1 else "none of which stops it"
    else:
        some = "" if stopping == faults else f"{stopping} of "
        which = f"{some}which must be mended before sending"
    return f"{counted(faults, 'fault')}, {which}"
