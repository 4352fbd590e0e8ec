"""The workbench computes what `agree` does, and refuses what it cannot."""

import pytest

from comity.agreement import agree
from comity.agreement.transcripts.wire import report_to_dict
from comity.cases import load
from comity.rooms.protocol.terms import Terms


@pytest.mark.parametrize("name", ["river", "chicken", "workshop"])
def test_it_agrees_with_agree(client, examples, name):
    text = (examples / f"{name}.toml").read_text("utf-8")
    case = load(examples / f"{name}.toml")
    read = client.post("/workbench/case", json={"text": text, "format": "toml"}).json()
    assert read["terms"] == Terms.of(case).data
    assert read["reports"] == {p.name: report_to_dict(p.model) for p in case.parties}
    answer = client.post("/workbench/agree", json=read).json()
    expected = agree(case, rng=1, misreports="none")
    assert answer["proposal"]["play"] == expected.play.to_dict()
    assert answer["lines"]


def test_words_are_the_readers(client, examples):
    text = (examples / "chicken.toml").read_text("utf-8")
    read = client.post("/workbench/case", json={"text": text, "format": "toml"}).json()
    told = []
    for code in ("en", "de"):
        headers = {"Accept-Language": code}
        answer = client.post("/workbench/agree", json=read, headers=headers)
        told.append(answer.json()["lines"])
    assert len(told[0]) == len(told[1]) > 1
    assert told[0][0][0] != told[1][0][0]
    assert told[0][0][1] == told[1][0][1]


def test_what_takes_too_long_is_said(serve, examples):
    import httpx

    server = serve()

    class Never:
        async def solve(self, job):
            return None

        async def stop(self):
            """There is nothing to stop."""

    server.app.state.solving.workers = Never()
    text = (examples / "chicken.toml").read_text("utf-8")
    with httpx.Client(base_url=server.url) as client:
        read = client.post("/workbench/case", json={"text": text, "format": "toml"}).json()
        answer = client.post("/workbench/agree", json=read).json()
    assert answer == {"proposal": None, "lines": []}


@pytest.mark.parametrize("body", [{}, {"text": 1}, {"text": "x"}, {"text": "{", "format": "json"}])
def test_what_is_no_case_is_refused(client, body):
    assert client.post("/workbench/case", json=body).status_code == 422


@pytest.mark.parametrize(
    "change",
    [
        {"reports": {}},
        {"reports": {"Row": {}, "Column": {}}},
        {"reports": {"Row": {"blocks": 1}, "Column": {"blocks": {}}}},
        {"reports": None},
        {"terms": {}},
        {"terms": None},
    ],
)
def test_views_that_do_not_fit_are_refused(client, examples, change):
    text = (examples / "chicken.toml").read_text("utf-8")
    read = client.post("/workbench/case", json={"text": text, "format": "toml"}).json()
    assert client.post("/workbench/agree", json={**read, **change}).status_code == 422
