import json
import os
import stat

import pytest

from comity.core.errors import InputError
from comity.rooms.client.memory import Memory
from comity.rooms.protocol.keys import Key
from comity.rooms.protocol.messages import Message

ROOM = "ab" * 16


def message(text="bye"):
    body = {"text": text}
    return Message.signed(Key(bytes(32)), room=ROOM, type="leave", body=body, author="Ana")


def test_what_is_kept_comes_back(tmp_path):
    path = tmp_path / "seat"
    memory = Memory.open(path, ROOM, "Ana")
    memory.report = {"blocks": {"facts": [0.1]}}
    memory.keep("leave", message())
    again = Memory.open(path, ROOM, "Ana")
    assert again == memory
    assert again.kept("leave") == message()
    assert again.kept("joining:0") is None


def test_a_fresh_secret_is_on_disk_before_it_is_used(tmp_path):
    secret = Memory.open(tmp_path / "seat", ROOM, "Ana").secret
    assert Memory.open(tmp_path / "seat", ROOM, "Ana").secret == secret
    assert Memory.open(tmp_path / "other", ROOM, "Ana").secret != secret


def test_only_its_owner_reads_it(tmp_path):
    old = os.umask(0)
    try:
        memory = Memory.open(tmp_path / "seat", ROOM, "Ana")
        memory.save()
    finally:
        os.umask(old)
    assert stat.S_IMODE((tmp_path / "seat").stat().st_mode) == 0o600
    assert memory.secret not in repr(memory)


def test_an_interrupted_write_leaves_the_old_memory(tmp_path, monkeypatch):
    path = tmp_path / "seat"
    memory = Memory.open(path, ROOM, "Ana")
    before = path.read_bytes()
    monkeypatch.setattr(os, "replace", lambda *_: (_ for _ in ()).throw(OSError(28, "full")))
    with pytest.raises(InputError, match="cannot write"):
        memory.keep("leave", message())
    assert path.read_bytes() == before
    assert [child.name for child in tmp_path.iterdir()] == ["seat"]


def test_another_seats_memory_is_not_used(tmp_path):
    Memory.open(tmp_path / "seat", ROOM, "Ana")
    with pytest.raises(InputError, match="another seat"):
        Memory.open(tmp_path / "seat", ROOM, "Bo")
    with pytest.raises(InputError, match="another seat"):
        Memory.open(tmp_path / "seat", "cd" * 16, "Ana")


CHANGES = {
    "version": "comity-seat-9",
    "secret": "short",
    "sent": [],
    "entries": {},
    "operator": None,
}


@pytest.mark.parametrize("field", CHANGES)
def test_a_broken_file_is_named(tmp_path, field):
    path = tmp_path / "seat"
    Memory.open(path, ROOM, "Ana")
    data = json.loads(path.read_text("utf-8"))
    path.write_text(json.dumps({**data, field: CHANGES[field]}), encoding="utf-8")
    with pytest.raises(InputError, match="seat"):
        Memory.open(path, ROOM, "Ana")


@pytest.mark.parametrize("text", ["", "{}", "[]", "nonsense", "[" * 100000])
def test_what_is_no_memory(tmp_path, text):
    (tmp_path / "seat").write_text(text, encoding="utf-8")
    with pytest.raises(InputError):
        Memory.open(tmp_path / "seat", ROOM, "Ana")


def test_without_a_file_nothing_is_written(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    Memory.open(None, ROOM, "Ana").keep("leave", message())
    assert list(tmp_path.iterdir()) == []
