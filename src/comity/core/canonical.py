"""Canonical JSON, so that two machines hash the same data to the same digest (RFC 8785)."""

from __future__ import annotations

import hashlib
import json
import math
from typing import Any

from comity.core.errors import InputError

LITERALS = {None: "null", True: "true", False: "false"}


def canonical_json(data: Any) -> str:
    """Return ``data`` in the JSON Canonicalization Scheme.

    Keys are sorted by UTF-16 code units, numbers are written as ECMAScript writes them, and
    there is no white space. Integers beyond 2**53 and non-finite numbers are refused.
    Source: RFC 8785 (2020), sections 3.2.2 and 3.2.3.

    Examples
    --------
    >>> canonical_json({"b": 1.0, "a": [1e-7, 1e21, True, None]})
    '{"a":[1e-7,1e+21,true,null],"b":1}'
    """
    return "".join(_pieces(data))


def digest(data: Any) -> str:
    """Return the SHA-256 of the canonical JSON of ``data``, in hexadecimal."""
    return hashlib.sha256(canonical_json(data).encode("utf-8")).hexdigest()


def _pieces(data: Any) -> list[str]:
    if data is None or isinstance(data, bool):
        return [LITERALS[data]]
    if isinstance(data, str):
        return [_string(data)]
    if isinstance(data, (int, float)):
        return [_number(data)]
    if isinstance(data, (list, tuple)):
        return ["[", ",".join(canonical_json(item) for item in data), "]"]
    if isinstance(data, dict):
        names = {_string(key): key for key in data}
        order = sorted(names, key=lambda name: names[name].encode("utf-16-be"))
        items = (f"{name}:{canonical_json(data[names[name]])}" for name in order)
        return ["{", ",".join(items), "}"]
    raise InputError("not JSON data", found=type(data).__name__, expected="plain JSON")


def _string(text: Any) -> str:
    if not isinstance(text, str):
        raise InputError("a JSON key is not a string", found=repr(text), expected="a string")
    if any("\ud800" <= character <= "\udfff" for character in text):
        raise InputError("text holds half a surrogate pair", found=ascii(text)[:80])
    return json.dumps(text, ensure_ascii=False)


def _number(value: float) -> str:
    large = isinstance(value, int) and abs(value) > 2**53
    if large or not math.isfinite(value):
        raise InputError("number has no canonical form", found=value, expected="a finite double")
    return str(int(value)) if value == 0 or isinstance(value, int) else _ecmascript(float(value))


def _ecmascript(value: float) -> str:
    """Write a double with its shortest digits in the layout of ECMAScript Number::toString."""
    sign = "-" if value < 0 else ""
    mantissa, _, exponent = f"{abs(value)!r}".partition("e")
    whole, _, fraction = mantissa.partition(".")
    fraction = "" if fraction == "0" else fraction
    digits = (whole + fraction).lstrip("0")
    point = len(whole) + int(exponent or 0) - (len(whole + fraction) - len(digits))
    digits = digits.rstrip("0")
    if 0 < point <= 21:
        head, tail = digits[:point].ljust(point, "0"), digits[point:]
        return f"{sign}{head}" + (f".{tail}" if tail else "")
    if -6 < point <= 0:
        return f"{sign}0.{'0' * -point}{digits}"
    tail = f".{digits[1:]}" if len(digits) > 1 else ""
    return f"{sign}{digits[0]}{tail}e{'+' if point > 0 else '-'}{abs(point - 1)}"
