import pytest

from comity.cli._pairs import pairs
from comity.core import InputError


def test_values_are_read_as_json_where_they_are_any():
    given = ["game=E", "players=3", "hidden=[64, 64]", "text=a=b", "flag=true"]
    assert pairs("--set", given) == {
        "game": "E",
        "players": 3,
        "hidden": (64, 64),
        "text": "a=b",
        "flag": True,
    }
    assert pairs("--set", None) == {}


@pytest.mark.parametrize("wrong", ["game", "=3", "two words=1"])
def test_what_is_no_pair(wrong):
    with pytest.raises(InputError, match="--set"):
        pairs("--set", [wrong])
