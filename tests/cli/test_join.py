import json
import stat
import threading
from io import StringIO

import pytest

from comity.cases import load
from comity.cli import main
from comity.language import words_of
from comity.rooms.client import joining
from comity.rooms.client.joining import join, open_room
from comity.rooms.protocol.verification import verify_log
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


@pytest.fixture
def river(examples):
    return load(examples / "river.toml")


@pytest.fixture
def table(server, river):
    """The link of the first party, while another sits at the table in a thread."""
    opened = open_room(ADDRESS, river)
    name, other = river.names
    partner = threading.Thread(target=join, args=(opened.links[other], river), daemon=True)
    partner.start()
    yield opened.links[name]
    partner.join(timeout=20)


@pytest.fixture
def case(examples):
    return str(examples / "river.toml")


def test_a_program_takes_part(table, case, river, capsys, tmp_path):
    log, state = tmp_path / "log.json", tmp_path / "seat"
    arguments = ["--as", river.names[0], "--json", str(log), "--state", str(state)]
    assert main(["join", table, "--case", case, *arguments]) == 0
    told = capsys.readouterr()
    assert "There is an agreement." in told.out
    assert "The record holds together." in told.out
    assert f"{river.names[1]} took a seat." in told.err
    assert verify_log(json.loads(log.read_text("utf-8")), river).ok
    assert stat.S_IMODE(state.stat().st_mode) == 0o600


def test_the_page_is_written(table, case, tmp_path):
    page = tmp_path / "page.html"
    assert main(["join", table, "--case", case, "--report", str(page), "-q"]) == 0
    assert "need not be what they hold" in page.read_text("utf-8")


def test_a_kind_with_options(table, case, capsys):
    kind = ["--kind", "committed", "--option", "demand=1e6"]
    assert main(["join", table, "--case", case, *kind]) == 0
    assert "somebody refused" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("said", "ends"),
    [("perhaps\nyes\n", "There is an agreement"), ("refuse\n", "somebody refused")],
)
def test_a_person_is_asked(said, ends, table, case, capsys, monkeypatch):
    monkeypatch.setattr("sys.stdin", StringIO(said))
    assert main(["join", table, "--case", case, "--ask"]) == 0
    told = capsys.readouterr().out
    assert "Proposal number 1" in told
    assert told.count("Accept / Refuse?") == said.count("\n")
    assert ends in told


def test_a_person_is_asked_in_its_language(table, case, capsys, monkeypatch):
    monkeypatch.setattr("sys.stdin", StringIO("annehmen\n"))
    assert main(["join", table, "--case", case, "--ask", "--language", "de"]) == 0
    told = capsys.readouterr().out
    assert words_of("de").say("ending.agreed") in told
    assert "Annehmen" in told


def test_the_log_goes_to_standard_output_alone(table, case, river, capsys):
    assert main(["join", table, "--case", case, "--json", "-"]) == 0
    told = capsys.readouterr()
    assert verify_log(json.loads(told.out), river).ok
    assert told.err == ""


def test_the_link_can_be_read(table, case, capsys, monkeypatch):
    monkeypatch.setattr("sys.stdin", StringIO(f"{table}\n"))
    assert main(["join", "-", "--case", case]) == 0
    assert "There is an agreement" in capsys.readouterr().out


def test_a_caught_operator(server, river, case, capsys, tmp_path):
    opened = open_room(ADDRESS, river)

    def twist(request, status, data):
        if request.url.path.endswith("/log"):
            data = json.loads(json.dumps(data))
            for entry in data["entries"]:
                entry["time"] += 1
        return status, data

    server.twist = twist
    evidence = tmp_path / "evidence.json"
    link = opened.links[river.names[0]]
    assert main(["join", link, "--case", case, "--json", str(evidence)]) == 1
    assert "cannot be trusted" in capsys.readouterr().err
    assert json.loads(evidence.read_text("utf-8"))["shown"]["index"] == 0


BAD = {
    "the link is another's": ["--as", "Sudan"],
    "--kind: no such kind of party": ["--kind", "polite"],
    "not an option": ["--kind", "cautious", "--option", "sds"],
    "an option of no kind": ["--option", "sds=2"],
    "no option of cautious": ["--kind", "cautious", "--option", "demand=2"],
    "--language: no such language": ["--language", "xx"],
    "--operator: not the key of an operator": ["--operator", "00"],
    "cannot write here": ["--report", "nowhere/page.html"],
}


@pytest.mark.parametrize("words", BAD)
def test_bad_usage_sends_nothing(words, server, river, case, capsys):
    link = open_room(ADDRESS, river).links[river.names[0]]
    status = main(["join", link, "--case", case, *BAD[words]])
    told = capsys.readouterr().err.replace("\n", " ")
    assert status == 2, told
    assert words in told or words.replace("no option", "unknown option") in told
    assert not [body for *_, body in server.heard if '"join"' in body]


def test_what_is_no_link(case, capsys):
    assert main(["join", "https://rooms.test/", "--case", case]) == 2
    assert "not the link of a seat" in capsys.readouterr().err
