import json

import pytest

from cases.bad_files import DEAL, GAME
from comity.cases import dumps, json_schema, loads
from comity.cases.schema import VERSION, CaseData, parse


def test_the_schema_names_every_key():
    schema = json_schema()
    assert schema["$schema"].endswith("2020-12/schema")
    assert set(schema["properties"]) == set(CaseData.model_fields)
    assert schema["additionalProperties"] is False
    assert set(schema["required"]) == {"title", "frame", "models"}
    assert set(schema["$defs"]["TastesData"]["properties"]) >= {"weights", "payoffs", "no_deal"}
    json.dumps(schema)


@pytest.mark.parametrize("text", [GAME, DEAL])
def test_what_is_written_fits_the_schema(text):
    shaped, faults = parse(json.loads(dumps(loads(text), "json")))
    assert faults == []
    assert shaped.comity == VERSION


@pytest.mark.parametrize(
    ("data", "words"),
    [
        ({"title": "x", "frame": {"issues": [{"options": ["a"]}]}, "models": {}}, "without a name"),
        (
            {"title": "x", "frame": {"issues": [{"name": "a"}, {"name": "a"}]}, "models": {}},
            "stands twice",
        ),
        ({"title": "x", "frame": {}, "models": []}, "must be a table"),
        ({"title": "x", "frame": {}, "models": {}, "results": "{"}, "not JSON"),
        ({"title": "x", "frame": {}, "models": {}, "comity": 1.5}, "whole number"),
        (
            {"title": "x", "frame": {}, "models": {}, "constitution": {"lotteries": "perhaps"}},
            "true or false",
        ),
        ({"title": "x", "frame": {}, "models": {}, "evidence": {}}, "must be a list"),
    ],
)
def test_shapes_that_do_not_fit(data, words):
    assert any(words in str(fault) for fault in parse(data)[1])


def test_all_faults_come_at_once():
    _, faults = parse({"frame": {"stats": []}, "models": {"A": {"tates": {}}}})
    assert [fault.place for fault in faults] == ["title", "frame.stats", "models.A.tates"]


def test_other_spellings():
    case = loads(
        DEAL.replace("no_deal = 2", "reservation = 2") + "[constitution]\nnormalize = true\n"
    )
    assert case.models["Ana"].reservation[0] == 2
    assert case.constitution.normalise
