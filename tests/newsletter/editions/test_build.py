"""A whole site: no link leads nowhere, online and from a disk; the same site, the same bytes."""

import csv
import io
import json
import zipfile
from xml.etree import ElementTree

import openpyxl
import pytest

from comity.core.errors import InputError
from comity.newsletter.editions.build import write_site
from comity.newsletter.editions.download import sheets
from comity.newsletter.editions.web.site import Site
from comity.newsletter.model.archive import Archive
from comity.newsletter.model.publication import Publication
from comity.newsletter.model.withholding import withhold
from newsletter_sites import built, dead_links, site_of
from newsletter_small import URL

CASES = {"AAAAAAAAAA": "<!DOCTYPE html><title>Report</title>"}
SEARCHES = {"on trust": ("AAAAAAAAAA",)}


def contents(folder):
    return {
        file.relative_to(folder).as_posix(): file.read_bytes()
        for file in folder.rglob("*")
        if file.is_file()
    }


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    return built(tmp_path_factory.mktemp("site"), cases=CASES, searches=SEARCHES)


@pytest.fixture(scope="module")
def offline(site):
    archive = zipfile.ZipFile(site / "offline.zip")
    return {n.partition("/")[2]: archive.read(n) for n in archive.namelist()}


def test_no_link_on_the_site_leads_nowhere(site):
    files = contents(site)
    files.pop("404.html")  # its addresses are whole: it is served from anywhere
    assert dead_links(files) == []


def test_no_link_from_a_disk_leads_nowhere_or_to_a_folder(offline):
    assert dead_links(offline, index="") == []


def test_the_reader_of_links_finds_dead_ones():
    files = {"a/index.html": b'<a href="../b/">1</a><a href="#x">2</a><a href="../a/">3</a>'}
    assert dead_links(files) == [("a/index.html", "../b/"), ("a/index.html", "#x")]


def test_the_offline_edition_holds_all_but_recordings(site, offline):
    left_out = {"offline.zip", "404.html", *(n for n in contents(site) if n.startswith("audio/"))}
    assert set(contents(site)) - set(offline) == left_out
    assert set(offline) <= set(contents(site))
    assert b"<audio" not in b"".join(offline.values())
    assert f'href="{URL}/audio/1.mp3"'.encode() in offline["issues/1/index.html"]


def test_the_same_site_is_the_same_bytes(tmp_path):
    first, second = (
        contents(built(tmp_path / name, cases=CASES, searches=SEARCHES)) for name in ("a", "b")
    )
    assert first == second


def test_a_build_keeps_recordings_and_drops_what_is_no_longer_there(tmp_path):
    folder = built(tmp_path / "site", cases=CASES)
    assert (folder / "entries/AAAAAAAAAA/case/index.html").is_file()
    built(folder)
    assert not (folder / "entries/AAAAAAAAAA/case").exists()
    assert (folder / "audio/1.mp3").is_file()


def test_an_interrupted_build_leaves_the_old_site(tmp_path):
    folder = built(tmp_path / "site")
    before = contents(folder)
    site = site_of(folder, searches=SEARCHES)

    def interrupt(words, share):
        if words == "feeds":
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        write_site(site, folder, lambda: sheets(site.view), interrupt)
    assert contents(folder) == before
    assert [path.name for path in tmp_path.iterdir()] == ["site"]


def test_progress_never_goes_back(tmp_path):
    site, shares = site_of(tmp_path / "site"), []
    write_site(
        site,
        tmp_path / "site",
        lambda: sheets(site.view),
        lambda words, share: shares.append(share),
    )
    assert shares == sorted(shares)
    assert 0 <= shares[0] <= shares[-1] <= 1


def test_the_sheet_can_be_taken_along(site):
    rows = list(csv.reader(io.StringIO((site / "sheet.csv").read_text("utf-8-sig"))))
    sheet = openpyxl.load_workbook(site / "sheet.xlsx").active
    titles = [row[rows[0].index("Title")] for row in rows[1:]]
    assert len(titles) == sheet.max_row - 1 == 8
    assert "Promises that are kept" in titles


def test_search_engines_are_told_of_every_permanent_address(site):
    space = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
    found = [e.text for e in ElementTree.parse(site / "sitemap.xml").iter(f"{space}loc")]
    assert len(found) == len(set(found)) == 1 + 2 + 8
    assert f"{URL}/entries/AAAAAAAAAA/" in found
    assert f"Sitemap: {URL}/sitemap.xml" in (site / "robots.txt").read_text()


def test_search_engines_are_kept_from_what_is_not_public(tmp_path):
    assert (built(tmp_path, "preview") / "robots.txt").read_text() == "User-agent: *\nDisallow: /\n"


def test_programs_read_the_whole_archive(site):
    assert len(json.loads((site / "archive.json").read_text("utf-8"))["entries"]) == 8


def test_a_site_that_cannot_be_written_is_named(tmp_path):
    (tmp_path / "file").write_text("")
    with pytest.raises(InputError, match="cannot write"):
        write_site(
            site_of(tmp_path / "other"),
            tmp_path / "file" / "site",
            lambda: iter(()),
            lambda w, s: None,
        )


def test_a_publication_without_any_content_has_a_site_without_dead_links(tmp_path):
    site = Site(withhold(Publication("Empty", "E"), Archive(()), "public"))
    write_site(site, tmp_path / "site", lambda: sheets(site.view), lambda words, share: None)
    files = contents(tmp_path / "site")
    files.pop("404.html")
    assert "index.html" in files
    assert dead_links(files) == []
