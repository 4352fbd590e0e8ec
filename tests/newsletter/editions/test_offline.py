"""The offline edition as a zip file that others can read."""

import io
import zipfile

from comity.newsletter.editions.offline import Offline, packed

SITE = "https://example.org/news/"


def opened(offline):
    return zipfile.ZipFile(io.BytesIO(offline.packed()))


def test_a_page_works_from_a_disk_and_what_is_left_out_is_on_the_network():
    offline = Offline("commons", SITE)
    offline.add_page(
        "issues/1/index.html",
        '<audio controls src="../../audio/1.mp3" aria-label="a"></audio>\n'
        '<a href="../../audio/1.mp3#t=5">a</a><a href="../../feeds/podcast.rss">b</a>'
        '<a href="../../feeds/">c</a><a href="../../offline.zip">d</a><a href="../../sheet.csv">',
    )
    page = opened(offline).read("commons/issues/1/index.html").decode()
    assert page == (
        f'<a href="{SITE}audio/1.mp3#t=5">a</a><a href="{SITE}feeds/podcast.rss">b</a>'
        f'<a href="../../feeds/index.html">c</a><a href="{SITE}offline.zip">d</a>'
        '<a href="../../sheet.csv">'
    )


def test_files_come_out_as_they_went_in_and_the_archive_is_sound():
    offline = Offline("commons", SITE)
    offline.add("a/b.txt", "hé")
    offline.add("c.bin", b"\x00\xff")
    archive = opened(offline)
    assert archive.testzip() is None
    assert archive.read("commons/a/b.txt") == "hé".encode()
    assert archive.read("commons/c.bin") == b"\x00\xff"


def test_every_file_is_readable_by_everybody_and_none_has_a_date_of_its_own():
    for info in zipfile.ZipFile(io.BytesIO(packed({"b": b"1", "a": b"2"}))).infolist():
        assert info.date_time == (1980, 1, 1, 0, 0, 0)
        assert info.external_attr >> 16 == 0o644
