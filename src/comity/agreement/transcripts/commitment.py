"""Committing to a report before anybody's is seen, so that nobody reports second.

A commitment is the SHA-256 of the canonical JSON (RFC 8785) of version, Case, party, round, report
and a secret nonce of 32 bytes: hiding because of the nonce, binding because SHA-256 resists
collisions. As the party's name is inside, a copied commitment cannot be opened as one's own.
"""

from __future__ import annotations

import hmac
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from comity.core import digest
from comity.core.errors import InputError

VERSION = "comity-commitment-1"
DRAW_VERSION = "comity-draw-1"
NONCE_BYTES = 32
FIRST_ROUND = 1
"""Reports are committed once; talk revises them by rules that all know."""


@dataclass(frozen=True)
class Opening:
    """What a commitment hides until it is opened.

    Attributes
    ----------
    case : digest of what is common: frame, constitution, evidence.
    party : who commits.
    round : round of reports.
    report : plain JSON of the report.
    nonce : 64 hexadecimal digits, secret until then.
    """

    case: str
    party: str
    round: int
    report: Mapping[str, Any]
    nonce: str

    def commitment(self) -> str:
        """Return the digest to publish, 64 hexadecimal digits.

        Examples
        --------
        >>> opening = Opening("c0", "Ana", 1, {"facts": [1.0]}, "00" * 32)
        >>> opens(opening, opening.commitment())
        True
        """
        check_nonce(self.nonce, self.party)
        return digest(
            {
                "version": VERSION,
                "case": self.case,
                "party": self.party,
                "round": self.round,
                "report": dict(self.report),
                "nonce": self.nonce,
            }
        )


def opens(opening: Opening, commitment: str) -> bool:
    """Return whether an opening is the one that was committed to."""
    return hmac.compare_digest(opening.commitment(), commitment)


def draw_commitment(case: str, party: str, nonce: str) -> str:
    """Return the digest of a party's part of the draw, 64 hexadecimal digits.

    It is opened only after all have accepted, by a nonce other than that of the report.
    """
    check_nonce(nonce, party, "draw")
    return digest({"version": DRAW_VERSION, "case": case, "party": party, "nonce": nonce})


def new_nonce(rng: np.random.Generator | None = None) -> str:
    """Return 32 random bytes in hexadecimal, from the system's source of secrets.

    A generator gives nonces that can be guessed from its seed: fit for studies that must be
    repeatable, not for parties who do not trust each other.
    """
    return secrets.token_hex(NONCE_BYTES) if rng is None else rng.bytes(NONCE_BYTES).hex()


def check_nonce(nonce: str, party: str, step: str = "reveal") -> None:
    """Raise `InputError` unless the nonce is 32 bytes in lower-case hexadecimal."""
    if len(nonce) != 2 * NONCE_BYTES or set(nonce) - set("0123456789abcdef"):
        raise InputError(
            "not a nonce",
            place=f"{step}.{party}.nonce",
            found=str(nonce)[:80],
            expected=f"{2 * NONCE_BYTES} hexadecimal digits",
        )
