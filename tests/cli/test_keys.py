"""The key of an operator as it is typed."""

import pytest

from comity.cli._keys import operator_key
from comity.core.errors import InputError


def test_a_key_is_written_in_one_way():
    assert operator_key(None) is None
    assert operator_key("0A" * 32) == operator_key("0a" * 32) == "0a" * 32


@pytest.mark.parametrize(
    "text", ["", "00", "0" * 63, "0" * 65, "g" * 64, "0" * 63 + "\u0660", "0" * 64 + "\n"]
)
def test_what_is_no_key(text):
    with pytest.raises(InputError, match="64 hexadecimal digits"):
        operator_key(text)
