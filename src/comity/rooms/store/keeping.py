"""Where the operator's key is kept: in the database, or in a file that only its owner reads."""

from __future__ import annotations

import os
import secrets
import stat
from pathlib import Path

from sqlalchemy import Engine, insert, select

from comity.core.errors import InputError
from comity.rooms.store.engine import Conflict, transaction
from comity.rooms.store.tables import OPERATOR

SEED_BYTES = 32
OWNER_ONLY = 0o600


def seed_in_database(engine: Engine) -> bytes:
    """Return the seed of the operator's key, made at the first call."""
    found = _stored(engine)
    if found is None:
        try:
            with transaction(engine, writes=True) as connection:
                fresh = secrets.token_hex(SEED_BYTES)
                connection.execute(insert(OPERATOR).values(id=1, seed=fresh))
        except Conflict:
            # Another server that starts at the same time was first.
            pass
        found = _stored(engine)
    assert found is not None
    return bytes.fromhex(found)


def seed_in_file(path: str) -> bytes:
    """Return the seed in a file: 64 hexadecimal digits, made at the first call with mode 600.

    Raises `InputError` where others than its owner may read it, or it holds something else.
    """
    try:
        _make(Path(path))
        if os.name == "posix" and stat.S_IMODE(os.stat(path).st_mode) & 0o077:
            raise InputError("others can read the operator's key", place=path, expected="mode 600")
        text = Path(path).read_text(encoding="ascii").strip()
        seed = bytes.fromhex(text)
    except OSError as error:
        raise InputError(
            "cannot use the file of the operator's key", place=path, found=error.strerror
        ) from error
    except ValueError:
        seed = b""
    if len(seed) != SEED_BYTES:
        raise InputError("not an operator's key", place=path, expected="64 hexadecimal digits")
    return seed


def _stored(engine: Engine) -> str | None:
    with transaction(engine, writes=False) as connection:
        seed: str | None = connection.scalar(select(OPERATOR.c.seed))
        return seed


def _make(path: Path) -> None:
    try:
        file = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, OWNER_ONLY)
    except FileExistsError:
        return
    with os.fdopen(file, "w", encoding="ascii") as stream:
        stream.write(secrets.token_hex(SEED_BYTES) + "\n")
        stream.flush()
        os.fsync(stream.fileno())
