"""Experiments as oTree projects: menus of options, and ultimatum games."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path

from comity.core import InputError
from comity.inference.design.menu import Question
from comity.inference.design.otree_project import (
    UltimatumPlan,
    app_name,
    menu_project,
    ultimatum_project,
)


def export_otree(
    design: Sequence[Question] | UltimatumPlan,
    folder: str | Path,
    *,
    app: str = "questions",
    title: str = "",
    texts: Mapping[str, str] | None = None,
    shuffle: bool = True,
) -> Path:
    """Write an experiment as an oTree project that runs as it is, and return its folder.

    Parameters
    ----------
    design : questions, one a round, such as the best of a menu; or an ultimatum game.
    folder : is made; it must not exist, or be empty. Either everything is written or nothing.
    app : name of the app, from which a name that oTree accepts is made.
    title : for whoever runs it.
    texts : by question what stands above its options. What a situation says of the past or of
        beliefs is shown to people only as far as these texts say it.
    shuffle : whether everybody meets the questions in an order of its own.

    The export of its data is read by `read_answers`, and where no question holds chance and all
    have as many options by the adapter for allocations too; that of an ultimatum game by the
    adapter for these. The readme of the project holds the lines that do it.

    Raises `InputError` where the folder holds something or cannot be written.
    """
    name = app_name(app)
    if isinstance(design, UltimatumPlan):
        project = ultimatum_project(design, name, title)
    else:
        project = menu_project(tuple(design), name, title, dict(texts or {}), shuffle)
    for path, text in project.items():
        if path.endswith(".py"):
            compile(text, path, "exec")
    return _write_folder(Path(folder), project)


def _write_folder(folder: Path, project: Mapping[str, str]) -> Path:
    """Write a folder of texts in one step: it is built beside its place and then renamed."""
    if folder.is_symlink() or (folder.exists() and not _is_empty(folder)):
        raise InputError(
            "the folder holds something already",
            file=str(folder),
            expected="a folder that is empty, or a name that is free",
        )
    made: str | None = None
    try:
        made = tempfile.mkdtemp(dir=folder.absolute().parent, prefix=f".{folder.name}.")
        built = Path(made) / "project"
        for name, text in project.items():
            path = built / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8", newline="\n")
        if folder.exists():
            folder.rmdir()
        os.replace(built, folder)
    except OSError as error:
        raise InputError(
            "cannot write the folder",
            file=str(folder),
            found=error.strerror,
            expected="a place that can be written",
        ) from error
    finally:
        if made is not None:
            shutil.rmtree(made, ignore_errors=True)
    return folder


def _is_empty(folder: Path) -> bool:
    return folder.is_dir() and not any(folder.iterdir())
