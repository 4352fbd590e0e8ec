"""`comity serve` as a person starts and ends it."""

import os
import re
import signal
import socket
import subprocess
import sys
from pathlib import Path

import httpx
import pytest

from comity.cli import main
from room_play import agreeing
from rooms_http import Meeting, bearer, opening

# Jobs in the background are begun with Ctrl-C ignored, and the tests may be one.
HEARS = "import signal; signal.signal(signal.SIGINT, signal.default_int_handler); "
COMITY = f"{HEARS}from comity.cli import main; raise SystemExit(main())"


@pytest.fixture
def started(tmp_path):
    """A function that runs `comity serve` in an empty folder."""
    running = []

    def start(*options: str) -> tuple[subprocess.Popen, str]:
        process = subprocess.Popen(
            [sys.executable, "-c", COMITY, "serve", "--port", "0", *options],
            cwd=tmp_path,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            env={**os.environ, "PYTHONUNBUFFERED": "1"},
        )
        running.append(process)
        line = process.stdout.readline()
        assert line, process.stderr.read()
        return process, re.search(r"http://\S+", line)[0]

    yield start
    for process in running:
        process.kill()
        process.communicate()


def test_it_serves_and_ends_cleanly(started, tmp_path):
    process, address = started()
    assert httpx.get(f"{address}/healthz", timeout=60).json() == {"status": "ok"}
    assert (tmp_path / "rooms.db").exists()
    assert "server" not in httpx.get(f"{address}/healthz", timeout=60).headers
    process.send_signal(signal.SIGINT)
    output, errors = process.communicate(timeout=60)
    assert process.returncode == 130
    assert "whatever was acknowledged is kept" in output
    assert "Traceback" not in output + errors
    assert '"event": "request"' in errors


def test_it_ends_although_somebody_listens(started):
    """A stream of events is held open when Ctrl-C is pressed."""
    process, address = started()
    with httpx.Client(base_url=address, timeout=60) as client:
        meeting = Meeting(client, agreeing())
        headers = bearer(meeting.tokens[None])
        with client.stream("GET", f"{meeting.path}/events", headers=headers) as answer:
            lines = answer.iter_lines()
            assert next(lines) == "event: entry"
            process.send_signal(signal.SIGINT)
            output, errors = process.communicate(timeout=60)
    assert process.returncode == 130
    assert "Traceback" not in output + errors


def test_limits_are_those_of_the_options(started, tmp_path):
    (tmp_path / "token").write_text("0123456789abcdef\n")
    _, address = started("--rooms-each", "1", "--disk", "0.001", "--metrics-token", "token")
    with httpx.Client(base_url=address, timeout=60) as client:
        Meeting(client, agreeing())
        message = opening(agreeing()).to_dict()
        refused = client.post("/api/rooms", json={"message": message})
        assert (refused.status_code, refused.json()["error"]["expected"]) == (429, "at most 1")
        counts = [
            client.get("/metrics", headers=headers).status_code
            for headers in ({}, bearer("0123456789abcdef"))
        ]
    assert counts == [401, 200]


@pytest.mark.parametrize(
    ("options", "words"),
    [
        (["--port", "65536"], "--port"),
        (["--database", "mysql://a/b"], "not a database that is known here"),
        (["--database", "rooms.db"], "not the URL of a database"),
        (["--base-url", "rooms.example"], "not the address of a server"),
        (["--workers", "0"], "--workers"),
        (["--erase-after", "-1"], "--erase-after"),
        (["--rooms-each", "0"], "--rooms-each"),
        (["--disk", "0"], "--disk: out of range"),
        (["--disk", "nan"], "--disk: out of range"),
        (["--metrics-token", "nothing.txt"], "nothing.txt"),
        (["--metrics-token", "short.txt"], "not a token"),
        (["--key-file", "."], "cannot use the file"),
        (["--database", "sqlite:///no/such/folder/rooms.db"], "the database does not answer"),
    ],
    ids=lambda value: value[0] if isinstance(value, list) else "",
)
def test_bad_options_are_refused(options, words, tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    Path("short.txt").write_text("abc\n")
    assert main(["serve", "--port", "0", *options]) == 2
    printed = " ".join(capsys.readouterr().err.split())
    assert words in printed
    assert "Traceback" not in printed


def test_a_port_that_is_taken(tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    with socket.create_server(("127.0.0.1", 0)) as taken:
        assert main(["serve", "--port", str(taken.getsockname()[1])]) == 2
    assert "cannot listen here" in capsys.readouterr().err
    assert list(Path().iterdir()) == []


@pytest.mark.parametrize(
    ("option", "value"), [("--base-url", "ftp://somewhere"), ("--database", "mysql://x/y")]
)
def test_what_is_refused_is_named_as_it_was_given(option, value, tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    assert main(["serve", "--port", "0", option, value]) == 2
    assert f"{option}:" in capsys.readouterr().err
