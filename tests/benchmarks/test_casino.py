"""The whole script: on made-up people, without data, and on the real ones where they are."""

import json
import os
import re
from itertools import product
from pathlib import Path

import casino
import numpy as np
import pytest
from casino_beliefs import RANKINGS
from casino_picture import SHOWN
from casino_rules import NASH, UTILITARIAN, Rule
from casino_study import Study


def run(monkeypatch, *words):
    monkeypatch.setattr("sys.argv", ["casino.py", *map(str, words)])
    return casino.main()


def test_missing_data_is_one_line_and_writes_nothing(tmp_path, monkeypatch, capsys):
    page = tmp_path / "page.md"
    assert run(monkeypatch, "--data", tmp_path, "--report", page) == 2
    error = capsys.readouterr().err
    assert "casino_train.json" in error
    assert error.count("\n") == 1
    assert not page.exists()


def made_up(number, first, second):
    ranks = [dict(zip(("High", "Medium", "Low"), order, strict=True)) for order in (first, second)]
    log = [
        {"id": name, "text": f"I need {rank['High'].lower()} most", "task_data": {}}
        for name, rank in zip("ab", ranks, strict=True)
    ]
    offer = {"Food": "2", "Water": "1", "Firewood": "1"}
    rest = {issue: str(3 - int(k)) for issue, k in offer.items()}
    deal = {"issue2youget": offer, "issue2theyget": rest}
    log.append({"id": "a", "text": "Submit-Deal", "task_data": deal})
    log.append({"id": "b", "text": "Accept-Deal", "task_data": {}})
    info = {}
    for name, rank, got in zip("ab", ranks, (offer, rest), strict=True):
        points = sum((5 - k) * int(got[rank[level]]) for k, level in enumerate(rank))
        felt = "Undecided" if points > 15 else "Slightly satisfied"
        info[name] = {
            "value2issue": rank,
            "outcomes": {"points_scored": points, "satisfaction": felt},
        }
    return {"dialogue_id": number, "chat_logs": log, "participant_info": info}


def test_page_and_picture_of_made_up_people(tmp_path, monkeypatch, capsys):
    named = {*SHOWN, Rule("kalai-smorodinsky", tie_break="first")}
    monkeypatch.setattr("casino_study.RULES", named)
    talks = [made_up(k, *pair) for k, pair in enumerate(product(RANKINGS, repeat=2))]
    (tmp_path / "casino_train.json").write_text(json.dumps(talks), encoding="utf-8")
    page, picture = tmp_path / "docs" / "page.md", tmp_path / "pictures" / "people.svg"
    page.parent.mkdir()
    assert run(monkeypatch, "--data", tmp_path, "--report", page, "--picture", picture) == 0
    text = page.read_text(encoding="utf-8")
    assert capsys.readouterr().out.rstrip() == text.rstrip()
    assert "](../pictures/people.svg)" in text
    assert "36 real dialogues" in text
    assert not re.search(r"[{}]", text)
    assert picture.read_text(encoding="utf-8").lstrip().startswith("<?xml")


@pytest.fixture(scope="module")
def study():
    folder = os.environ.get("COMITY_DATA")
    if not folder or not (Path(folder) / "casino").is_dir():
        pytest.skip("set COMITY_DATA to a folder that holds casino/casino_train.json")
    return Study.of(Path(folder), 0)


@pytest.mark.slow
def test_honest_points_on_the_real_pairs(study):
    expected = {
        NASH: 19.559,
        Rule("nash", lotteries=True): 19.565,
        Rule("kalai-smorodinsky"): 19.372,
        Rule("egalitarian"): 19.372,
        UTILITARIAN: 19.680,
    }
    for rule, points in expected.items():
        assert study.honest(rule).mean() == pytest.approx(points, abs=6e-4), rule.name
    found = study.mean(study.people.points)
    assert (found.value, found.low, found.high) == pytest.approx((18.590, 18.423, 18.747), abs=0.01)


@pytest.mark.slow
def test_lies_of_real_people(study):
    lies = study.lies(NASH, "inferred")
    assert lies.lies.mean() == pytest.approx(0.268, abs=1e-3)
    assert lies.believed.mean() == pytest.approx(0.197, abs=1e-3)
    assert lies.realised.mean() == pytest.approx(0.109, abs=1e-3)
    assert lies.partner.mean() == pytest.approx(-0.298, abs=1e-3)
    assert not study.lies(NASH, "uniform").lies.any()
    assert not study.lies(NASH, "base rate").lies.any()


@pytest.mark.slow
def test_where_the_rule_loses_is_on_the_page(study):
    page = (Path(casino.__file__).parents[1] / "docs" / "results" / "casino.md").read_text("utf-8")
    assert study.mean(study.worse()).percent in page
    assert study.mean(study.lies(NASH, "inferred").lies).percent in page
    assert np.isclose(study.worse().mean(), 0.382, atol=1e-3)
