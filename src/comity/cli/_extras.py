"""What to install where a command needs libraries that are not there."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from comity.core.errors import InputError

ROOMS = frozenset({"alembic", "cryptography", "fastapi", "httpx", "sqlalchemy", "uvicorn"})
INFERENCE = frozenset({"arviz", "jax", "numpyro", "pandas", "pyarrow"})
LEARNING = frozenset({"jax", "optax", "pettingzoo"})
NEWSLETTER = frozenset(
    {
        "aiosmtplib",
        "bibtexparser",
        "cryptography",
        "css_inline",
        "fastapi",
        "idna",
        "markdown_it",
        "mdit_py_plugins",
        "mutagen",
        "openpyxl",
        "rispy",
        "sqlalchemy",
        "uvicorn",
    }
)
LIBRARIES = {
    "inference": INFERENCE,
    "learning": LEARNING,
    "newsletter": NEWSLETTER,
    "rooms": ROOMS,
    "rooms,mcp": ROOMS | {"mcp"},
}
"""Libraries by the extras that bring them."""


@contextmanager
def needing(extras: str) -> Iterator[None]:
    """Say which extras to install where one of their libraries is missing."""
    try:
        yield
    except ModuleNotFoundError as error:
        name = (error.name or "").partition(".")[0]
        if name not in LIBRARIES[extras]:
            raise
        raise InputError(
            "this needs libraries that are not installed",
            found=f"no {name}",
            expected=f"pip install 'comity[{extras}]'",
        ) from None
