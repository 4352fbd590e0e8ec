"""Who may enter which room: tokens and browser sessions, of which only hashes are kept."""

from __future__ import annotations

import hashlib
import json
import secrets
from dataclasses import dataclass, field

from sqlalchemy import Engine, Select, delete, insert, select

from comity.core.database import transaction
from comity.rooms.store.tables import SESSIONS, TOKENS

TOKEN_BYTES = 32
MOST_SESSIONS = 50
"""Browsers that one link seats at once; the one that would end first gives way."""


@dataclass(frozen=True)
class Pass:
    """What a token or a session opens.

    Attributes
    ----------
    room : the room.
    seat : the seat; ``None`` for whoever may only watch.
    """

    room: str
    seat: str | None


@dataclass(frozen=True)
class Passes:
    """The tokens and sessions of one database."""

    engine: Engine = field(repr=False)

    def of_token(self, token: str) -> Pass | None:
        """Return what a token opens."""
        query = select(TOKENS.c.room, TOKENS.c.seat).where(TOKENS.c.hash == hashed(token))
        return self._one(query)

    def of_session(self, session: str, time: int) -> Pass | None:
        """Return what a session opens at a time in milliseconds."""
        joined = SESSIONS.join(TOKENS, SESSIONS.c.token == TOKENS.c.hash)
        valid = (SESSIONS.c.hash == hashed(session)) & (SESSIONS.c.expires > time)
        return self._one(select(TOKENS.c.room, TOKENS.c.seat).select_from(joined).where(valid))

    def begin_session(self, token: str, expires: int) -> str:
        """Return a fresh session that opens what a token opens, until a time in milliseconds.

        Raises `Conflict` where there is no such token.
        """
        session = new_token()
        row = {"hash": hashed(session), "token": hashed(token), "expires": expires}
        first = SESSIONS.c.expires.desc(), SESSIONS.c.hash
        mine = select(SESSIONS.c.hash).where(SESSIONS.c.token == row["token"])
        with transaction(self.engine, writes=True) as connection:
            over = connection.scalars(mine.order_by(*first).offset(MOST_SESSIONS - 1)).all()
            connection.execute(delete(SESSIONS).where(SESSIONS.c.hash.in_(over)))
            connection.execute(insert(SESSIONS).values(row))
        return session

    def _one(self, query: Select[str, str | None]) -> Pass | None:
        with transaction(self.engine, writes=False) as connection:
            row = connection.execute(query).one_or_none()
        if row is None:
            return None
        return Pass(row[0], None if row[1] is None else json.loads(row[1]))


def new_token() -> str:
    """Return 32 random bytes from the system's source of secrets, fit for a URL."""
    return secrets.token_urlsafe(TOKEN_BYTES)


def hashed(token: str) -> str:
    """Return the SHA-256 of a token; nobody guesses 32 random bytes, so it needs no salt.

    Examples
    --------
    >>> hashed("abc")[:16]
    'ba7816bf8f01cfea'
    """
    return hashlib.sha256(token.encode("utf-8", "surrogatepass")).hexdigest()
