"""`comity crossplay`: how agents do with partners they never met."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated, Any

import typer

from comity.cli._console import Step, check_targets, progress, put_json
from comity.cli._pairs import pairs
from comity.cli.app import app

if TYPE_CHECKING:
    from comity.learning.crossplay.results import CrossPlay
    from comity.learning.crossplay.stress import Stress
    from comity.learning.environments.protocol import Environment
    from comity.learning.policies.protocol import Policy


@app.command()
def crossplay(
    agents: Annotated[
        list[str],
        typer.Argument(
            help="Checkpoints, folders of them, or module:function of your own; see the guide."
        ),
    ],
    partners: Annotated[
        list[str] | None,
        typer.Option(help="Partners from outside: by name, 'box' for all, or as AGENTS; repeat."),
    ] = None,
    environment: Annotated[
        str | None, typer.Option(help="The game; that of the checkpoints unless given.")
    ] = None,
    rule: Annotated[
        list[str] | None, typer.Option(help="A rule of the game as name=value; repeat it.")
    ] = None,
    games: Annotated[
        int | None, typer.Option(min=1, help="Games for each choice of seats.")
    ] = None,
    sampled: Annotated[
        bool, typer.Option("--sampled", help="Draw actions instead of taking the likeliest.")
    ] = False,
    stress: Annotated[
        bool,
        typer.Option("--stress", help="Also disturb the first partner; the second takes over."),
    ] = False,
    report: Annotated[
        str | None, typer.Option(help="Write one page with the matrix, which works offline.")
    ] = None,
    as_json: Annotated[
        str | None, typer.Option("--json", help="Write plain JSON to this file; - to print it.")
    ] = None,
    seed: Annotated[int, typer.Option(min=0, help="Same seed, same games.")] = 0,
    level: Annotated[float, typer.Option(help="Coverage of each interval.")] = 0.95,
    jobs: Annotated[int, typer.Option(help="Processes to play in; -1 for all cores.")] = 1,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="Print nothing.")] = False,
) -> None:
    """Play all agents with themselves, with each other, and with partners from outside."""
    targets = {"--report": report, "--json": as_json}
    check_targets(targets, [name for name in (*agents, *(partners or ())) if ":" not in name])
    game, groups, outside = _table(agents, partners or (), environment, rule, sampled)
    with progress(quiet) as step:
        found, strained = _played(game, groups, outside, games, seed, level, jobs, stress, step)
    _write(found, strained, report, as_json)
    if not quiet and as_json != "-":
        _show(found, strained, targets)


def _table(
    agents: Sequence[str],
    partners: Sequence[str],
    environment: str | None,
    rule: list[str] | None,
    sampled: bool,
) -> tuple[Environment, dict[str, list[Policy]], list[Policy]]:
    from comity.learning.crossplay.entrants import entrants, environment_of, grouped, outsiders

    found = entrants(agents, greedy=not sampled)
    game = environment_of(found, environment, pairs("--rule", rule))
    return game, grouped(found), outsiders(partners, game, greedy=not sampled)


def _played(
    game: Environment,
    groups: dict[str, list[Policy]],
    outside: list[Policy],
    games: int | None,
    seed: int,
    level: float,
    jobs: int,
    stress: bool,
    step: Step,
) -> tuple[CrossPlay, Stress | None]:
    from comity.core.errors import InputError
    from comity.learning.crossplay.cross_play import GAMES, cross_play
    from comity.learning.crossplay.stress import stress_test

    if stress and not outside:
        raise InputError("nobody to disturb", place="--stress", expected="--partners")
    found = cross_play(
        groups,
        outside,
        environment=game,
        games=games or GAMES,
        seed=seed,
        level=level,
        jobs=jobs,
        progress=lambda done, all_: step("playing", done / all_),
    )
    if not stress:
        return found, None
    first = [members[0] for members in groups.values()]
    other = outside[1] if len(outside) > 1 else None
    strained = stress_test(
        first, outside[0], environment=game, other=other, games=games or GAMES, seed=seed
    )
    return found, strained


def _write(
    found: CrossPlay, strained: Stress | None, report: str | None, as_json: str | None
) -> None:
    from comity.learning.crossplay.report import write_page

    if as_json:
        data: dict[str, Any] = {"kind": "comity cross-play", **found.to_dict()}
        if strained is not None:
            data["stress"] = strained.to_dict()
        put_json(data, as_json)
    if report:
        write_page(found, report, strained)


def _show(found: CrossPlay, strained: Stress | None, targets: dict[str, str | None]) -> None:
    from rich.console import Console
    from rich.text import Text

    from comity.learning.crossplay.report import show

    console = Console()
    show(found, console, strained)
    for path in filter(None, targets.values()):
        console.print(Text(f"Written: {path}"), soft_wrap=True)
