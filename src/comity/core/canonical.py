"""Canonical JSON, so that two machines hash the same data to the same digest (RFC 8785)."""

from __future__ import annotations

import hashlib
import json
import math
from typing import Any

from comity.core.errors import InputError


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
        return [{None: "null", True: "true", False: "false"}[data]]
    if isinstance(data, str):
        return [json.dumps(data, ensure_ascii=False)]
    if isinstance(data, (int, float)):
        return [_number(data)]
    if isinstance(data, (list, tuple)):
        return ["[", ",".join("".join(_pieces(item)) for item in data), "]"]
    if isinstance(data, dict):
        keys = sorted(data, key=lambda key: str(key).encode("utf-16-be"))
        items = (
            f"{json.dumps(str(k), ensure_ascii=False)}:{canonical_json(data[k])}" for k in keys
        )
        return ["{", ",".join(items), "}"]
    raise InputError("not JSON data", found=type(data).__name__, expected="plain JSON")


def _number(value: float) -> str:
    if not math.isfinite(value) or (isinstance(value, int) and abs(value) > 2**53):
        raise InputError("number has no canonical form", found=value, expected="a finite double")
    if value == int(value) and abs(value) < 1e21:
        return str(int(value))
    return _ecmascript(float(value))


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
