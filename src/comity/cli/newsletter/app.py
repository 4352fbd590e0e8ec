"""The group of commands under `comity newsletter`."""

from __future__ import annotations

from typing import Annotated, Any

import typer
from typer.core import TyperGroup

from comity.cli.app import app

ORDER = (
    "init",
    "import",
    "add",
    "check",
    "draft",
    "preview",
    "build",
    "audio",
    "translate",
    "send",
    "replies",
    "issues",
    "readers",
    "search",
    "export",
    "serve",
    "key",
    "setup",
    "backup",
)
"""Commands in the order in which a publication needs them."""

Folder = Annotated[str, typer.Option("--folder", "-f", help="Folder of the publication.")]
"""The option that every command has."""


class Commands(TyperGroup):
    """Commands in the order in which a publication needs them."""

    def list_commands(self, ctx: Any) -> list[str]:
        """Return the names in `ORDER`, then any others."""
        names = list(self.commands)
        return [n for n in ORDER if n in names] + [n for n in names if n not in ORDER]


newsletter = typer.Typer(
    cls=Commands,
    no_args_is_help=True,
    help="Keep a field up to date: a database of all it has read, and every edition built from it.",
)
app.add_typer(newsletter, name="newsletter")
