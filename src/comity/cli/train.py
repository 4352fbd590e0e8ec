"""`comity train`: agents that learn an environment, into files."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from comity.cli._console import Step, progress
from comity.cli._extras import needing
from comity.cli._pairs import pairs
from comity.cli.app import app
from comity.cli.errors import INTERRUPTED, say

if TYPE_CHECKING:
    from comity.learning.training.checkpoints import Checkpoint


@app.command()
def train(
    environment: Annotated[str, typer.Argument(help="lever, tiny-hanabi, overcooked, hanabi, ...")],
    agent: Annotated[
        str, typer.Option(help="ippo, mappo, other-play, co-play or off-belief.")
    ] = "ippo",
    rule: Annotated[
        list[str] | None, typer.Option(help="A rule of the game as name=value; repeat it.")
    ] = None,
    setting: Annotated[
        list[str] | None,
        typer.Option("--set", help="A setting of learning as name=value; repeat it."),
    ] = None,
    seeds: Annotated[int, typer.Option(min=1, help="How many agents, from as many seeds.")] = 1,
    seed: Annotated[int, typer.Option(min=0, help="The first of them.")] = 0,
    steps: Annotated[
        int | None, typer.Option(min=1, help="Steps of the environment, over all games.")
    ] = None,
    population: Annotated[
        int, typer.Option(min=1, help="Self-play runs that a co-play learner meets.")
    ] = 4,
    out: Annotated[str, typer.Option(help="Folder for the checkpoints.")] = "agents",
    resume: Annotated[
        bool, typer.Option("--resume", help="Go on where the checkpoint stands.")
    ] = False,
    tensorboard: Annotated[
        str | None, typer.Option(help="Folder for curves that TensorBoard reads.")
    ] = None,
    jobs: Annotated[
        int, typer.Option(help="Processes that train seeds side by side; -1 for all cores.")
    ] = 1,
    force: Annotated[
        bool, typer.Option("--force", help="Write over checkpoints that are there.")
    ] = False,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="Print nothing.")] = False,
) -> None:
    """Train agents and leave a checkpoint of each, which `comity crossplay` reads."""
    with needing("learning"):
        from comity.learning.training.agents import file_of, learn, learn_population

    told: dict[str, Any] = pairs("--set", setting)
    told |= {} if steps is None else {"total_steps": steps}
    told |= {"variant": pairs("--rule", rule), "population": population}
    paths = [file_of(out, environment, agent, seed + k) for k in range(seeds)]
    _check_target(paths, resume, force, tensorboard is None or jobs == 1)
    Path(out).mkdir(parents=True, exist_ok=True)
    if jobs != 1:
        told |= {"seeds": range(seed, seed + seeds), "folder": out, "resume": resume}
        with needing("learning"), _stopping(paths):
            found = learn_population(environment, agent, jobs=jobs, **told)
        _say(zip(found, paths, strict=True), quiet)
        return
    for k, path in enumerate(paths):
        with ExitStack() as stack, needing("learning"), _stopping([path]):
            step = stack.enter_context(progress(quiet))
            report = _report(f"seed {seed + k}", step, tensorboard, path.stem, stack)
            told |= {"seed": seed + k, "path": path, "resume": resume and path.exists()}
            one = learn(environment, agent, report=report, **told)
        _say([(one, path)], quiet)


def _check_target(paths: list[Path], resume: bool, force: bool, curves: bool) -> None:
    from comity.core.errors import InputError

    folder = paths[0].parent
    if folder.exists() and not folder.is_dir():
        raise InputError(
            "the folder for checkpoints is a file",
            place="--out",
            found=str(folder),
            expected="a folder, or a name that is free",
        )
    there = [str(path) for path in paths if path.exists()]
    if there and not (resume or force):
        raise InputError(
            "there is a checkpoint already",
            place="--out",
            found=there[0],
            expected="--resume to go on with it, or --force to begin again",
        )
    if resume and not there:
        raise InputError("no checkpoint to go on from", place="--resume", expected=str(paths[0]))
    if not curves:
        raise InputError("curves need --jobs 1", place="--tensorboard")


@contextmanager
def _stopping(paths: list[Path]) -> Iterator[None]:
    """Say after Ctrl-C what was kept, and how to go on."""
    try:
        yield
    except KeyboardInterrupt:
        there = [str(path) for path in paths if path.exists()]
        verb = "is" if len(there) == 1 else "are"
        kept = f"{', '.join(there)} {verb} kept, --resume goes on" if there else "nothing was kept"
        raise typer.Exit(say(f"stopped by Ctrl-C; {kept}", INTERRUPTED)) from None


def _say(found: Iterable[tuple[Checkpoint, Path]], quiet: bool) -> None:
    for checkpoint, path in found:
        if not quiet:
            typer.echo(_line(checkpoint, path))


def _report(
    words: str, step: Step, tensorboard: str | None, name: str, stack: ExitStack
) -> Callable[[int, int, Mapping[str, float]], None]:
    from comity.learning.training.tensorboard import Events

    events = stack.enter_context(Events(tensorboard, name)) if tensorboard else None

    def report(done: int, updates: int, told: Mapping[str, float]) -> None:
        known = {name: value for name, value in told.items() if math.isfinite(value)}
        reached = f": score {known['score']:.3g}" if "score" in known else ""
        step(words + reached, done / updates)
        if events:
            events.add(done, known)

    return report


def _line(found: Checkpoint, path: Path) -> str:
    from comity.learning.training.training import score

    learned = f"after {found.steps:,} steps" if found.steps else "exactly"
    return f"{path}: score {score(found):.4g} in training, {learned}"
