"""The public key of an operator as somebody types it."""

from __future__ import annotations

import re

from comity.core.errors import InputError

KEY = re.compile(r"[0-9a-f]{64}")


def operator_key(text: str | None) -> str | None:
    """Return the key in the one way that logs write it; raise `InputError` for anything else.

    Examples
    --------
    >>> operator_key("AB" * 32) == "ab" * 32
    True
    """
    if text is None:
        return None
    if not KEY.fullmatch(text.lower()):
        raise InputError(
            "not the key of an operator",
            place="--operator",
            found=text[:80],
            expected="64 hexadecimal digits, as a log or the server's /api/operator shows them",
        )
    return text.lower()
