"""Terms from the public part of a Case are those of the whole Case."""

import json
import re
import tomllib
from importlib.resources import files

import pytest

from comity.cases import load
from comity.core.errors import InputError, SizeError
from comity.rooms.protocol.terms import Terms
from comity.rooms.web.publishing import PUBLIC, terms_of_public

NAMES = ["river", "chicken", "household", "workshop", "ai_slowdown", "last_offer"]


@pytest.mark.parametrize("name", NAMES)
def test_models_change_nothing_of_the_terms(examples, name):
    data = tomllib.loads((examples / f"{name}.toml").read_text("utf-8"))
    public = {key: data[key] for key in PUBLIC if key in data}
    assert terms_of_public(public).data == Terms.of(load(examples / f"{name}.toml")).data


@pytest.mark.parametrize("key", ["models", "parties", "evidence", "behaviour", "results"])
def test_what_is_private_is_refused(examples, key):
    data = tomllib.loads((examples / "river.toml").read_text("utf-8"))
    public = {name: data[name] for name in PUBLIC if name in data}
    with pytest.raises(InputError, match="not public"):
        terms_of_public({**public, key: {}})


@pytest.mark.parametrize(
    "change",
    [
        {"frame": {}},
        {"frame": {"actions": {"A": ["x"]}}},
        {"title": 3},
        {"constitution": {"solution": "magic"}},
        {"frame": 7},
    ],
)
def test_what_is_no_case_is_refused(examples, change):
    data = tomllib.loads((examples / "river.toml").read_text("utf-8"))
    public = {key: data[key] for key in PUBLIC if key in data}
    with pytest.raises(InputError):
        terms_of_public({**public, **change})


def test_pages_cut_out_the_same():
    script = (files("comity.rooms.web") / "static" / "publishing.js").read_text("utf-8")
    stated = re.search(r"PUBLIC = (\[.*?\]);", script)
    assert tuple(json.loads(stated[1])) == PUBLIC


def test_deadlines_are_taken(examples):
    data = tomllib.loads((examples / "chicken.toml").read_text("utf-8"))
    public = {key: data[key] for key in PUBLIC if key in data}
    assert terms_of_public(public, {"joining": 5}).data["deadlines"]["joining"] == 5


@pytest.mark.parametrize("count", [60, 3_000])
def test_what_would_burden_the_server_is_refused(count):
    names = [f"a{k}" for k in range(count)]
    actions = {"A": names, "B": names, "C": names}
    with pytest.raises(SizeError):
        terms_of_public({"title": "x", "frame": {"actions": actions}})
    issues = {f"i{k}": {"range": [0, 1999]} for k in range(80)}
    with pytest.raises(SizeError):
        terms_of_public({"title": "x", "frame": {"players": names[:2], "issues": issues}})
