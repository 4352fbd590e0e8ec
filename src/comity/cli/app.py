"""The `comity` command; every other module of this room adds its own command on import."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from functools import cache
from importlib import import_module
from pkgutil import iter_modules
from typing import Annotated, Any

import typer
from typer.core import TyperGroup

from comity.cli.errors import Interrupted, exit_status, replace_unknown_characters

ORDER = (
    "new",
    "check",
    "schema",
    "compare",
    "agree",
    "study",
    "understand",
    "solve",
    "verify",
    "serve",
    "open",
    "join",
    "mcp",
    "evaluate",
    "train",
    "assist",
    "crossplay",
    "play",
    "newsletter",
)
"""Commands as `comity --help` lists them: in the order a person needs them."""

_HELPERS = {"app", "errors"}


class Commands(TyperGroup):
    """Commands in the order a person needs them."""

    def list_commands(self, ctx: Any) -> list[str]:
        """Return the names in `ORDER`, then any others."""
        names = list(self.commands)
        return [n for n in ORDER if n in names] + [n for n in names if n not in ORDER]

    def invoke(self, ctx: Any) -> Any:
        """Run the command; Ctrl-C must reach our own wrapper, not typer's."""
        try:
            return super().invoke(ctx)
        except KeyboardInterrupt as stop:
            raise Interrupted from stop


app = typer.Typer(
    name="comity",
    cls=Commands,
    help="Bring several views of one situation; leave knowing where you differ, what you can "
    "agree on, and whether it would hold.",
    add_completion=False,
    rich_markup_mode="rich",
    context_settings={"help_option_names": ["-h", "--help"]},
)


def _show_version(wanted: bool) -> None:
    if wanted:
        from importlib.metadata import version

        typer.echo(f"comity {version('comity')}")
        raise typer.Exit


@app.callback(invoke_without_command=True)
def _welcome(
    ctx: typer.Context,
    version: Annotated[
        bool, typer.Option("--version", help="Show the version.", callback=_show_version)
    ] = False,
) -> None:
    if ctx.invoked_subcommand is None:
        typer.echo(ctx.get_help())


@cache
def command() -> Any:
    """Return the command with every module of this room registered."""
    import comity.cli

    for module in iter_modules(comity.cli.__path__):
        if module.name not in _HELPERS and not module.name.startswith("_"):
            import_module(f"comity.cli.{module.name}")
    return typer.main.get_command(app)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run `comity` on the arguments (the process's own unless given); return the exit status."""
    given = list(sys.argv[1:] if arguments is None else arguments)
    replace_unknown_characters()
    return exit_status(
        lambda: command().main(args=given, prog_name="comity", standalone_mode=False)
    )
