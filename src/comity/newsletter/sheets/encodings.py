"""Which bytes are which letters: UTF-8 and UTF-16, or one clear error."""

from __future__ import annotations

import codecs

from comity.core.errors import InputError

MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
"""Marks that a file may begin with, and what they say."""
GUESSED = 256
"""Bytes from which UTF-16 without a mark is guessed."""


def decode(data: bytes, file: str, encoding: str | None = None) -> str:
    """Return the text of a file.

    Parameters
    ----------
    encoding : its name; without it UTF-8 or UTF-16, told apart by mark and zeros.

    Raises `InputError` that names line and byte where the bytes are no such text.
    """
    mark, name = next(((m, n) for m, n in MARKS if data.startswith(m)), (b"", None))
    name = encoding or name or _guess(data)
    body = data.removeprefix(mark) if encoding is None else data
    try:
        return body.decode(name)
    except LookupError as error:
        raise InputError("no such encoding", file=file, found=name) from error
    except UnicodeDecodeError as error:
        line = body[: error.start].count(b"\n") + 1
        wrong = body[error.start]
        raise InputError(
            f"the text is not {name.upper()}",
            file=file,
            place=f"line {line}, byte {error.start + len(mark) + 1:,}",
            found=f"byte 0x{wrong:02X}, in Latin-1 {bytes([wrong]).decode('latin-1')!r}",
            expected="a file saved as UTF-8; or say which encoding it has",
        ) from error


def _guess(data: bytes) -> str:
    """Return UTF-16 where every other byte of the beginning is zero, else UTF-8."""
    head = data[:GUESSED]
    even, odd = head[::2], head[1::2]
    if odd and odd.count(0) > len(odd) // 2 and not even.count(0):
        return "utf-16-le"
    if even and even.count(0) > len(even) // 2 and not odd.count(0):
        return "utf-16-be"
    return "utf-8"
