import json

from comity.cli import main


def test_the_difference_that_matters_comes_first(examples, capsys):
    assert main(["compare", str(examples / "river.toml")]) == 0
    out = capsys.readouterr().out
    assert "Left alone they would clash." in out
    assert "* How likely “long drought”" in out


def test_plain_json(examples, capsys):
    assert main(["compare", str(examples / "river.toml"), "--json"]) == 0
    data = json.loads(capsys.readouterr().out)
    assert data["differences"][0]["decisive"]


def test_as_many_as_asked_for(examples, capsys):
    assert main(["compare", str(examples / "household.toml"), "--most", "1"]) == 0
    assert "more difference" in capsys.readouterr().out
