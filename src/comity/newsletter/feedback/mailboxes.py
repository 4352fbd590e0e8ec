"""Where replies are read from: folders of mails (Maildir), files of mails (mbox), IMAP.

Nothing is changed or marked in a mailbox; what has been read is noted in the publication alone.
"""

from __future__ import annotations

import mailbox
import os
import re
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol
from urllib.parse import urlsplit

from comity.core.errors import InputError
from comity.newsletter.feedback.mail import MOST_BYTES

LINE = 1000
"""Bytes of a line that are looked at."""

Known = Callable[[str], bool]
"""Whether the mail under a key was read before."""


@dataclass(frozen=True, slots=True)
class Found:
    """A mail in a mailbox."""

    key: str
    """What the mailbox calls it, the same at each visit; nothing where it has no such name."""
    data: bytes | None
    """None where it is larger than a mail may be."""


class Mailbox(Protocol):
    """Anything mails can be read from."""

    @property
    def name(self) -> str:
        """What sets it apart from other mailboxes."""

    def mails(self, known: Known) -> Iterator[Found]:
        """Yield mails whose keys are not known, the oldest first where there is an order."""


@dataclass(frozen=True)
class Maildir:
    """A folder with a file for each mail, in ``new`` and ``cur``."""

    path: Path

    @property
    def name(self) -> str:
        """The folder."""
        return f"maildir:{self.path.resolve()}"

    def mails(self, known: Known) -> Iterator[Found]:
        """Yield mails in the order of their file names, which begin with the time of delivery."""
        files = [file for part in ("new", "cur") for file in self._files(self.path / part)]
        for file in sorted(files, key=_unique):
            key = _unique(file)
            if not known(key):
                data = _read(file)
                if data is not _GONE:
                    yield Found(key, data)

    @staticmethod
    def _files(folder: Path) -> list[Path]:
        if not folder.is_dir():
            return []
        return [Path(e.path) for e in os.scandir(folder) if e.is_file() and e.name[0] != "."]


_GONE = b""
"""A mail that somebody moved or erased while we looked."""


def _unique(file: Path) -> str:
    """Return the part of a file's name that stays when the mail is marked as read."""
    return file.name.partition(":")[0]


def _read(file: Path) -> bytes | None:
    try:
        return file.read_bytes() if file.stat().st_size <= MOST_BYTES else None
    except FileNotFoundError:
        return _GONE
    except OSError as error:
        raise InputError("cannot read the mail", file=str(file), found=error.strerror) from error


@dataclass(frozen=True)
class Mbox:
    """A file with many mails, each below a line that begins with ``From``."""

    path: Path

    @property
    def name(self) -> str:
        """The file."""
        return f"mbox:{self.path.resolve()}"

    def mails(self, known: Known) -> Iterator[Found]:
        """Yield mails in the order of the file, without keys: places in it change."""
        with closing(mailbox.mbox(self.path, create=False)) as box:
            for key in box.iterkeys():
                with closing(box.get_file(key)) as stream:
                    data = stream.read(MOST_BYTES + 1)
                plain = re.sub(rb"^>(>*From )", rb"\1", data, flags=re.MULTILINE)
                yield Found("", plain if len(data) <= MOST_BYTES else None)


def open_mailbox(place: str, password_file: str = "") -> Mailbox:
    """Return the mailbox at a place: a folder, a file, or ``imaps://user@host/folder``.

    Raises `InputError` where there is none.
    """
    if urlsplit(place).scheme in {"imap", "imaps"}:
        from comity.newsletter.feedback.imap import Imap

        return Imap.at(place, password_file)
    path = Path(place)
    if path.is_dir() and any((path / part).is_dir() for part in ("new", "cur")):
        return Maildir(path)
    if path.is_file():
        _refuse_other_files(path)
        return Mbox(path)
    raise InputError(
        "no mailbox there",
        file=place,
        found="a folder without new and cur" if path.is_dir() else "nothing",
        expected="a Maildir, a file in mbox format, or imaps://user@host/folder",
    )


def _refuse_other_files(path: Path) -> None:
    """Refuse a file that is no mailbox; an empty one is a mailbox without mails."""
    try:
        with path.open("rb") as stream:
            first = next(
                (line for line in iter(lambda: stream.readline(LINE), b"") if line.strip()), b""
            )
    except OSError as error:
        raise InputError("cannot read the mailbox", file=str(path), found=error.strerror) from error
    if first and not first.startswith(b"From "):
        raise InputError(
            "not a mailbox",
            file=str(path),
            found=repr(first[:40].decode("ascii", "backslashreplace").strip()),
            expected="mbox format: each mail below a line that begins with From and a space",
        )
