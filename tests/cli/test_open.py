import json

import pytest

from comity.cli import main
from comity.rooms.client import joining
from fake_rooms import ADDRESS, FakeServer


@pytest.fixture
def server(monkeypatch):
    """A server in memory behind whatever address the command names."""
    fake = FakeServer()
    driver = joining.Driver
    monkeypatch.setattr(
        joining,
        "Driver",
        lambda address, token="", transport=None: driver(address, token, fake.transport()),
    )
    return fake


def test_everyone_gets_a_link(server, examples, capsys):
    assert main(["open", str(examples / "river.toml"), "--server", ADDRESS]) == 0
    told = capsys.readouterr().out
    (room,) = server.desks
    assert f"Room {room} is open" in told
    for token, (_, name) in server.tokens.items():
        assert f"{ADDRESS}/s/{token}" in told
        assert name is None or f"  {name}: " in told


def test_json_and_deadlines(server, examples, capsys):
    arguments = ["open", str(examples / "river.toml"), "--server", ADDRESS, "--json"]
    assert main([*arguments, "--deadline", "joining=60", "--deadline", "answering=30"]) == 0
    data = json.loads(capsys.readouterr().out)
    assert set(data) == {"room", "operator", "links", "watch"}
    deadlines = server.desks[data["room"]].room.terms.data["deadlines"]
    assert (deadlines["joining"], deadlines["answering"]) == (60, 30)


BAD = {
    "not a deadline": ["--deadline", "joining"],
    "--deadline: no such phase (found breakfast": ["--deadline", "breakfast=60"],
    "deadline is out of range": ["--deadline", "joining=0"],
}


@pytest.mark.parametrize("words", BAD)
def test_bad_deadlines(words, server, examples, capsys):
    arguments = ["open", str(examples / "river.toml"), "--server", ADDRESS, *BAD[words]]
    assert main(arguments) == 2
    assert words in capsys.readouterr().err.replace("\n", " ")
    assert server.desks == {}


def test_a_server_that_is_away(examples, capsys, monkeypatch):
    monkeypatch.setattr(joining, "FIRST_PATIENCE", 0.1)
    address = "http://127.0.0.1:9"
    assert main(["open", str(examples / "river.toml"), "--server", address]) == 2
    assert "the server does not answer" in capsys.readouterr().err


def test_no_server(examples, capsys):
    assert main(["open", str(examples / "river.toml"), "--server", "rooms"]) == 2
    assert "not the address of a server" in capsys.readouterr().err
