"""Replacing a whole folder at once: readers see the old one or the new one, never a mixture."""

from __future__ import annotations

import ctypes
import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path, PurePosixPath

from comity.core.errors import InputError

NOW, EXCHANGE = -100, 2
"""Arguments of Linux's renameat2: relative to the working folder; swap both names."""


Keep = Callable[[str], bool]


class Output:
    """A folder that is being written beside the one that it will replace.

    A file that comes out as it was keeps its date, so that whoever copies the site onwards, and
    browsers that ask whether it has changed, have less to do.
    """

    def __init__(self, folder: Path, before: Path) -> None:
        self.folder, self.before = folder, before

    def write(self, address: str, content: str | bytes) -> None:
        """Write a file; addresses have forward slashes and stay inside the folder."""
        path = PurePosixPath(address)
        if path.is_absolute() or ".." in path.parts:
            raise InputError("the file would lie outside of the site", found=address)
        data = content.encode("utf-8") if isinstance(content, str) else content
        target, old = self.folder / path, self.before / path
        target.parent.mkdir(parents=True, exist_ok=True)
        if _holds(old, data):
            _link(old, target)
        else:
            target.write_bytes(data)

    def take_over(self, keep: Keep) -> None:
        """Take over what was there before, where it is to be kept and nothing new stands."""
        for file in sorted(self.before.rglob("*")) if self.before.is_dir() else ():
            address = file.relative_to(self.before)
            place = self.folder / address
            if keep(address.as_posix()) and file.is_file() and not place.exists():
                place.parent.mkdir(parents=True, exist_ok=True)
                _link(file, place)


@contextmanager
def replacing(folder: Path, keep: Keep = lambda address: False) -> Iterator[Output]:
    """Write a folder anew; it takes the place of the old one at the end, or not at all.

    Parameters
    ----------
    folder : what is replaced, or made.
    keep : tells the files that others write there, and that stay, by their addresses.
    """
    fresh = folder.with_name(f".{folder.name}.{os.getpid()}.new")
    try:
        shutil.rmtree(fresh, ignore_errors=True)
        fresh.mkdir(parents=True)
        output = Output(fresh, folder)
        yield output
        output.take_over(keep)
        _swap(fresh, folder)
        # What others wrote while the folders changed places lies in the old one, now ``fresh``.
        Output(folder, fresh).take_over(keep)
    except OSError as error:
        raise InputError(
            "cannot write the folder",
            file=str(folder),
            found=error.strerror or str(error),
            expected="a place that can be written",
        ) from error
    finally:
        shutil.rmtree(fresh, ignore_errors=True)


def _holds(file: Path, data: bytes) -> bool:
    try:
        return file.stat().st_size == len(data) and file.read_bytes() == data
    except OSError:
        return False


def _link(file: Path, target: Path) -> None:
    """Give a file a second name, or copy it where the disk knows no second names."""
    try:
        os.link(file, target)
    except OSError:
        shutil.copy2(file, target)


def _swap(fresh: Path, folder: Path) -> None:
    """Let two folders change names: in one step where the system can, else in two."""
    if not folder.exists():
        os.rename(fresh, folder)
        return
    if _exchanged(fresh, folder):
        return
    aside = fresh.with_suffix(".old")
    shutil.rmtree(aside, ignore_errors=True)
    os.rename(folder, aside)
    os.rename(fresh, folder)
    os.rename(aside, fresh)


def _exchanged(first: Path, second: Path) -> bool:
    try:
        rename = ctypes.CDLL(None).renameat2
    except (AttributeError, OSError, TypeError):
        return False
    answer = rename(NOW, os.fsencode(first), NOW, os.fsencode(second), EXCHANGE)
    return int(answer) == 0
