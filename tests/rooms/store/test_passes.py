"""Tokens open what they are for, sessions for their time, and the database holds neither."""

import pytest
from sqlalchemy import select

from comity.core.database import Conflict
from comity.rooms.store.logs import Change, Logs
from comity.rooms.store.passes import Pass, Passes, hashed, new_token
from comity.rooms.store.tables import METADATA

ROOM = "a" * 32


@pytest.fixture
def passes(engine) -> Passes:
    seats = {hashed("ana's"): "Ana\0\u00e9", hashed("watching"): None}
    Logs(engine).create(ROOM, Change(0, ["{}"], {}, "joining", 9), seats)
    return Passes(engine)


def test_a_token_opens_its_seat(passes):
    assert passes.of_token("ana's") == Pass(ROOM, "Ana\0\u00e9")
    assert passes.of_token("watching") == Pass(ROOM, None)
    assert passes.of_token("Ana's") is None
    assert passes.of_token(hashed("ana's")) is None


def test_odd_tokens_open_nothing(passes):
    for odd in ("", "\0", "\ud800", "a" * 10_000, "' OR 1=1 --"):
        assert passes.of_token(odd) is None
        assert passes.of_session(odd, 0) is None


def test_a_session_ends(passes):
    session = passes.begin_session("ana's", 1000)
    assert passes.of_session(session, 999) == Pass(ROOM, "Ana\0\u00e9")
    assert passes.of_session(session, 1000) is None
    assert passes.of_token(session) is None


def test_no_token_no_session(passes):
    with pytest.raises(Conflict):
        passes.begin_session("another", 1000)


def test_a_link_seats_so_many_browsers_at_once(passes, monkeypatch):
    monkeypatch.setattr("comity.rooms.store.passes.MOST_SESSIONS", 3)
    other = passes.begin_session("watching", 1)
    sessions = [passes.begin_session("ana's", 1000 + k) for k in range(5)]
    valid = [passes.of_session(session, 0) is not None for session in sessions]
    assert valid == [False, False, True, True, True]
    assert passes.of_session(other, 0)


def test_tokens_are_256_bits_and_never_the_same():
    assert len({new_token() for _ in range(1000)}) == 1000
    assert len(new_token()) == 43


def test_the_database_holds_neither(passes, engine):
    session = passes.begin_session("ana's", 1000)
    with engine.connect() as connection:
        rows = [
            row for table in METADATA.tables.values() for row in connection.execute(select(table))
        ]
    assert "ana's" not in str(rows)
    assert session not in str(rows)
    assert hashed(session) in str(rows)
