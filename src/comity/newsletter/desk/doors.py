"""Who may enter the desk: whoever opens a one-time link, then the browser that opened it.

Keys and sessions are kept as digests, in memory alone: when the server ends, all are void.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets
from collections.abc import Callable
from dataclasses import dataclass, replace
from threading import Lock

MOST_KEYS, MOST_SESSIONS = 100, 1_000
"""Kept at once; the oldest give way."""
LONGEST_NAME = 60


@dataclass(frozen=True, slots=True)
class Editor:
    """Somebody at the desk.

    Attributes
    ----------
    name : as they gave it.
    csrf : what each form of ours brings, and no other site can know.
    until : when the session ends unless something is done before.
    """

    name: str
    csrf: str
    until: float


class Doors:
    """One-time keys and the sessions that they opened.

    Parameters
    ----------
    clock : seconds.
    key_lasts, session : how long a key, and a session without a request, is good.
    """

    def __init__(self, clock: Callable[[], float], key_lasts: float, session: float) -> None:
        self.clock = clock
        self.key_lasts = key_lasts
        self.session = session
        self._keys: dict[str, float] = {}
        self._sessions: dict[str, Editor] = {}
        self._lock = Lock()

    def new_key(self) -> str:
        """Return a fresh key, good for one entry."""
        key = secrets.token_urlsafe(24)
        with self._lock:
            self._keys[_digest(key)] = self.clock() + self.key_lasts
            _shorten(self._keys, MOST_KEYS)
        return key

    def is_key(self, key: str) -> bool:
        """Return whether a key is good still; it stays so."""
        with self._lock:
            return self._keys.get(_digest(key), -1.0) >= self.clock()

    def enter(self, key: str, name: str) -> str | None:
        """Use up a key and return the secret of a new session, or ``None`` where it is no key."""
        with self._lock:
            if self._keys.pop(_digest(key), -1.0) < self.clock():
                return None
            secret = secrets.token_urlsafe(32)
            shown = " ".join(name.split())[:LONGEST_NAME] or "Editor"
            csrf = hmac.new(secret.encode(), b"csrf", hashlib.sha256).hexdigest()
            until = self.clock() + self.session
            self._sessions[_digest(secret)] = Editor(shown, csrf, until)
            _shorten(self._sessions, MOST_SESSIONS)
        return secret

    def editor(self, secret: str) -> Editor | None:
        """Return who a session belongs to and let it last, or ``None`` where it is void."""
        key = _digest(secret)
        with self._lock:
            found = self._sessions.get(key)
            if found is None or found.until < self.clock():
                self._sessions.pop(key, None)
                return None
            self._sessions[key] = replace(found, until=self.clock() + self.session)
            return found

    def leave(self, secret: str) -> None:
        """End a session."""
        with self._lock:
            self._sessions.pop(_digest(secret), None)


def _digest(secret: str) -> str:
    return hashlib.sha256(secret.encode("utf-8", "replace")).hexdigest()


def _shorten(kept: dict, most: int) -> None:
    while len(kept) > most:
        kept.pop(next(iter(kept)))
