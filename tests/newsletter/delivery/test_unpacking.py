import gzip
import sqlite3
import tarfile
import zipfile

import pytest

from comity.newsletter.delivery.unpacking import BROKEN, contents

TEXT = b"ann@example.org is here\n" * 3


def read(path):
    return [stream.read() for stream in contents(path)]


def test_a_plain_file_is_itself(tmp_path):
    path = tmp_path / "list.csv"
    path.write_bytes(TEXT)
    assert read(path) == [TEXT]
    path.write_bytes(b"")
    assert read(path) == [b""]


def test_what_is_packed_comes_after_the_file(tmp_path):
    packed = tmp_path / "list.csv.gz"
    packed.write_bytes(gzip.compress(TEXT))
    assert read(packed)[1:] == [TEXT]
    archive = tmp_path / "lists.zip"
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED) as made:
        made.writestr("a.csv", TEXT)
        made.writestr("b/c.csv", b"nothing")
    assert read(archive)[1:] == [TEXT, b"nothing"]


def test_texts_of_a_database_stand_apart(tmp_path):
    path = tmp_path / "a copy?.db"
    with sqlite3.connect(path) as database:
        database.execute('CREATE TABLE "a ""b""" (name, address, number)')
        database.execute('INSERT INTO "a ""b""" VALUES (?, ?, 7)', ("Ann", "ann@example.org"))
    database.close()
    whole, *tables = read(path)
    assert b"Annann@example.org" in whole
    assert tables == [b"Ann\nann@example.org"]


@pytest.mark.parametrize(
    "data",
    [gzip.compress(TEXT)[:-12], b"SQLite format 3\0" + bytes(200), b"\x1f\x8bnot gzip at all"],
)
def test_what_cannot_be_unpacked_is_an_error(tmp_path, data):
    path = tmp_path / "broken"
    path.write_bytes(data)
    with pytest.raises((OSError, *BROKEN)):
        read(path)


def test_other_archives_are_read_as_they_are(tmp_path):
    path = tmp_path / "lists.tar"
    with tarfile.open(path, "w") as made:
        made.add(__file__, "test.py")
    assert len(read(path)) == 1
