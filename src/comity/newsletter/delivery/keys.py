"""Files that only the operator may read: the secret behind links, and the key that signs mails."""

from __future__ import annotations

import os
import secrets
import stat
from pathlib import Path

from comity.core.errors import InputError
from comity.newsletter.delivery.tokens import Secret

FOLDER = "keys"
SECRET = "links.secret"
SECRET_BYTES = 32
OWNER_ONLY, OWNERS_FOLDER = 0o600, 0o700


def secret_of(folder: Path) -> Secret:
    """Return the secret of a publication's folder.

    Raises `InputError` where it is missing or others can read it. It is never made anew in passing:
    all links in mails already sent, and the list of those who must not be mailed, hang on it.
    """
    path = folder / FOLDER / SECRET
    try:
        refuse_if_shared(path)
        key = bytes.fromhex(path.read_text(encoding="ascii").strip())
    except OSError as error:
        raise InputError(
            "cannot read the secret of the publication",
            file=str(path),
            found=error.strerror,
            expected="the file that comity newsletter init made",
        ) from error
    except ValueError:
        key = b""
    if len(key) != SECRET_BYTES:
        raise InputError("not a secret", file=str(path), expected="64 hexadecimal digits")
    return Secret(key)


def make_secret(folder: Path) -> Path:
    """Make the secret of a publication that has none; return its file."""
    path = folder / FOLDER / SECRET
    if not path.exists():
        write_private(path, secrets.token_hex(SECRET_BYTES).encode() + b"\n")
    return path


def write_private(path: Path, data: bytes) -> None:
    """Write a file that only its owner can read.

    Raises `InputError` where there is such a file already.
    """
    path.parent.mkdir(mode=OWNERS_FOLDER, parents=True, exist_ok=True)
    try:
        file = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, OWNER_ONLY)
    except FileExistsError as error:
        raise InputError("there is such a file already", file=str(path)) from error
    except OSError as error:
        raise InputError("cannot write", file=str(path), found=error.strerror) from error
    with os.fdopen(file, "wb") as stream:
        stream.write(data)
        stream.flush()
        os.fsync(stream.fileno())


def refuse_if_shared(path: Path) -> None:
    """Raise `InputError` where others than the owner can read a file."""
    if os.name == "posix" and stat.S_IMODE(path.stat().st_mode) & 0o077:
        raise InputError("others can read this file", file=str(path), expected="mode 600")
