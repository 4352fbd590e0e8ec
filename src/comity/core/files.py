"""Writing files so that an interruption leaves the old file or the new one, never half of it."""

from __future__ import annotations

import os
import stat
import tempfile
from pathlib import Path

from comity.core.errors import InputError

MAX_BYTES = 64_000_000
"""Largest file that is read."""


def write_atomic(path: str | Path, content: str | bytes, *, private: bool = False) -> Path:
    """Write text as UTF-8, or bytes, to ``path`` in one step (temporary file, fsync, rename).

    Only its owner can read a ``private`` file, at any moment.
    Raises `InputError` where the folder or the file cannot be written, and where something other
    than a file is there already: a rename would put a file in place of a device or a pipe.
    """
    target = Path(path)
    check_regular(target)
    temporary: str | None = None
    try:
        handle, temporary = tempfile.mkstemp(
            dir=target.parent, prefix=f".{target.name}.", suffix=".part"
        )
        with os.fdopen(handle, "wb") as stream:
            stream.write(content.encode("utf-8") if isinstance(content, str) else content)
            stream.flush()
            os.fsync(stream.fileno())
        os.chmod(temporary, 0o600 if private else 0o666 & ~_umask())
        os.replace(temporary, target)
        temporary = None
    except OSError as error:
        raise InputError(
            "cannot write the file",
            file=str(target),
            found=error.strerror,
            expected="a place that can be written",
        ) from error
    finally:
        if temporary is not None:
            Path(temporary).unlink(missing_ok=True)
    return target


def check_regular(target: Path) -> None:
    """Raise `InputError` where something is there already that is not a regular file."""
    try:
        mode = target.stat().st_mode
    except (OSError, ValueError):
        return
    if not stat.S_ISREG(mode):
        raise InputError(
            "cannot write the file",
            file=str(target),
            found="a folder" if stat.S_ISDIR(mode) else "a device, a pipe or a socket",
            expected="a regular file, or a name that is free",
        )


def read_text(path: str | Path, limit: int = MAX_BYTES) -> str:
    """Return the text of a UTF-8 file of at most ``limit`` bytes.

    Raises `InputError` where the file is absent, too large or not UTF-8.
    """
    try:
        return read_bytes(path, limit).decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise InputError(
            "the file is not text",
            file=str(path),
            place=f"byte {error.start}",
            found=f"0x{error.object[error.start]:02x}",
            expected="UTF-8",
        ) from error


def read_bytes(path: str | Path, limit: int = MAX_BYTES) -> bytes:
    """Return the bytes of a file, at most ``limit`` of them, or raise `InputError`."""
    try:
        with Path(path).open("rb") as stream:
            size = os.fstat(stream.fileno()).st_size
            content = stream.read() if size <= limit else b""
    except OSError as error:
        raise InputError("cannot read the file", file=str(path), found=error.strerror) from error
    except ValueError as error:
        raise InputError("not the name of a file", file=repr(path), found=str(error)) from error
    if size > limit:
        raise InputError(
            "the file is too large",
            file=str(path),
            found=f"{size:,} bytes",
            expected=f"at most {limit:,}",
        )
    return content


def _umask() -> int:
    current = os.umask(0)
    os.umask(current)
    return current
