"""Several views of one party in a file: what is read, what is written, what is no set."""

import tomllib

import numpy as np
import pytest

from cases.bad_files import DEAL, GAME, SET
from cases.making import assert_same_model
from comity.cases import dumps, loads
from comity.cases.translate import from_data, to_data

STERN = """
[[models.Bo.alternatives]]
name = "stern"
tastes.Bo = { values = { rent = { low = 0, high = 10 }, room = [0, 9] } }
"""


def test_what_is_left_out_is_as_in_the_model():
    ana = loads(GAME + SET).parties[0]
    assert list(ana.views) == ["central", "wet more often", "in no hurry"]
    assert ana.weights == pytest.approx((0.5, 0.25, 0.25))
    wet, calm = (other.model for other in ana.alternatives)
    assert wet.prior.tolist() == [0.5, 0.5]
    assert_same_model(wet.replace("prior", ana.model.prior), ana.model)
    changed = {name for name, block in calm.blocks().items() if differs(block, ana.model)}
    assert changed == {"tastes[Ana]"}
    # 2 for driving, less half a delay of 0.75 * 5 + 0.25 * 9.
    assert calm.table[0, 1, 1] == 2 - 3
    assert ana.alternatives[1].source == "a set at 90%"


def differs(block, model):
    return not np.array_equal(block.values, model.blocks()[block.name].values)


def test_a_fact_may_differ():
    text = GAME + '[[models.Bo.alternatives]]\nname = "slow"\nfacts.delay = { "*" = 7 }\n'
    (slow,) = loads(text).parties[1].alternatives
    assert np.all(slow.model.facts == 7)


def test_a_guess_left_out_of_the_model_is_the_same_in_each_view():
    ana = loads(GAME + SET).parties[0]
    for view in ana.views.values():
        assert view.blocks()["tastes[Bo]"].values[-1] == 2


def test_no_deal_and_patience_are_as_in_the_model_unless_stated():
    case = loads(DEAL.replace("no_deal = 1", "no_deal = 1\ndiscount = 0.8") + STERN)
    (stern,) = case.parties[1].alternatives
    assert stern.model.reservation.tolist() == [2, 1]
    assert stern.model.discount.tolist() == [1, 0.8]
    patient = STERN.replace("{ values", "{ discount = 1, no_deal = 4, values")
    (stern,) = loads(DEAL + patient).parties[1].alternatives
    assert stern.model.reservation.tolist() == [2, 4]


def test_no_weights_are_none():
    party = loads(DEAL + STERN).parties[1]
    assert party.weights is None
    assert loads(DEAL).parties[1].weights == (1.0,)


@pytest.mark.parametrize("form", ["toml", "json"])
def test_only_what_differs_is_written(form):
    case = loads(GAME + SET)
    data = to_data(case)["models"]["Ana"]["alternatives"]
    assert [set(item) for item in data] == [
        {"name", "weight", "prior"},
        {"name", "weight", "source", "tastes"},
    ]
    assert list(data[1]["tastes"]) == ["Ana"]
    again = loads(dumps(case, form))
    assert to_data(again) == to_data(case)
    for one, two in zip(case.parties[0].alternatives, again.parties[0].alternatives, strict=True):
        assert_same_model(one.model, two.model)


def test_a_case_without_alternatives_writes_none():
    assert "alternatives" not in dumps(loads(GAME))


def test_all_that_is_wrong_comes_at_once():
    text = GAME + SET.replace("dry = 0.5", "drie = 0.5").replace("delay = -0.5", "dealy = -0.5")
    _, faults = from_data(tomllib.loads(text))
    assert [fault.place for fault in faults] == [
        "models.Ana.alternatives.0.prior",
        "models.Ana.alternatives.1.tastes.Ana.weights.dealy",
    ]
