import tomllib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from comity.cases.writing import to_toml
from comity.core.errors import InputError

KEYS = st.text(st.characters(exclude_categories=["Cs"]), max_size=8)
LEAVES = st.one_of(
    st.booleans(),
    st.integers(-(10**12), 10**12),
    st.floats(allow_nan=False, allow_infinity=False),
    st.text(st.characters(exclude_categories=["Cs"]), max_size=40),
)
TREES = st.recursive(
    LEAVES,
    lambda inner: st.one_of(st.lists(inner, max_size=4), st.dictionaries(KEYS, inner, max_size=4)),
    max_leaves=20,
)


@given(data=st.dictionaries(KEYS, TREES, max_size=5))
def test_what_is_written_reads_back(data):
    assert tomllib.loads(to_toml(data)) == data


def test_short_tables_stand_inline_and_long_ones_apart():
    text = to_toml({"a": {"b": {"x": 1, "y": 2}}, "c": {"x" * 60: 1, "y" * 60: 2}})
    assert text.splitlines()[:2] == ["[a]", "b = { x = 1, y = 2 }"]
    assert "[c]" in text


def test_comments_stand_above_what_they_explain():
    text = to_toml(
        {"a": 1, "b": {"c": {"d": {"e": 1, "f": 2}, "g": 3}}},
        {
            (): "A file.",
            ("a",): "One.",
            ("b",): "A section without its own keys.",
            ("b", "c"): "Two\nlines.",
        },
    )
    assert text == (
        "# A file.\n\n# One.\na = 1\n\n# A section without its own keys.\n# Two\n# lines.\n"
        "[b.c]\nd = { e = 1, f = 2 }\ng = 3\n"
    )


def test_null_is_refused():
    with pytest.raises(InputError, match="save it as JSON"):
        to_toml({"a": None})
