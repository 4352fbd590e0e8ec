import json
from pathlib import Path

import pytest

from agreement.set_situations import ultimatum
from comity.cases import dumps
from comity.cli import main

FAST = ("--misreports", "none")


@pytest.fixture
def river(examples):
    return str(examples / "river.toml")


@pytest.fixture
def chicken(examples):
    return str(examples / "chicken.toml")


def test_the_terminal_view(river, capsys):
    assert main(["agree", river, *FAST]) == 0
    shown = capsys.readouterr()
    assert "They would clash. There is a deal that is better for both." in shown.out
    assert shown.err == ""


def test_plain_json_only(chicken, capsys):
    assert main(["agree", chicken, *FAST, "--json", "-"]) == 0
    data = json.loads(capsys.readouterr().out)
    assert data["status"] == "agreed"
    assert {"certificate", "transcript", "comparison", "scenarios"} <= set(data)


def test_a_report_and_json_in_one_run(chicken, tmp_path, capsys):
    page, data = tmp_path / "out.html", tmp_path / "out.json"
    arguments = [
        "agree",
        chicken,
        "--misreports",
        "none",
        "--report",
        str(page),
        "--json",
        str(data),
    ]
    assert main(arguments) == 0
    told = capsys.readouterr().out
    parts = ["better for both", "The deal", "What it brings", "Temptation", "Lying", "Written"]
    assert sorted(parts, key=told.index) == parts
    assert "Certificate" not in told
    assert page.read_text("utf-8").startswith("<!doctype html>")
    assert json.loads(data.read_text("utf-8"))["solution"] == "nash"


def test_same_seed_same_page(chicken, tmp_path):
    pages = []
    for name in ("a.html", "b.html"):
        target = tmp_path / name
        arguments = [
            "agree",
            chicken,
            "--misreports",
            "none",
            "--seed",
            "5",
            "--report",
            str(target),
        ]
        assert main([*arguments, "--quiet"]) == 0
        pages.append(target.read_bytes())
    assert pages[0] == pages[1]


def test_quiet_says_nothing(chicken, capsys):
    assert main(["agree", chicken, *FAST, "--quiet"]) == 0
    assert capsys.readouterr() == ("", "")


def test_another_solution(chicken, capsys):
    arguments = [
        "agree",
        chicken,
        "--misreports",
        "none",
        "--json",
        "-",
        "--solution",
        "egalitarian",
    ]
    assert main(arguments) == 0
    assert json.loads(capsys.readouterr().out)["solution"] == "egalitarian"


def test_a_tolerance_of_nothing_is_a_rule(chicken, capsys):
    arguments = ["agree", chicken, *FAST, "--json", "-", "--tolerance", "0"]
    assert main(arguments) == 0
    reasons = json.loads(capsys.readouterr().out)["decisions"][0]["reasons"]
    assert len(reasons) == 2


@pytest.mark.parametrize(
    ("options", "words"),
    [
        (["--solution", "fair"], "no such solution"),
        (["--tolerance", "-1"], "out of range"),
        (["--report", "."], "cannot write here"),
        (["--report", "no/such/folder/x.html"], "cannot write here"),
        (["--json", "no/such/folder/x.json"], "cannot write here"),
        (["--misreports", "all"], "misreports"),
    ],
)
def test_bad_options_fail_in_one_line_and_write_nothing(chicken, options, words, tmp_path, capsys):
    assert main(["agree", chicken, *options]) == 2
    shown = capsys.readouterr()
    assert words in shown.err
    assert shown.err.count("\n") == 1
    assert shown.out == ""


def test_ctrl_c_leaves_nothing(chicken, tmp_path, monkeypatch, capsys):
    def stop(*arguments, **options):
        raise KeyboardInterrupt

    monkeypatch.setattr("comity.agreement.report.render_page", stop)
    target = tmp_path / "out.html"
    arguments = ["agree", chicken, *FAST, "--report", str(target)]
    assert main([*arguments, "--json", str(tmp_path / "out.json")]) == 130
    assert list(tmp_path.iterdir()) == []
    assert capsys.readouterr().err.count("\n") == 1


def test_the_case_is_not_overwritten(chicken, tmp_path, capsys):
    case = tmp_path / "case.toml"
    before = Path(chicken).read_bytes()
    case.write_bytes(before)
    for option in ("--report", "--json"):
        assert main(["agree", str(case), *FAST, option, str(case)]) == 2
        assert f"{option}: this would be overwritten" in capsys.readouterr().err
    assert case.read_bytes() == before


def test_a_study_fills_the_certificate(chicken, capsys):
    arguments = ["agree", chicken, *FAST, "--quiet", "--study", "10", "--json", "-"]
    assert main(arguments) == 0
    data = json.loads(capsys.readouterr().out)
    found = data["certificate"]["true_shortfall"]
    assert found == data["study"]["true_shortfall"]["all honest"]
    assert all(set(figures) == {"chance", "size"} for figures in found.values())
    assert main(["agree", chicken, *FAST, "--quiet", "--json", "-"]) == 0
    assert json.loads(capsys.readouterr().out)["certificate"]["true_shortfall"] is None


def test_what_risks_least_and_what_to_ask_where_several_views_fit(tmp_path, capsys):
    path = tmp_path / "ultimatum.json"
    path.write_text(dumps(ultimatum(0.3), "json"), encoding="utf-8")
    assert main(["agree", str(path), *FAST]) == 0
    printed = " ".join(capsys.readouterr().out.split())
    assert "If a view is another one that fits" in printed
    assert "Ask whether Responder’s view is “central” or “committed”" in printed
    assert main(["agree", str(path), *FAST, "--json", "-"]) == 0
    data = json.loads(capsys.readouterr().out)
    assert data["regret"]["regret"]["value"] == pytest.approx(3 / 13)
    assert data["inquiry"]["questions"][0]["party"] == "Responder"
    assert data["certificate"]["robustness"]["Proposer"]["largest_regret"]["value"] == 0.7
