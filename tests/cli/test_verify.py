import json

import pytest

from comity.cli import main


@pytest.fixture
def agreed(examples, tmp_path):
    target = tmp_path / "agreed.json"
    case = str(examples / "river.toml")
    assert main(["agree", case, "--misreports", "none", "--quiet", "--json", str(target)]) == 0
    return target, case


def test_a_transcript_holds(agreed, capsys):
    target, case = agreed
    assert main(["verify", str(target), "--case", case]) == 0
    assert "holds" in capsys.readouterr().out


def test_a_bare_transcript_holds(agreed, tmp_path):
    steps = json.loads(agreed[0].read_text("utf-8"))["transcript"]
    bare = tmp_path / "transcript.json"
    bare.write_text(json.dumps(steps), encoding="utf-8")
    assert main(["verify", str(bare)]) == 0


def test_a_changed_step_is_found(agreed, capsys):
    data = json.loads(agreed[0].read_text("utf-8"))
    data["transcript"][1]["data"]["party"] = "Somebody else"
    agreed[0].write_text(json.dumps(data), encoding="utf-8")
    assert main(["verify", str(agreed[0]), "--json"]) == 1
    found = json.loads(capsys.readouterr().out)
    assert not found["ok"]
    assert found["faults"]


@pytest.mark.parametrize("text", ["", "{}", "[1]", "not json", '{"transcript": 3}', "\x00"])
def test_what_is_no_transcript(text, tmp_path, capsys):
    bad = tmp_path / "bad.json"
    bad.write_text(text, encoding="utf-8")
    assert main(["verify", str(bad)]) == 2
    assert "bad.json" in capsys.readouterr().err.replace("\n", "")


def test_no_such_file(capsys):
    assert main(["verify", "nowhere.json"]) == 2
    assert "cannot read" in capsys.readouterr().err


def test_an_agreement_that_says_otherwise_than_its_transcript(agreed, capsys):
    data = json.loads(agreed[0].read_text("utf-8"))
    data["status"] = "refused"
    data["payoffs"][0] += 1
    agreed[0].write_text(json.dumps(data), encoding="utf-8")
    assert main(["verify", str(agreed[0])]) == 1
    told = capsys.readouterr().out
    assert "status of the file differs" in told
    assert "payoffs of the file differs" in told
    assert "play of the file" not in told
    assert "Not covered: the certificate" in told
