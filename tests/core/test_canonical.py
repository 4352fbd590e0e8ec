"""Canonical JSON against the examples of RFC 8785 and against ECMAScript's rules."""

import json
import math
import struct

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from comity.core.canonical import canonical_json, digest
from comity.core.errors import InputError

# RFC 8785, appendix B: IEEE 754 bits and the text they become.
RFC_NUMBERS = [
    ("0000000000000000", "0"),
    ("8000000000000000", "0"),
    ("0000000000000001", "5e-324"),
    ("8000000000000001", "-5e-324"),
    ("7fefffffffffffff", "1.7976931348623157e+308"),
    ("ffefffffffffffff", "-1.7976931348623157e+308"),
    ("4340000000000000", "9007199254740992"),
    ("c340000000000000", "-9007199254740992"),
    ("4430000000000000", "295147905179352830000"),
    ("44b52d02c7e14af5", "9.999999999999997e+22"),
    ("44b52d02c7e14af6", "1e+23"),
    ("44b52d02c7e14af7", "1.0000000000000001e+23"),
    ("444b1ae4d6e2ef4e", "999999999999999700000"),
    ("444b1ae4d6e2ef4f", "999999999999999900000"),
    ("444b1ae4d6e2ef50", "1e+21"),
    ("3eb0c6f7a0b5ed8c", "9.999999999999997e-7"),
    ("3eb0c6f7a0b5ed8d", "0.000001"),
    ("41b3de4355555553", "333333333.3333332"),
    ("41b3de4355555554", "333333333.33333325"),
    ("41b3de4355555555", "333333333.3333333"),
    ("41b3de4355555556", "333333333.3333334"),
    ("41b3de4355555557", "333333333.33333343"),
    ("becbf647612f3696", "-0.0000033333333333333333"),
    ("43143ff3c1cb0959", "1424953923781206.2"),
]

# RFC 8785, section 3.2.2: the sample and its canonical form.
SAMPLE = r"""{"numbers": [333333333.33333329, 1E30, 4.50, 2e-3, 0.000000000000000000000000001],
 "string": "\u20ac$\u000F\u000aA'\u0042\u0022\u005c\\\"\/", "literals": [null, true, false]}"""
CANONICAL_SAMPLE = (
    '{"literals":[null,true,false],"numbers":[333333333.3333333,1e+30,4.5,0.002,1e-27],'
    '"string":"€$\\u000f\\nA\'B\\"\\\\\\\\\\"/"}'
)


@pytest.mark.parametrize(("bits", "text"), RFC_NUMBERS)
def test_numbers_of_the_rfc(bits, text):
    (value,) = struct.unpack(">d", bytes.fromhex(bits))
    assert canonical_json(value) == text


def test_sample_of_the_rfc():
    assert canonical_json(json.loads(SAMPLE)) == CANONICAL_SAMPLE


def test_keys_are_sorted_by_utf16_units():
    """RFC 8785, section 3.2.3: the emoji (a surrogate pair) comes before U+FB33."""
    keys = ["€", "\r", "\ufb33", "1", "\U0001f600", "\u0080", "ö"]
    order = ["\r", "1", "\u0080", "ö", "€", "\U0001f600", "\ufb33"]
    assert list(json.loads(canonical_json(dict.fromkeys(keys)))) == order


@given(st.floats(allow_nan=False, allow_infinity=False))
def test_numbers_come_back(value):
    assert float(canonical_json(value)) == value
    assert canonical_json(np.float64(value)) == canonical_json(value)


@given(
    st.recursive(
        st.none() | st.booleans() | st.text(max_size=5) | st.integers(-(2**53), 2**53),
        lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner),
        max_leaves=8,
    )
)
def test_data_come_back_and_stay(data):
    text = canonical_json(data)
    assert json.loads(text) == data
    assert canonical_json(json.loads(text)) == text


def test_order_of_keys_does_not_change_the_digest():
    assert digest({"a": 1, "b": [2.0]}) == digest({"b": [2], "a": 1.0})
    assert digest("") == "12ae32cb1ec02d01eda3581b127c1fee3b0dc53572ed6baf239721a03d82e126"


@pytest.mark.parametrize(
    "data",
    [math.nan, math.inf, 2**53 + 1, 10**400, {1: 2}, {"a": {3}}, "\ud800", b"bytes", {"\udc00": 1}],
)
def test_what_has_no_canonical_form_is_refused(data):
    with pytest.raises(InputError):
        canonical_json(data)
