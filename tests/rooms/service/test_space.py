"""What rooms take up is limited, in all and for each who opens them."""

import httpx
import pytest

from comity.core.database import transaction
from comity.core.web.failures import Denied
from comity.rooms.service.settings import Limits
from comity.rooms.service.space import Space
from comity.rooms.store.logs import Change, Logs
from comity.rooms.store.tables import ENTRIES, WAITING
from room_play import agreeing
from rooms_http import Meeting, opening


def stored(engine, opener: str, *sizes: int) -> None:
    for k, size in enumerate(sizes):
        change = Change(0, ["{}"], {}, "joining", 9, size=size)
        room = f"{opener}{k}".ljust(32, "0")
        Logs(engine).create(room, change, {room: None}, opener)


def told(check, *arguments) -> str | None:
    try:
        check(*arguments)
    except Denied as denied:
        return denied.code
    return None


def test_openings_stop_before_the_rest_does(engine):
    space = Space(Logs(engine), Limits(disk=1000, disk_each=200))
    stored(engine, "a", 100, 49)
    space.measure()
    assert (space.taken, told(space.check_opening, "a")) == (149, None)
    stored(engine, "b", 150)
    space.measure()
    assert told(space.check_opening, "b") == "disk"
    assert told(space.check_growth, "b", 0) is None
    assert told(space.check_opening, "a") is None
    stored(engine, "c", 200)
    stored(engine, "d", 251)
    space.measure()
    # Three quarters of all: nobody opens any more, and only who has too much is stopped.
    assert {told(space.check_opening, who) for who in "aecd"} == {"disk"}
    assert [told(space.check_growth, who, 0) for who in "abcde"] == [
        None,
        None,
        "disk",
        "disk",
        None,
    ]
    stored(engine, "e", 250)
    space.measure()
    assert {told(space.check_growth, who, 0) for who in "abcde"} == {"disk"}


def test_rooms_of_nobody_count_in_all_alone(engine):
    space = Space(Logs(engine), Limits(disk=1000, disk_each=200, rooms_each=1))
    stored(engine, "", 300, 300)
    space.measure()
    assert told(space.check_opening, "") is None
    assert told(space.check_growth, "", 0) is None


def test_so_many_rooms_of_one_address(engine):
    space = Space(Logs(engine), Limits(rooms=5, rooms_each=2))
    stored(engine, "a", 1)
    assert told(space.check_opening, "a") is None
    stored(engine, "b", 1, 1)
    assert [told(space.check_opening, who) for who in "abc"] == [None, "rooms", None]
    stored(engine, "c", 1, 1)
    assert {told(space.check_opening, who) for who in "abcd"} == {"rooms"}


def test_sizes_are_those_of_what_is_stored(meeting, server):
    def measured() -> tuple[int, int]:
        with transaction(server.app.state.engine, writes=False) as connection:
            rows = [
                data
                for table in (ENTRIES, WAITING)
                for data in connection.execute(table.select()).mappings()
            ]
        server.app.state.space.measure()
        return server.app.state.space.taken, sum(len(row["data"]) for row in rows)

    for phase in ("committing", "revealing"):
        meeting.until(phase)
        meeting.move("A")
        taken, expected = measured()
        assert taken == expected > 1000
    meeting.until()
    taken, expected = measured()
    assert taken == expected


def error(answer: httpx.Response) -> tuple[int, str]:
    return answer.status_code, answer.json()["error"]["code"]


@pytest.mark.parametrize(
    ("limits", "expected"),
    [
        ({"rooms": 1}, (429, "rooms")),
        ({"rooms_each": 1}, (429, "rooms")),
        ({"disk": 100}, (507, "disk")),
        ({"disk_each": 100}, (507, "disk")),
    ],
)
def test_a_refusal_says_why(serve, limits, expected):
    server = serve(limits=Limits(**limits))
    with httpx.Client(base_url=server.url, timeout=60) as client:
        meeting = Meeting(client, agreeing())
        server.app.state.space.measure()
        answer = client.post("/api/rooms", json={"message": opening(agreeing()).to_dict()})
        assert error(answer) == expected
        assert len(answer.json()["error"]["message"]) > 20
        # Rooms are kept some time after their end, and then make place.
        assert meeting.get().status_code == 200


def test_a_room_that_takes_too_much_ends_like_any_other(serve, time):
    """Its parties can add nothing more; its deadline still ends it."""
    server = serve(clock=time, limits=Limits(room_bytes=500))
    with httpx.Client(base_url=server.url, timeout=60) as client:
        meeting = Meeting(client, agreeing(), {"joining": 60})
        assert error(meeting.move("A")) == (429, "full")
        assert meeting.state()["entries"] == 1
        time.pass_(61)
        server.app.state.rooms.book.tick(meeting.id)
        assert meeting.outcome()["status"] == "expired"
