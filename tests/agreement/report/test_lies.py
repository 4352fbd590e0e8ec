import numpy as np
import pytest

from comity.agreement.misreports.bends import needing_nothing
from comity.agreement.misreports.misreport import Scenario, lie_value
from comity.agreement.report.lies import best_of, lies, stated_bends
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


def test_the_best_lie_pays_as_much_as_any_on_show(home):
    seen = [Scenario(home, 1.0)]
    shown = [lie for lie in lies(home) if lie.liar == 0]
    assert [lie.kind for lie in shown] == ["best", "alone"]
    model = home.models["Ana"]
    pays = {
        (lie.kind, level): lie_value("Ana", lie.report(model, level), seen)
        for lie in shown
        for level in lie.levels
    }
    assert pays["best", 1.0] == pytest.approx(max(pays.values()))
    assert pays["best", 1.0] > lie_value("Ana", model, seen) + 1e-6


def test_a_stated_lie_that_pays_stays_the_best(home):
    model = home.models["Ana"]
    best = best_of(home, 0, {})
    told = {name: model.blocks()[name].values + bend for name, bend in best.items()}
    again = best_of(home, 0, told)
    assert again.keys() == best.keys()
    for name, bend in best.items():
        assert again[name] == pytest.approx(bend)


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
    assert lie_value("Ana", mad, [Scenario(home, 1.0)]) == pytest.approx(8)
