"""The workbench computes what `agree` does, and refuses what it cannot."""

import asyncio

import pytest

from comity.agreement import agree
from comity.agreement.transcripts.wire import report_to_dict
from comity.cases import load
from comity.core.web.failures import Denied
from comity.rooms.protocol.terms import Terms
from comity.rooms.service.app import create_app
from comity.rooms.service.settings import Settings
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
    """Workers that end when they are told to."""

    def __init__(self):
        self.end, self.groups = asyncio.Event(), []

    async def solve(self, ask, group):
        self.groups.append(group)
        await self.end.wait()
        return await ask()


def test_few_wait_and_nobody_takes_all_places():
    most, each = workbench.MOST_WAITING, workbench.MOST_EACH
    addresses = [f"192.0.2.{k // (each + 1)}" for k in range(most * 2)]

    async def crowd():
        slow = Slow()
        bench = workbench.Bench(slow)
        jobs = [asyncio.create_task(bench.solve({"of": a}, a)) for a in addresses]
        await asyncio.sleep(0)
        slow.end.set()
        answers = await asyncio.gather(*jobs, return_exceptions=True)
        again = await bench.solve({"of": "again"}, addresses[0])
        return slow.groups, answers, again, bench.asking

    groups, answers, again, asking = asyncio.run(crowd())
    taken = [answer["of"] for answer in answers if isinstance(answer, dict)]
    refused = [answer for answer in answers if isinstance(answer, Denied)]
    assert len(taken) == most
    assert {taken.count(address) for address in taken} == {each}
    assert len(refused) == len(addresses) - most
    assert {denied.code for denied in refused} == {"rate"}
    assert groups == [*taken, addresses[0]]
    assert again == {"of": "again"}
    assert not asking


def test_it_has_a_process_of_its_own(tmp_path):
    """However slow its jobs are, those of rooms find their workers free."""
    app = create_app(Settings(database=f"sqlite:///{tmp_path}/rooms.db"))
    app.state.engine.dispose()
    (own,) = app.state.bench.workers.all
    assert own not in app.state.solving.workers.all
    assert own.seconds == workbench.SECONDS
    assert app.state.bench.workers.tries == 1


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
