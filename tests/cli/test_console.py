import json
import os

import pytest

from comity.cases import AcceptanceRule, load
from comity.cli._console import (
    check_target,
    check_targets,
    part,
    progress,
    put_json,
    warn_if_exposed,
    with_options,
)
from comity.core.errors import InputError


@pytest.fixture
def case(examples):
    return load(examples / "chicken.toml")


def test_no_progress_where_nobody_watches(capsys):
    with progress(quiet=False) as step:
        step("working", 0.5)
    assert capsys.readouterr() == ("", "")


def test_parts_fill_their_share():
    seen = []
    count = part(lambda words, share: seen.append(share), "trying", 0.5, 1.0)
    count(0, 4)
    count(4, 4)
    assert seen == [0.5, 1.0]


def test_a_tolerance_replaces_that_of_every_distance_rule(case):
    changed = with_options(case, 0.25, None).constitution.acceptance
    assert all(rule.tolerance == 0.25 for rule in changed if rule.rule != "gain")
    assert any(rule.rule != "gain" for rule in changed)
    assert [r for r in changed if r.rule == "gain"] == [
        r for r in case.constitution.acceptance if r.rule == "gain"
    ]


def test_a_case_without_distance_rules_gets_one(examples):
    changed = with_options(load(examples / "river.toml"), 0.5, None).constitution.acceptance
    assert changed[-1] == AcceptanceRule("private", "decision", 0.5)


def test_solutions_in_order_of_preference(case):
    assert with_options(case, None, "Nash, egalitarian").constitution.solution == (
        "nash",
        "egalitarian",
    )


def test_json_to_a_file_or_to_the_screen(tmp_path, capsys):
    put_json({"a": 1}, "-")
    assert json.loads(capsys.readouterr().out) == {"a": 1}
    put_json({"a": 1}, str(tmp_path / "out.json"))
    assert json.loads((tmp_path / "out.json").read_text("utf-8")) == {"a": 1}


def test_targets_are_checked_first(tmp_path):
    check_target(None, "--report")
    check_target("-", "--json")
    check_target(str(tmp_path / "new.html"), "--report")
    with pytest.raises(InputError, match="cannot write"):
        check_target(str(tmp_path), "--report")


def test_neither_an_input_nor_a_target_is_overwritten(tmp_path):
    case = tmp_path / "case.toml"
    case.write_text("mine", encoding="utf-8")
    (tmp_path / "other.toml").hardlink_to(case)
    page = str(tmp_path / "page.html")
    check_targets({"--report": page, "--json": "-"}, (str(case),))
    for path in (case, tmp_path / "other.toml", tmp_path / "." / "case.toml"):
        with pytest.raises(InputError, match=r"--json: .*overwritten .*which is read"):
            check_targets({"--json": str(path)}, (str(case),))
    with pytest.raises(InputError, match=r"--json: .*page.html, which --report writes"):
        check_targets({"--report": page, "--json": page}, (str(case),))


def test_a_pipe_is_no_target(tmp_path):
    os.mkfifo(tmp_path / "pipe")
    with pytest.raises(InputError, match="a pipe or a socket"):
        check_target(str(tmp_path / "pipe"), "--report")


@pytest.mark.parametrize(("address", "warned"), [("http://a.example", 1), ("https://a.example", 0)])
def test_a_link_that_others_can_read(address, warned, capsys):
    warn_if_exposed(address)
    told = capsys.readouterr()
    assert told.err.count("not encrypted") == warned
    assert told.out == ""
