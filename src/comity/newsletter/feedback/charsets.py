"""Bytes of mail as text, whatever they claim to be."""

from __future__ import annotations

import re
from email.errors import HeaderParseError
from email.header import Header, decode_header

WIDER = {
    "ascii": "utf-8",
    "us-ascii": "utf-8",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "iso-8859-1": "cp1252",
    "latin-1": "cp1252",
    "latin1": "cp1252",
    "ks_c_5601-1987": "cp949",
    "x-gbk": "gb18030",
    "unicode-1-1-utf-7": "utf-7",
}
"""Charsets that mail programs name where they mean a wider one."""
LONGEST_FIELD = 20_000
"""Characters of a header field that are read."""
_CONTROLS = re.compile(
    r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ufeff]"
)
"""Characters that steer a terminal, or turn the order of those around them."""
_CHINESE = re.compile(r"[\u4e00-\u9fff\u3000-\u303f\uff00-\uffef]")


def decode(data: bytes, charset: str | None = None) -> str:
    r"""Return bytes as text: by the charset that is named, as UTF-8, or by what fits best.

    Never fails: what no charset explains becomes U+FFFD. Control characters are dropped.

    Examples
    --------
    >>> decode(b"gr\xc3\xbcn", "us-ascii"), decode(b"gr\xfcn", "utf-8"), decode(b"x", "klingon")
    ('grün', 'grün', 'x')
    """
    for name in (WIDER.get((charset or "").lower(), charset), "utf-8"):
        try:
            return clean(data.decode(name or "utf-8"))
        except (UnicodeError, LookupError, ValueError):
            continue
    return clean(_guess(data))


def _guess(data: bytes) -> str:
    """Return text in the one wide charset whose result looks like writing, else in cp1252."""
    try:
        text = data.decode("gb18030")
    except UnicodeError:
        text = ""
    foreign = [letter for letter in text if ord(letter) > 127]
    if len(_CHINESE.findall(text)) > 0.9 * len(foreign) > 3:
        return text
    return data.decode("cp1252", "replace")


def clean(text: str) -> str:
    """Return text with plain line ends and without control characters and odd blanks."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n")
    return _CONTROLS.sub("", lines).replace("\u00a0", " ").replace("\u202f", " ")


def decode_field(value: object) -> str:
    """Return a header field as text on one line, whatever bytes stand in it.

    Examples
    --------
    >>> decode_field("=?utf-8?q?gr=C3=BCn?= und =?bad?x?y?=")
    'grün und =?bad?x?y?='
    """
    if value is None:
        return ""
    raw = value.encode() if isinstance(value, Header) else str(value)
    plain = decode(raw.encode("utf-8", "surrogateescape"))[:LONGEST_FIELD]
    try:
        parts = decode_header(plain)
        text = "".join(
            decode(part, charset) if isinstance(part, bytes) else part for part, charset in parts
        )
    except (HeaderParseError, ValueError, LookupError):
        text = plain
    return " ".join(clean(text).split())
