import numpy as np
import pytest

from comity.agreement.report.lies import (
    best_of,
    beyond_belief,
    lies,
    needing_nothing,
    stated_bends,
    worth,
)
from comity.agreement.settle import Table


@pytest.fixture
def table(river):
    return Table.of(river.agreement.case)


@pytest.fixture
def home(household):
    return Table.of(household.agreement.case)


def test_no_lie_at_level_zero(table):
    for lie in lies(table):
        model = table.models[table.names[lie.liar]]
        told = lie.report(model, 0.0)
        assert np.allclose(told.values, model.values)


def test_a_negotiator_raises_what_no_deal_is_worth(home):
    bends = needing_nothing(home, 0)
    gain = home.settle().payoffs[0] - 8
    lie = next(lie for lie in lies(home) if (lie.liar, lie.kind) == (0, "alone"))
    told = lie.report(home.models["Ana"], 1.0)
    assert bends["tastes[Ana]"][-1] == pytest.approx(gain)
    assert told.reservation.tolist() == pytest.approx([8 + gain, 9])


def test_a_player_raises_its_own_default_action_only(table):
    model = table.models["Upstream"]
    lie = next(lie for lie in lies(table) if (lie.liar, lie.kind) == (0, "alone"))
    raised = lie.report(model, 1.0).table - model.table
    assert np.allclose(raised[0, 0], raised[0, 0, 0])
    assert raised[0, 0, 0] > 0
    assert np.allclose(raised[0, 1], 0)
    assert np.allclose(raised[1], 0)


def test_overstating_doubles_the_distance_from_the_other(table):
    bends = beyond_belief(table, 0)
    mine, other = (table.models[n].blocks()["facts"].values for n in table.names)
    assert bends["facts"] == pytest.approx(mine - other)


def test_the_best_lie_beats_all_candidates(home):
    candidates = [needing_nothing(home, 0)]
    best = best_of(home, 0, candidates)
    model = home.models["Ana"]
    told = model.replace("tastes[Ana]", model.blocks()["tastes[Ana]"].values + best["tastes[Ana]"])
    honest = worth(home, 0, model)
    assert worth(home, 0, told) > honest
    for share in (0.5, 1.0, 1.5):
        flat = model.blocks()["tastes[Ana]"].values + share * candidates[0]["tastes[Ana]"]
        assert worth(home, 0, model.replace("tastes[Ana]", flat)) <= worth(home, 0, told) + 1e-9


def test_stated_reports_become_bends(home):
    truth = home.models["Bo"].blocks()["tastes[Bo]"].values
    bends = stated_bends(home, 1, {"tastes[Bo]": (truth + 1).tolist(), "no such": [1]})
    assert list(bends) == ["tastes[Bo]"]
    assert np.allclose(bends["tastes[Bo]"], 1)
    assert stated_bends(home, 1, {"tastes[Bo]": truth}) == {}


def test_a_refused_lie_is_worth_the_default(home):
    bends = needing_nothing(home, 0)
    model = home.models["Ana"]
    mad = model.replace(
        "tastes[Ana]", model.blocks()["tastes[Ana]"].values + 100 * bends["tastes[Ana]"]
    )
    assert worth(home, 0, mad) == pytest.approx(8)
