import json
import shutil
import tomllib
from pathlib import Path

import pytest
from hypothesis import given, settings

from cases.bad_files import DEAL, GAME
from cases.making import assert_same, cases
from comity.cases import dumps, edit, load, loads, save
from comity.core.errors import InputError

EXAMPLES = ["river", "ai_slowdown", "household", "chicken", "workshop"]


@settings(max_examples=40)
@given(case=cases())
def test_toml_round_trip_is_exact(case):
    text = dumps(case)
    assert_same(loads(text), case)
    assert dumps(loads(text)) == text


@settings(max_examples=25)
@given(case=cases())
def test_json_round_trip_is_exact(case):
    text = dumps(case, "json")
    assert_same(loads(text), case)
    assert dumps(loads(text), "json") == text


@settings(max_examples=20)
@given(case=cases())
def test_json_may_lose_the_order_of_its_keys(case):
    """Data bases and RFC 8785 sort keys; issues, actions and cells must not move."""
    text = json.dumps(json.loads(dumps(case, "json")), sort_keys=True)
    assert_same(loads(text), case)


@pytest.mark.parametrize("name", EXAMPLES)
def test_examples_round_trip(name, examples, tmp_path):
    case = load(examples / f"{name}.toml")
    assert_same(loads(dumps(case)), case)
    path = save(case, tmp_path / f"{name}.json")
    assert_same(load(path), case)


@pytest.mark.parametrize("name", EXAMPLES)
def test_saving_unchanged_keeps_every_letter(name, examples, tmp_path):
    path = Path(shutil.copy(examples / f"{name}.toml", tmp_path))
    before = path.read_text(encoding="utf-8")
    save(load(path), path)
    assert path.read_text(encoding="utf-8") == before


def test_save_makes_a_new_file(tmp_path):
    path = save(loads(GAME), tmp_path / "new.toml")
    assert_same(load(path), loads(GAME))


def test_save_refuses_other_endings(tmp_path):
    with pytest.raises(InputError, match="toml or json"):
        save(loads(GAME), tmp_path / "case.txt")
    assert list(tmp_path.iterdir()) == []


def test_edit_keeps_comments_and_order(examples, tmp_path):
    path = Path(shutil.copy(examples / "river.toml", tmp_path))
    before = path.read_text(encoding="utf-8")
    changes = {
        'models.Egypt.prior."normal years"': 0.8,
        'models.Egypt.prior."long drought"': 0.2,
        "constitution.acceptance.0.tolerance": 0.5,
        "constitution.solution": "egalitarian",
    }
    case = edit(path, changes)
    after = path.read_text(encoding="utf-8")
    assert case.models["Egypt"].prior.tolist() == [0.8, 0.2]
    assert case.constitution.solution == ("egalitarian",)
    assert case.constitution.acceptance[0].tolerance == 0.5
    assert [line for line in after.splitlines() if line.startswith("#")] == [
        line for line in before.splitlines() if line.startswith("#")
    ]
    changed = [a for a, b in zip(after.splitlines(), before.splitlines(), strict=False) if a != b]
    assert 2 <= len(changed) < 12
    assert "# <- the belief that differs" in changed[0]


def test_edit_writes_nothing_where_the_result_is_no_case(tmp_path):
    path = tmp_path / "game.toml"
    path.write_text(GAME, encoding="utf-8")
    with pytest.raises(InputError, match="sum to 1"):
        edit(path, {"models.Ana.prior.dry": 0.9})
    with pytest.raises(InputError, match="mean 'solution'"):
        edit(path, {"constitution.solutoin": "egalitarian"})
    assert path.read_text(encoding="utf-8") == GAME


def test_edit_removes_and_works_on_json(tmp_path):
    path = save(loads(DEAL), tmp_path / "deal.json")
    case = edit(path, {"models.Bo.tastes.Bo.no_deal": 3, "models.Bo.tastes.Ana": None})
    assert case.models["Bo"].reservation.tolist() == [2, 3]
    assert "Ana" not in json.loads(path.read_text())["models"]["Bo"]["tastes"]


def test_results_pass_through_untouched():
    results = {"agreement": {"gap": None, "text": "a\nb"}, "transcript": [{"n": 1}]}
    text = dumps(loads(GAME))
    data = json.loads(dumps(loads(text), "json")) | {"results": results}
    case = loads(json.dumps(data))
    assert case.results == results
    assert loads(dumps(case)).results == results
    assert json.loads(dumps(case, "json"))["results"] == results


def test_json_twin_and_toml_say_the_same():
    case = loads(DEAL)
    assert_same(loads(dumps(case, "json")), case)
    assert set(tomllib.loads(dumps(case))) == set(json.loads(dumps(case, "json")))


def test_a_byte_order_mark_is_no_fault(tmp_path):
    path = tmp_path / "game.toml"
    path.write_bytes(b"\xef\xbb\xbf" + GAME.encode())
    assert load(path).names == ("Ana", "Bo")


def test_errors_name_the_text_they_were_given():
    with pytest.raises(InputError, match=r"^pasted: line 1.*not TOML"):
        loads("nonsense", file="pasted")


def test_fractions_come_back_as_fractions():
    case = loads(GAME.replace('dry = 0.75, wet = "1/4"', 'dry = "2/3", wet = "1/3"'))
    assert 'prior = { dry = "2/3", wet = "1/3" }' in dumps(case)
    assert case.models["Ana"].prior.tolist() == [2 / 3, 1 / 3]
