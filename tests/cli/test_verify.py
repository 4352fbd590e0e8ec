import json

import pytest

from comity.cli import main
from comity.rooms.protocol.verification import CHECKED, log_to_dict
from room_play import OPERATOR, agreeing, play_out


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


@pytest.fixture
def log(tmp_path):
    found = play_out(agreeing())
    target = tmp_path / "log.json"
    target.write_text(json.dumps(log_to_dict(found.room)), encoding="utf-8")
    return target


def test_the_log_of_a_room_holds(log, capsys):
    assert main(["verify", str(log), "--operator", OPERATOR.public]) == 0
    told = capsys.readouterr().out
    assert "The log of the room holds." in told
    assert all(f"  - {checked}" in told for checked in CHECKED)
    assert "Not covered: whose the keys are" in told


def test_the_log_of_another_operator_or_case_does_not_hold(log, examples, capsys):
    assert main(["verify", str(log), "--operator", "0" * 64]) == 1
    assert "another operator sealed it" in capsys.readouterr().out
    assert main(["verify", str(log), "--case", str(examples / "river.toml")]) == 1
    assert "the frame of the Case is another" in capsys.readouterr().out


def test_an_altered_entry_of_a_room_is_named(log, capsys):
    data = json.loads(log.read_text("utf-8"))
    data["entries"][5]["message"]["body"]["nonce"] = "0" * 64
    log.write_text(json.dumps(data), encoding="utf-8")
    assert main(["verify", str(log), "--json"]) == 1
    faults = json.loads(capsys.readouterr().out)["faults"]
    assert {fault["step"] for fault in faults} == {5}


@pytest.mark.parametrize("key", ["00", "", "0" * 63, "g" * 64, OPERATOR.public + "0"])
def test_what_is_no_key_is_refused(log, key, capsys):
    assert main(["verify", str(log), "--operator", key]) == 2
    told = " ".join(capsys.readouterr().err.split())
    assert "--operator: not the key of an operator" in told
    assert "64 hexadecimal digits" in told


def test_a_key_in_capitals_is_the_same(log):
    assert main(["verify", str(log), "--operator", OPERATOR.public.upper()]) == 0


def test_each_fault_is_told_once(log, capsys):
    whole = json.loads(log.read_text("utf-8"))
    changes = {
        "its hash is not that of its contents": lambda e: e[3].update(time=e[3]["time"] + 1),
        "it does not hold the hash of the entry before": lambda e: e.pop(3),
        "it has not ended": lambda e: e.pop(),
    }
    for words, change in changes.items():
        data = json.loads(json.dumps(whole))
        change(data["entries"])
        log.write_text(json.dumps(data), encoding="utf-8")
        assert main(["verify", str(log)]) == 1
        told = capsys.readouterr().out
        assert told.count(words) == 1
        assert told.count("does not follow") == 0
        assert "Checked" not in told


def test_only_a_room_has_an_operator(agreed, capsys):
    assert main(["verify", str(agreed[0]), "--operator", "0" * 64]) == 2
    assert "operator" in capsys.readouterr().err


@pytest.mark.parametrize("text", ["9" * 5000, '{"protocol": 3}', '{"protocol": "comity-room-2"}'])
def test_junk_is_no_crash(text, tmp_path):
    bad = tmp_path / "bad.json"
    bad.write_text(text, encoding="utf-8")
    assert main(["verify", str(bad)]) in (1, 2)
