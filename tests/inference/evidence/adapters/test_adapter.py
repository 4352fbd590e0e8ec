"""What holds for every adapter: one evidence whatever the file, and no exception but our own."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from comity.core.errors import InputError
from comity.games import NormalForm
from comity.inference.evidence import Evidence
from comity.inference.evidence.adapters import ADAPTERS
from comity.inference.evidence.adapters.adapter import Adapter
from comity.inference.evidence.columns import Column

GAME = NormalForm.from_payoffs([[[3, 0], [5, 1]], [[3, 5], [0, 1]]], ["A", "B"], [["c", "d"]] * 2)
PEOPLE = {"person": ["Ana", "Ana", "Bo", "Cy"], "order": [1, 2, 1, 1]}
SELF = {"self_x": 9, "other_x": 1, "self_y": 5, "other_y": 5.5}
PUNISHED = {"contribution": 3, "target_contribution": [0, 1, 2, 3], "others": [4, 4, 4, 8]}
CHANCES = {"chance_sooner": [100, 50, 50, 100], "chance_later": 80}
PRICES = {"value_sooner": [0.19, 0.18, 0.17, 0.16], "gap": [28, 28, 56, 56]}
POINTS = {"endowment": 4, "mpcr": 0.5, "most": 3, "cost": 1, "effect": 3}
STAGE = {"R": 3, "S": 0, "T": 5, "P": 1}

# By adapter: a table with the choice first, and what else has to be said.
TABLES = {
    "allocations": ({"choice": ["x", "y", "y", "x"], "kind": [0, 1, 0, 1], **SELF}, {}),
    "dictator": ({"given": [0, 2, 4, 1], "total": [4, 4, 4, 2]}, {}),
    "ultimatum": ({"offer": [0, 2, 4, 1], "threshold": [1, 1, 0, 4]}, {"total": 4}),
    "trust": (
        {"returned": [0, 2, 6, 1], "invested": [1, 2, 4, 2]},
        {"multiplier": 3, "endowment": 4},
    ),
    "dilemma": (
        {"choice": ["c", "d", "d", "c"], "other": ["d", "d", "c", "c"], "match": 1},
        {"period": "order", "payoffs": STAGE},
    ),
    "public_goods": (
        {"contribution": [0, 2, 4, 1], "others": [5, 0, 8, 3]},
        {"endowment": 4, "mpcr": 0.5, "size": 3},
    ),
    "punishment": ({"points": [0, 1, 2, 3], **PUNISHED}, POINTS),
    "budgets": (
        {"tokens_sooner": [0, 1, 2, 3], **PRICES, **CHANCES},
        {"total": 4, "value_later": 0.2, "delay_sooner": 7},
    ),
    "plays": ({"action": ["c", "d", "c", "d"], "player": ["A", "B", "B", "A"]}, {"game": GAME}),
}
GARBAGE = st.one_of(
    st.sampled_from(["", "x", "-1", "1e9", "99999", "1,5", "NaN", "é", "1 2", "0", "1", "2", "c"]),
    st.text(max_size=6),
    st.integers(-5, 10**25),
    st.floats(),
    st.none(),
    st.booleans(),
)


def table(name):
    columns, given = TABLES[name]
    return pd.DataFrame({**PEOPLE, **columns}), given


def same(one, other):
    """Whether two tables of evidence hold the same decisions in the same situations."""
    assert one.people == other.people
    assert one.games == other.games
    for column in ("person", "situation", "choice", "game", "sequence", "order", "others"):
        assert getattr(one, column).tolist() == getattr(other, column).tolist(), column
    for a, b in zip(one.situations, other.situations, strict=True):
        assert (a.options, a.recipients, a.menus, a.name) == (
            b.options,
            b.recipients,
            b.menus,
            b.name,
        )
        assert np.array_equal(a.payoffs, b.payoffs)
        assert np.array_equal(a.contingencies, b.contingencies)
        assert np.array_equal(a.delays, b.delays)
        for kind in ("history", "beliefs"):
            mine, yours = getattr(a, kind), getattr(b, kind)
            assert mine.keys() == yours.keys()
            assert all(np.array_equal(mine[key], yours[key]) for key in mine)


def test_every_kind_of_game_has_an_adapter():
    assert set(TABLES) == set(ADAPTERS)


@pytest.mark.parametrize("name", TABLES)
def test_one_evidence_whatever_the_file(tmp_path, name):
    frame, given = table(name)
    expected = ADAPTERS[name].read(frame, given)
    assert expected.faults == ()
    assert len(expected) == 4 * (2 if name == "ultimatum" else 1)
    frame.to_csv(tmp_path / "t.csv", index=False)
    frame.to_csv(tmp_path / "t.tsv", index=False, sep="\t")
    frame.to_parquet(tmp_path / "t.parquet")
    frame.to_stata(tmp_path / "t.dta", write_index=False)
    for path in tmp_path.iterdir():
        same(ADAPTERS[name].read(path, given), expected)
    single = frame.copy()
    for column in single.select_dtypes("number"):
        single[column] = single[column].astype(np.float32)
    same(ADAPTERS[name].read(single, given), expected)


@pytest.mark.parametrize("name", TABLES)
@given(data=st.data())
@settings(max_examples=25)
def test_garbage_in_any_cell_is_a_fault_or_an_input_error(name, data):
    frame, given = table(name)
    frame = frame.astype(object)
    for _ in range(data.draw(st.integers(1, 4))):
        row, column = data.draw(st.integers(0, 3)), data.draw(st.sampled_from(list(frame.columns)))
        frame.loc[row, column] = data.draw(GARBAGE)
    try:
        evidence = ADAPTERS[name].read(frame, given)
    except InputError:
        return
    decisions = 8 if name == "ultimatum" else 4
    assert isinstance(evidence, Evidence)
    assert len(evidence) <= decisions
    if len(evidence) < decisions:
        assert evidence.faults or evidence.assumptions
    assert all(
        fault.kind in ("missing", "impossible", "contradictory") for fault in evidence.faults
    )
    assert all(
        "expected" in f.message or "found" in f.message or f.message for f in evidence.faults
    )


@pytest.mark.parametrize("name", TABLES)
def test_a_row_that_is_spoilt_is_named_and_the_others_stay(name):
    frame, given = table(name)
    column = next(iter(TABLES[name][0]))
    frame = frame.astype(object)
    frame.loc[3, column] = "spoilt"
    evidence = ADAPTERS[name].read(frame, given)
    assert {fault.row for fault in evidence.faults} == {"row 3"}
    assert all("'spoilt'" in fault.message for fault in evidence.faults)
    assert "Ana" in evidence.people


@pytest.mark.parametrize("name", TABLES)
def test_what_an_adapter_says_of_itself(name):
    adapter = ADAPTERS[name]
    told = adapter.describe()
    assert adapter.name == name
    assert adapter.about in told
    for column in adapter.columns:
        assert f"column {column.name}" in told
        assert column.about
    for option in adapter.options:
        assert f"option {option} = " in told
    assert "options of every adapter: names, delimiter, app, bots, drop, missing" in told
    assert all(len(who) > 1 for who in adapter.recipients.values())
    names = [column.name for column in adapter.columns]
    assert len(set(names)) == len(names)
    assert not set(names) & set(adapter.options)


def test_columns_and_options_are_one_list():
    frame, _ = table("dictator")
    adapter = ADAPTERS["dictator"]
    one = adapter.read(frame.drop(columns="total"), {"total": 4}, {"step": 1})
    same(one, adapter.read(frame.drop(columns="total"), options={"total": 4}))
    with pytest.raises(InputError, match="total: given as a column and as an option"):
        adapter.read(frame, {"total": "total"}, {"total": 4})
    with pytest.raises(InputError, match="unknown name 'stepp'; is 'step' meant"):
        adapter.read(frame, options={"stepp": 4})


@pytest.mark.parametrize("name", TABLES)
@pytest.mark.parametrize("value", ["x", -1, 1e9, [1], {"a": 1}, float("nan"), True, object()])
def test_options_of_the_wrong_kind_are_input_errors_or_do_no_harm(name, value):
    frame, given = table(name)
    for option in (*ADAPTERS[name].options, "names", "delimiter", "app", "missing"):
        try:
            evidence = ADAPTERS[name].read(frame, {**given, option: value})
        except InputError:
            continue
        assert len(evidence) + len(evidence.faults) >= 4


def test_an_adapter_of_ones_own():
    def mine(data, *, twice=False, **columns):
        assert (data, twice, columns) == ("file", True, {"person": "who"})
        return "read"

    adapter = Adapter("mine", mine, (Column("person", "who"),), {"me": ("self", "other")}, "a game")
    assert adapter.options == {"twice": False}
    assert adapter.read("file", {"person": "who"}, {"twice": True}) == "read"
