"""Whatever a file holds, it is a Case or a list of faults: never a traceback."""

import copy
import random
import tomllib

import pytest

from cases.bad_files import GAME, SET
from comity.cases import read
from comity.cases.files import read_case
from comity.cases.translate import from_data

JUNK = [
    None,
    True,
    0,
    -1,
    1.5,
    float("nan"),
    float("inf"),
    10**30,
    "",
    "*",
    "| |",
    "x",
    "1/3",
    [],
    {},
    [1],
    ["x"],
    [[1, 2], [3, 4]],
    {"x": 1},
    {"*": 1},
    {"dry": {}},
    [{}],
    [None],
    {"": ""},
]


def places(data, path=()):
    """Every place in nested data."""
    yield path
    items = (
        data.items()
        if isinstance(data, dict)
        else enumerate(data)
        if isinstance(data, list)
        else ()
    )
    for key, value in items:
        yield from places(value, (*path, key))


def spoil(data, rng):
    """Put junk, remove, rename or move something somewhere."""
    spoilt = copy.deepcopy(data)
    *parents, last = rng.choice([p for p in places(spoilt) if p])
    table = spoilt
    for key in parents:
        table = table[key]
    way = rng.randrange(4)
    if way == 0:
        table[last] = rng.choice(JUNK)
    elif way == 1:
        del table[last]
    elif way == 2 and isinstance(table, dict):
        table[str(last) + "x"] = table.pop(last)
    else:
        other = rng.choice([p for p in places(data) if p])
        value = data
        for key in other:
            value = value[key]
        table[last] = copy.deepcopy(value)
    return spoilt


@pytest.mark.parametrize("name", ["river", "household", "chicken", "workshop"])
def test_spoilt_data(name, examples):
    rng = random.Random(name)
    data = tomllib.loads((examples / f"{name}.toml").read_text(encoding="utf-8"))
    refused = 0
    for _ in range(150):
        case, faults = from_data(spoil(spoil(data, rng), rng))
        assert (case is None) == bool(faults)
        refused += case is None
        assert all(str(fault) for fault in faults)
    assert refused > 75


def test_spoilt_sets_of_views():
    rng = random.Random(2)
    data = tomllib.loads(GAME + SET)
    spoilt = [spoil(data["models"]["Ana"]["alternatives"], rng) for _ in range(150)]
    for alternatives in spoilt:
        data["models"]["Ana"]["alternatives"] = alternatives
        case, faults = from_data(data)
        assert (case is None) == bool(faults)


def test_spoilt_text(examples):
    rng = random.Random(1)
    text = (examples / "household.toml").read_text(encoding="utf-8")
    for _ in range(150):
        at, length = rng.randrange(len(text)), rng.randrange(1, 40)
        inserted = "".join(rng.choice('[]{}="\n#.|*0a') for _ in range(rng.randrange(3)))
        case, faults = read_case(text[:at] + inserted + text[at + length :], format="toml")
        assert (case is None) == bool(faults)


@pytest.mark.parametrize("share", [0.1, 0.3, 0.5, 0.7, 0.9, 0.99])
def test_files_cut_short(share, examples, tmp_path):
    text = (examples / "river.toml").read_text(encoding="utf-8")
    path = tmp_path / "cut.toml"
    path.write_text(text[: int(len(text) * share)], encoding="utf-8")
    case, faults = read(path)
    assert (case is None) == bool(faults)
