"""What agents are told of the format holds: every key is one, every example is sound."""

import re

import pytest

from comity.agreement import agree
from comity.cases import loads
from comity.cases.files import read_case
from comity.cases.schema import json_schema
from comity.rooms.tools.format import ACTIONS, ISSUES, RULES, case_format


@pytest.mark.parametrize("text", [ISSUES, ACTIONS], ids=["issues", "actions"])
def test_each_example_is_a_case_on_which_there_is_an_agreement(text):
    case, faults = read_case(text)
    assert faults == []
    assert agree(case, rng=0, misreports="none").status == "agreed"


KEYS = (
    *("frame", "players", "issues", "actions", "quantities", "bystanders", "states", "range"),
    *("models", "facts", "tastes", "weights", "values", "payoffs", "no_deal", "prior"),
    *("constitution", "solution", "enforcement", "acceptance"),
)


@pytest.mark.parametrize("key", KEYS)
def test_every_key_is_one_of_a_case(key):
    assert re.search(rf"\b{key}\b", RULES)
    assert f"'{key}'" in str(json_schema())


@pytest.mark.parametrize(
    "values",
    ["{ low = 8, high = 0 }", "{ per_unit = 0.1 }", "{ peak = 20, best = 5, worst = 0 }"],
)
def test_shapes_are_as_told(values):
    assert values in RULES
    stated = ISSUES.replace("[700, 900, 100]", "[0, 40, 10]")
    case = loads(stated.replace("{ low = 4, high = 0 }", values))
    assert case.names == ("Ana", "Bo")


def test_what_is_left_out_may_be():
    """Others' tastes and the constitution; not the model of a player."""
    data = case_format()
    assert set(data) == {"rules", "to_divide", "to_act"}
    assert "[constitution" not in ISSUES + ACTIONS
    alone = ISSUES[: ISSUES.index("[models.Bo]")]
    assert "has no model" in str(read_case(alone)[1][0])
