"""The operator's key: one per database, in it or in a file."""

import stat
from threading import Barrier, Thread

import pytest
from sqlalchemy import select

from comity.core.errors import InputError
from comity.rooms.store.keeping import operator_key
from comity.rooms.store.tables import OPERATOR


def test_it_is_the_same_at_every_start(engine):
    assert operator_key(engine).seed == operator_key(engine).seed


def test_servers_that_start_at_once_have_one(engine):
    gate, found = Barrier(6), []

    def start() -> None:
        gate.wait()
        found.append(operator_key(engine).public)

    threads = [Thread(target=start) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(found) == 6
    assert len(set(found)) == 1


def test_a_file_keeps_it_out_of_the_database(engine, tmp_path):
    path = tmp_path / "key"
    key = operator_key(engine, str(path))
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert bytes.fromhex(path.read_text()) == key.seed
    with engine.connect() as connection:
        assert connection.execute(select(OPERATOR)).one() == (1, key.public, None)
    assert operator_key(engine, str(path)).seed == key.seed
    with pytest.raises(InputError, match="in a file"):
        operator_key(engine)


def test_a_file_that_others_read_is_refused(engine, tmp_path):
    path = tmp_path / "key"
    operator_key(engine, str(path))
    path.chmod(0o640)
    with pytest.raises(InputError, match="others can read"):
        operator_key(engine, str(path))


def test_what_is_no_key_is_refused(engine, tmp_path):
    path = tmp_path / "key"
    for text in ("", "zz", "00" * 31, "00" * 33, "é" * 64):
        path.write_text(text, encoding="utf-8")
        path.chmod(0o600)
        with pytest.raises(InputError, match="not a key"):
            operator_key(engine, str(path))


def test_a_folder_is_refused(engine, tmp_path):
    with pytest.raises(InputError):
        operator_key(engine, str(tmp_path))


def test_another_key_is_refused(engine, tmp_path):
    operator_key(engine)
    with pytest.raises(InputError, match="another operator"):
        operator_key(engine, str(tmp_path / "key"))
