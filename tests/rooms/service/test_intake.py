"""What a request may bring."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from comity.core.web.failures import Denied
from comity.rooms.service.intake import STRING, read_json

PLAIN = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**60), 2**60) | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
)


def depth(data) -> int:
    if isinstance(data, dict):
        data = list(data.values())
    return 1 + max(map(depth, data), default=0) if isinstance(data, list) else 0


@given(PLAIN)
def test_json_is_read_if_it_is_not_too_deep(data):
    body = json.dumps(data, ensure_ascii=False).encode("utf-8", "surrogatepass")
    try:
        body.decode()
    except UnicodeDecodeError:
        return
    assert read_json(body, depth(data)) == data
    if depth(data):
        with pytest.raises(Denied, match="too deeply"):
            read_json(body, depth(data) - 1)


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"{",
        b"{]",
        b"'a'",
        b'{"a": 1, "a": 1}',
        b'[{"a": {"b": 1, "b": 2}}]',
        b"NaN",
        b"[-Infinity]",
        b'"\xff"',
        b"\xef\xbb\xbf{}",
        b"1" * 5000,
        b'"' + b"\\" * 99,
        b"]" * 100 + b"[" * 100,
    ],
)
def test_what_is_not_plain_json_is_refused(body):
    with pytest.raises(Denied) as denied:
        read_json(body, 8)
    assert denied.value.code == "form"


def test_nesting_without_end_is_refused_quickly():
    for piece in (b"[", b'{"a":', b"]["):
        with pytest.raises(Denied):
            read_json(piece * (2_000_000 // len(piece)), 64)


@pytest.mark.parametrize("end", [b"", b"\\", b"[" * 9])
def test_a_string_without_end_is_read_once(end):
    assert STRING.fullmatch(b'"' + b'\\"' * 9 + end)
    with pytest.raises(Denied, match="not JSON"):
        read_json(b'"' + b'\\"' * 999_000 + end, 64)
