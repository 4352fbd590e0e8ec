import importlib
import json

import pytest

from comity.cli import main
from comity.cli.understand import pairs, typed
from inference.making import understanding


@pytest.fixture
def data(tmp_path):
    rows = [f"P{k},{offer},{int(offer >= 3)}" for k in range(4) for offer in (1, 3, 5)]
    file = tmp_path / "offers.csv"
    file.write_text("\n".join(["who,gift,yes", *rows]), "utf-8")
    return str(file)


READ = ("--kind", "ultimatum", "--column", "person=who", "--column", "offer=gift",
        "--column", "accepted=yes", "--option", "total=10",
        "--option", "role=responder")  # fmt: skip


@pytest.fixture
def asked(monkeypatch):
    """What the command asks of the room; the answer is made up, so that nothing takes long."""
    calls = []

    def understand(evidence, explanations=None, **given):
        calls.append({"evidence": evidence, "explanations": explanations, **given})
        given["progress"]("fitting", 0.5)
        return understanding()

    module = importlib.import_module("comity.inference.understanding.understand")
    monkeypatch.setattr(module, "understand", understand)
    return calls


def test_the_terminal_view(data, asked, capsys):
    assert main(["understand", data, *READ]) == 0
    told = capsys.readouterr()
    assert "3 of 6 explanations stand" in told.out
    assert "What to ask next" in told.out
    assert told.err == ""
    (call,) = asked
    assert len(call["evidence"]) == 12
    assert (call["explanations"], call["case"], call["level"], call["rng"]) == (None, None, None, 0)
    assert call["behaviour"].kind == "ultimatum"


def test_several_tables_are_one(data, asked, tmp_path):
    more = tmp_path / "more.csv"
    more.write_text("who,gift,yes\nP9,4,1\n", "utf-8")
    assert main(["understand", data, str(more), *READ, "--quiet"]) == 0
    assert len(asked[0]["evidence"]) == 13


def test_options_are_passed_on(data, asked):
    named = "own-payoff x logit, fehr-schmidt x logit"
    given = ("--explanations", named, "--level", "0.8", "--seed", "7", "--quiet")
    assert main(["understand", data, *READ, *given]) == 0
    assert asked[0]["explanations"] == ["own-payoff x logit", "fehr-schmidt x logit"]
    assert (asked[0]["level"], asked[0]["rng"]) == (0.8, 7)


def test_a_case_says_how_the_data_are_read(examples, asked):
    case = examples / "last_offer.toml"
    assert main(["understand", str(examples / "last_offer.csv"), "--case", str(case), "-q"]) == 0
    (call,) = asked
    assert call["case"].title == "The last offer"
    assert call["behaviour"].about == "Responder"


def test_a_report_and_json_in_one_run(data, asked, tmp_path, capsys):
    page, out = tmp_path / "out.html", tmp_path / "out.json"
    assert main(["understand", data, *READ, "--report", str(page), "--json", str(out)]) == 0
    told = capsys.readouterr().out
    assert "3 of 6 explanations stand" in told
    assert "What to ask next" not in told
    assert told.count("Written:") == 2
    assert page.read_text("utf-8").startswith("<!doctype html>")
    assert json.loads(out.read_text("utf-8"))["title"] == "Why low offers are rejected"


def test_plain_json_only(data, asked, capsys):
    assert main(["understand", data, *READ, "--json", "-"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert {"standings", "rivalries", "setting", "questions", "evidence"} <= set(found)


def test_quiet_says_nothing(data, asked, capsys):
    assert main(["understand", data, *READ, "--quiet"]) == 0
    assert capsys.readouterr() == ("", "")


@pytest.mark.parametrize(
    ("options", "words"),
    [
        (["--column", "person"], "--column: not a pair"),
        (["--column", "person=who", "--column", "person=who"], "--column: given twice"),
        (["--option", "=3"], "--option: not a pair"),
        (["--option", "total="], "--option: not a pair"),
        (["--explanations", " , "], "--explanations: no explanation is named"),
        (["--report", "."], "cannot write here"),
        (["--json", "no/such/folder/x.json"], "cannot write here"),
        (["--level", "high"], "level"),
        (["--seed", "-1"], "seed"),
        (["--case", "no-such.toml"], "no-such.toml"),
    ],
)
def test_bad_options_fail_in_one_line_and_write_nothing(data, asked, options, words, capsys):
    assert main(["understand", data, *options]) == 2
    told = capsys.readouterr()
    assert words in told.err
    assert told.err.count("\n") == 1
    assert told.out == ""
    assert asked == []


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ((), "what kind of data this is (found no Case;"),
        (("--kind", "auction"), "kind: unknown kind of data"),
        ((*READ, "--column", "height=tall"), "height"),
        ((*READ, "--option", "tall=1"), "tall"),
        (READ[:4], "offer"),
    ],
)
def test_data_that_cannot_be_read_fail_in_one_line(data, options, words, capsys):
    assert main(["understand", data, *options]) == 2
    told = capsys.readouterr()
    assert words in told.err
    assert told.err.count("\n") == 1


@pytest.mark.parametrize(
    ("right", "wrong", "words"),
    [
        ('"commitment x', '"comitment x', "explanations.1.motive: unknown motive; did you mean"),
        ('kind = "ultimatum"', 'kind = "ultimata"', "kind: unknown kind of data; did you mean"),
    ],
)
def test_what_a_case_says_wrongly_is_told_with_its_line(
    repository, tmp_path, right, wrong, words, capsys
):
    data = str(repository / "examples" / "last_offer.csv")
    text = (repository / "examples" / "last_offer.toml").read_text("utf-8")
    assert text.count(right) == 1
    (tmp_path / "wrong.toml").write_text(text.replace(right, wrong), "utf-8")
    line = text[: text.index(right)].count("\n") + 1
    assert main(["understand", data, "--case", str(tmp_path / "wrong.toml")]) == 2
    told = capsys.readouterr().err
    assert f"wrong.toml: line {line}: behaviour.{words}" in told
    assert told.count("\n") == 1


def test_no_data(tmp_path, capsys):
    assert main(["understand"]) == 2
    assert main(["understand", str(tmp_path / "none.csv"), *READ]) == 2
    assert capsys.readouterr().err.count("\n") == 2


def test_the_data_are_not_overwritten(data, asked, capsys):
    for option in ("--report", "--json"):
        assert main(["understand", data, *READ, option, data]) == 2
        assert f"{option}: this would be overwritten" in capsys.readouterr().err


def test_ctrl_c_leaves_nothing(data, asked, tmp_path, monkeypatch, capsys):
    def stop(*arguments, **options):
        raise KeyboardInterrupt

    monkeypatch.setattr("comity.inference.report.render_page", stop)
    before = sorted(tmp_path.iterdir())
    given = ("--report", str(tmp_path / "out.html"), "--json", str(tmp_path / "out.json"))
    assert main(["understand", data, *READ, *given]) == 130
    assert sorted(tmp_path.iterdir()) == before
    assert capsys.readouterr().err.count("\n") == 1


def test_pairs_keep_what_stands_behind_the_first_sign():
    assert pairs(["a = b=c", "d=e f"], "--column") == {"a": "b=c", "d": "e f"}


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("10", 10),
        ("0.5", 0.5),
        ("true", True),
        ("responder", "responder"),
        ("2020-01-01", "2020-01-01"),
        ("a, 2", ["a", 2]),
        ('["x", "y z"]', ["x", "y z"]),
        ('"10"', "10"),
        (",", ","),
        ("1\nother = 2", "1\nother = 2"),
    ],
)
def test_values_are_what_they_spell(text, value):
    assert typed({"name": text}) == {"name": value}


@pytest.mark.slow
def test_the_whole_road(examples, tmp_path, capsys):
    page = tmp_path / "out.html"
    given = ("--case", str(examples / "last_offer.toml"), "--report", str(page))
    assert main(["understand", str(examples / "last_offer.csv"), *given]) == 0
    assert "The last offer" in capsys.readouterr().out
    assert 'aria-labelledby="elsewhere"' in page.read_text("utf-8")
