"""What the commands on issues share."""

from __future__ import annotations

from typing import TYPE_CHECKING

import typer

from comity.cli.newsletter._sheets import counted, tell_faults

if TYPE_CHECKING:
    from collections.abc import Sequence

    from comity.newsletter.model.faults import Fault


def tell_check(name: str, faults: Sequence[Fault]) -> bool:
    """Print the faults and what follows from them; return whether anything stops."""
    from comity.newsletter.editions.checks import faults_that_stop

    tell_faults(faults)
    stopping = len(faults_that_stop(faults))
    if not faults:
        typer.echo(f"{name}: nothing is wrong")
    elif stopping:
        rest = counted(stopping, "fault")
        typer.echo(f"{name}: {counted(len(faults), 'fault')}; {rest} must be mended before sending")
    else:
        typer.echo(f"{name}: {counted(len(faults), 'fault')}, none of which stops it")
    return bool(stopping)
