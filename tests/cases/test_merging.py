import dataclasses
import shutil
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings

from cases.bad_files import GAME
from cases.making import assert_same, cases
from comity.cases import dumps, load, loads, save
from comity.cases.merging import change, merge, split_path
from comity.cases.translate import to_data
from comity.core.errors import InputError


def with_model(case, name, model):
    parties = [dataclasses.replace(p, model=model) if p.name == name else p for p in case.parties]
    return dataclasses.replace(case, parties=tuple(parties))


@pytest.fixture
def river(examples, tmp_path):
    return Path(shutil.copy(examples / "river.toml", tmp_path))


def comments(text):
    return [line for line in text.splitlines() if line.startswith("#")]


def test_a_changed_number_is_the_only_change(river):
    before = river.read_text(encoding="utf-8")
    case = load(river)
    model = case.models["Egypt"].replace("prior", np.array([0.75, 0.25]))
    changed = with_model(case, "Egypt", model)
    save(changed, river)
    after = river.read_text(encoding="utf-8")
    assert_same(load(river), changed)
    assert comments(after) == comments(before)
    differing = [a for a, b in zip(after.splitlines(), before.splitlines(), strict=True) if a != b]
    assert len(differing) == 1
    assert "0.75" in differing[0]


def test_a_changed_cell_replaces_its_table_at_most(river):
    before = river.read_text(encoding="utf-8")
    case = load(river)
    facts = case.models["Egypt"].blocks()["facts"].values.copy()
    facts[4] += 0.5
    changed = with_model(case, "Egypt", case.models["Egypt"].replace("facts", facts))
    save(changed, river)
    assert_same(load(river), changed)
    kept = set(comments(before)) - set(comments(river.read_text(encoding="utf-8")))
    assert len(kept) <= 1


def test_results_are_added_below_what_a_person_wrote(river):
    case = dataclasses.replace(load(river), results={"status": "agreed", "gap": None})
    save(case, river)
    assert load(river).results == {"status": "agreed", "gap": None}
    assert "# <- the belief that differs" in river.read_text(encoding="utf-8")


@settings(max_examples=15)
@given(first=cases(), second=cases())
def test_any_case_can_replace_any_other(first, second):
    assert_same(loads(merge(dumps(first), to_data(second))), second)


def test_what_is_no_case_is_replaced():
    case = loads(GAME)
    assert_same(loads(merge("title = 3", to_data(case))), case)


@pytest.mark.parametrize(
    ("path", "keys"),
    [
        ("a.b", ("a", "b")),
        ('models.A."x. y".0', ("models", "A", "x. y", "0")),
        ("a.'b c'", ("a", "b c")),
    ],
)
def test_paths(path, keys):
    assert split_path(path) == keys


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"": 1}, "not a path"),
        ({"frame.state": None}, "mean 'states'"),
        ({"title.x": 1}, "holds a value"),
        ({"constitution.acceptance.7.rule": "gain"}, "no such item"),
    ],
)
def test_changes_that_go_nowhere(changes, words):
    with pytest.raises(InputError, match=words):
        change(GAME, changes, "toml")
