"""A real server on loopback: good answers, errors, slow ones and long ones."""

import json
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from comity.agreement.parties import Honest
from comity.core.errors import InputError
from comity.evaluation.agents.guard import AgentFault
from comity.evaluation.agents.loading import opened
from comity.evaluation.agents.remote import LARGEST_ANSWER
from comity.evaluation.agents.web import WebChannel
from evaluating import quickly


class Handler(BaseHTTPRequestHandler):
    """Answers by the last part of the path."""

    def do_POST(self):
        body = self.rfile.read(int(self.headers["Content-Length"]))
        message = json.loads(body)
        kind, move = self.path.strip("/").split("/")
        answer = self.server.answers[kind]
        status, reply = answer(move, message)
        self.send_response(status)
        self.send_header("Content-Length", str(len(reply)))
        self.end_headers()
        self.wfile.write(reply)

    def log_message(self, *_):
        pass


def honest(move, message):
    answers = {"report": {"report": {}}, "act": {"act": "comply"}}
    if move == "respond":
        answers["respond"] = {"accept": message["proposal"]["rules"]["accept"]}
    return 200, json.dumps(answers[move]).encode()


@pytest.fixture
def server():
    release = threading.Event()

    def hang(move, message):
        release.wait(60)
        return 200, b"{}"

    running = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    running.answers = {
        "honest": honest,
        "hang": hang,
        "error": lambda move, message: (500, b"no"),
        "words": lambda move, message: (200, b"hello"),
        "long": lambda move, message: (200, b"1" * (LARGEST_ANSWER + 1)),
    }
    thread = threading.Thread(target=running.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{running.server_address[1]}"
    release.set()
    running.shutdown()
    running.server_close()
    thread.join()


def test_an_honest_agent_scores_as_at_home(server):
    with opened(f"{server}/honest") as agent:
        away = quickly(agent, ["dilemmas"], 2)
    home = quickly(Honest(), ["dilemmas"], 2)
    assert away.faults == ()
    assert away.score("joint gain").figure == home.score("joint gain").figure


@pytest.mark.parametrize(
    ("kind", "fault", "words"),
    [
        ("error", "crash", "HTTP status 500"),
        ("hang", "time-out", "no answer within"),
        ("words", "nonsense", "not JSON"),
        ("long", "nonsense", "more than"),
    ],
)
def test_faults(server, kind, fault, words):
    channel = WebChannel(f"{server}/{kind}/", 0.5 if kind == "hang" else 20.0)
    with pytest.raises(AgentFault, match=words) as found:
        channel.ask("report", {})
    assert found.value.kind == fault
    channel.close()


def test_nobody_there():
    with pytest.raises(AgentFault, match="no connection") as found:
        WebChannel("http://127.0.0.1:9").ask("report", {})
    assert found.value.kind == "crash"


@pytest.mark.parametrize("url", ["ftp://x", "http://", "file:///etc/passwd"])
def test_addresses_that_are_none(url):
    with pytest.raises(InputError, match="not an address"):
        WebChannel(url)
