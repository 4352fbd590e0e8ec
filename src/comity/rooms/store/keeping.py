"""Where the operator's key is kept: in the database, or in a file that only its owner reads.

The database says in any case whose logs it holds; nobody goes on with another key by mistake.
"""

from __future__ import annotations

import os
import secrets
import stat
from contextlib import suppress
from pathlib import Path

from sqlalchemy import Engine, insert, select

from comity.core.database import Conflict, transaction
from comity.core.errors import InputError
from comity.rooms.protocol.keys import Key
from comity.rooms.store.tables import OPERATOR

SEED_BYTES = 32
OWNER_ONLY = 0o600


def operator_key(engine: Engine, file: str | None = None) -> Key:
    """Return the operator's key of a database, made at the first call.

    Parameters
    ----------
    file : where the key is kept: 64 hexadecimal digits, mode 600; in the database if not given.

    Raises `InputError` where the file cannot be used, or the database is of another key.
    """
    own = Key(_seed_in(Path(file))) if file is not None else None
    fresh = own or Key(secrets.token_bytes(SEED_BYTES))
    row = {"id": 1, "public": fresh.public, "seed": None if own else fresh.seed.hex()}
    # Where there is a row already, another server was first, or this one was at an earlier start.
    with suppress(Conflict), transaction(engine, writes=True) as connection:
        connection.execute(insert(OPERATOR).values(row))
    with transaction(engine, writes=False) as connection:
        public, seed = connection.execute(select(OPERATOR.c.public, OPERATOR.c.seed)).one()
    if own is None and seed is None:
        raise InputError("the operator's key of this database is in a file", place="key_file")
    key = own or Key(bytes.fromhex(seed))
    if key.public != public:
        raise InputError(
            "the database is of another operator's key", place="key_file", found=key.public[:16]
        )
    return key


def _seed_in(path: Path) -> bytes:
    try:
        _make(path)
        if os.name == "posix" and stat.S_IMODE(path.stat().st_mode) & 0o077:
            raise InputError("others can read the key", file=str(path), expected="mode 600")
        seed = bytes.fromhex(path.read_text(encoding="ascii").strip())
    except OSError as error:
        raise InputError("cannot use the file", file=str(path), found=error.strerror) from error
    except ValueError:
        seed = b""
    if len(seed) != SEED_BYTES:
        raise InputError("not a key", file=str(path), expected="64 hexadecimal digits")
    return seed


def _make(path: Path) -> None:
    """Write a fresh key, unless there is a file already."""
    try:
        file = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, OWNER_ONLY)
    except FileExistsError:
        return
    with os.fdopen(file, "w", encoding="ascii") as stream:
        stream.write(secrets.token_hex(SEED_BYTES) + "\n")
        stream.flush()
        os.fsync(stream.fileno())
