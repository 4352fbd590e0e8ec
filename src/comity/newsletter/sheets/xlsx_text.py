r"""Characters that XML cannot hold, or changes, as a workbook writes them.

XML turns a carriage return into a line feed and has no way to write most control characters, so a
workbook holds ``_x000D_`` in their place, and ``_x005F_x000D_`` where somebody means just that.

Source: ECMA-376, part 1, 22.9.2.19 (ST_Xstring).
"""

from __future__ import annotations

import re

_ESCAPE = re.compile(r"_x([0-9A-Fa-f]{4})_")
_TO_ESCAPE = re.compile(r"[\x00-\x08\x0b-\x1f\ud800-\udfff\ufffe\uffff]|_(?=x[0-9A-Fa-f]{4}_)")


def escape(text: str) -> str:
    r"""Return a text as a workbook writes it.

    Examples
    --------
    >>> escape("a\r\nb"), escape("_x000D_")
    ('a_x000D_\nb', '_x005F_x000D_')
    """
    return _TO_ESCAPE.sub(lambda match: f"_x{ord(match[0]):04X}_", text)


def unescape(text: str) -> str:
    r"""Return the text that a workbook means.

    Examples
    --------
    >>> unescape("a_x000D_\nb"), unescape("_x005F_x000D_")
    ('a\r\nb', '_x000D_')
    """
    return _ESCAPE.sub(lambda match: chr(int(match[1], 16)), text) if "_x" in text else text
