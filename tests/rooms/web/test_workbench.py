"""The workbench computes what `agree` does, and refuses what it cannot."""

import asyncio

import pytest

from comity.agreement import agree
from comity.agreement.transcripts.wire import report_to_dict
from comity.cases import load
from comity.rooms.protocol.terms import Terms
from comity.rooms.service.failures import Denied
from comity.rooms.web import workbench


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


class Slow:
    """A worker that never ends, and says when it was stopped."""

    def __init__(self):
        self.stopped = 0

    async def solve(self, job):
        try:
            await asyncio.sleep(60)
        except asyncio.CancelledError:
            self.stopped += 1
            raise


def test_what_takes_too_long_is_stopped(monkeypatch):
    monkeypatch.setattr(workbench, "SECONDS", 0.05)
    slow = Slow()
    assert asyncio.run(workbench.Bench().solve(slow, {})) is None
    assert slow.stopped == 1


def test_one_job_at_a_time_and_few_wait(monkeypatch):
    monkeypatch.setattr(workbench, "SECONDS", 0.05)
    running = []

    class Counting(Slow):
        async def solve(self, job):
            running.append(len(running) + 1 - self.stopped)
            await super().solve(job)

    async def crowd():
        bench, slow = workbench.Bench(), Counting()
        jobs = [bench.solve(slow, {}) for _ in range(workbench.MOST_WAITING + 3)]
        return await asyncio.gather(*jobs, return_exceptions=True)

    answers = asyncio.run(crowd())
    assert answers.count(None) == workbench.MOST_WAITING
    assert [type(answer) for answer in answers if answer is not None] == [Denied] * 3
    assert set(running) == {1}


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
