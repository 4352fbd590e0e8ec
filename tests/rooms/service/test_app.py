"""The application as a whole: put together, started, ended, and without its lifespan."""

import asyncio
import stat
from threading import Timer

import httpx
import pytest

from comity.core.database import Unavailable, make_engine
from comity.core.errors import InputError
from comity.rooms.service.app import _rest, create_app
from comity.rooms.service.settings import Settings
from room_play import agreeing
from rooms_http import Meeting, bearer, opening


def test_requests_are_answered_in_process(tmp_path):
    """Over ASGI, with no network and no lifespan."""
    app = create_app(Settings(database=f"sqlite:///{tmp_path}/rooms.db"))

    async def work() -> tuple[httpx.Response, httpx.Response]:
        transport = httpx.ASGITransport(app=app)
        async with httpx.AsyncClient(transport=transport, base_url="http://rooms.test") as client:
            message = opening(agreeing()).to_dict()
            opened = await client.post("/api/rooms", json={"message": message})
            data = opened.json()
            path = f"/api/rooms/{data['room']}"
            return opened, await client.get(path, headers=bearer(data["watch"]))

    opened, state = asyncio.run(work())
    assert opened.status_code == 201
    assert state.json()["phase"] == "joining"
    app.state.engine.dispose()


def test_a_restart_keeps_everything(serve):
    first = serve()
    with httpx.Client(base_url=first.url, timeout=60) as client:
        meeting = Meeting(client, agreeing())
        meeting.until("revealing")
        meeting.move("A")
        before = meeting.log()
    first.stop()
    second = serve()
    with httpx.Client(base_url=second.url, timeout=60) as meeting.client:
        assert meeting.log() == before
        assert meeting.state()["sent"] == ["A"]
        meeting.until()
        assert meeting.outcome()["status"] == "agreed"


def test_two_servers_on_one_database(serve, database):
    servers = [serve(database=database) for _ in range(2)]
    clients = [httpx.Client(base_url=server.url, timeout=30) for server in servers]
    meeting = Meeting(clients[0], agreeing())
    for k in range(100):
        meeting.client = clients[k % 2]
        state = meeting.state()
        if state["phase"] == "ended":
            break
        if state["missing"]:
            meeting.move(state["missing"][-1])
        else:
            meeting.until("answering")
    assert meeting.outcome()["status"] == "agreed"
    logs = []
    for meeting.client in clients:
        logs.append(meeting.log())
        meeting.client.close()
    assert logs[0] == logs[1]


def test_the_key_can_be_in_a_file(serve, tmp_path):
    path = tmp_path / "operator.key"
    first = serve(key_file=str(path))
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    public = first.app.state.rooms.book.key.public
    first.stop()
    assert serve(key_file=str(path)).app.state.rooms.book.key.public == public


def test_what_cannot_start(tmp_path):
    with pytest.raises(InputError):
        create_app(Settings(database="sqlite://"))
    with pytest.raises(Unavailable):
        create_app(Settings(database=f"sqlite:///{tmp_path}/no/such/folder/rooms.db"))


def test_a_database_that_goes_away_is_503_and_comes_back(serve, cluster):
    server = serve(database=cluster.fresh())
    with httpx.Client(base_url=server.url, timeout=60) as client:
        meeting = Meeting(client, agreeing())
        meeting.until("revealing")
        meeting.move("A")
        cluster.stop()
        try:
            reveal = client.get(meeting.path, headers=bearer(meeting.tokens["A"]))
            health = client.get("/healthz")
            metrics = client.get("/metrics")
        finally:
            cluster.start()
        assert (reveal.status_code, reveal.json()["error"]["code"]) == (503, "store")
        assert health.status_code == 503
        assert "retry-after" in health.headers
        assert metrics.status_code == 200
        assert meeting.state()["sent"] == ["A"]
        meeting.until()
        assert meeting.outcome()["status"] == "agreed"


def test_a_full_disk_is_503_acknowledges_nothing_and_passes(serve):
    """SQLite is told that it may hold no more pages, as a full disk would."""
    server = serve()
    with httpx.Client(base_url=server.url, timeout=60) as client:
        meeting = Meeting(client, agreeing())
        meeting.until("revealing")
        meeting.move("A")
        set_pages(server, room_for=8)
        said = [
            meeting.seats["A"].say(meeting.room(), "note", text=f"{k} " + "x" * 1900)
            for k in range(60)
        ]
        answers = [meeting.send(message) for message in said]
        codes = {answer.status_code for answer in answers}
        assert codes == {200, 503}
        log = [entry["message"] for entry in meeting.log()["entries"]]
        for message, answer in zip(said, answers, strict=True):
            assert (message.to_dict() in log) == (answer.status_code == 200)
        set_pages(server, room_for=10_000)
        lost = [m for m, a in zip(said, answers, strict=True) if a.status_code == 503]
        assert meeting.send(lost[0]).status_code == 200
        meeting.until()
        assert meeting.outcome()["status"] == "agreed"


def set_pages(server, room_for: int) -> None:
    """Tell every connection of the pool how many more pages the database may have."""
    pool = [server.app.state.engine.connect() for _ in range(16)]
    for connection in pool:
        raw = connection.connection.driver_connection
        pages = raw.execute("PRAGMA page_count").fetchone()[0]
        raw.execute(f"PRAGMA max_page_count={pages + room_for}").close()
    for connection in pool:
        connection.close()


def test_the_end_waits_for_threads_that_use_the_database(tmp_path):
    """Cancelling does not stop a thread; its connection must be back before all are closed."""
    engine = make_engine(f"sqlite:///{tmp_path}/rooms.db")
    connection = engine.connect()
    Timer(0.2, connection.close).start()
    asyncio.run(_rest(engine))
    assert engine.pool.checkedout() == 0
    engine.dispose()
