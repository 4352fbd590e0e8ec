"""The live site: the pages of the built one, never what is withheld, and files it built."""

from dataclasses import replace

import pytest

from comity.newsletter.editions import addresses
from comity.newsletter.editions.web.pages import page_at, pages
from comity.newsletter.editions.web.site import Site
from comity.newsletter.model.columns import Publicity
from newsletter_desk import ORIGIN
from newsletter_small import view


@pytest.mark.parametrize("audience", ["public", "preview", "internal"])
def test_each_page_alone_is_that_of_the_whole_site(audience):
    site = Site(view(audience))
    for page in pages(site):
        assert page_at(site, page.address) == page


def test_every_address_of_the_site_is_served(reader):
    for page in pages(Site(view())):
        if not page.address.endswith(".html"):
            answer = reader.get(f"/{page.address}")
            assert answer.status_code == 200, page.address
            assert "unseen" not in answer.text


@pytest.mark.parametrize(
    "path",
    [
        "/entries/JJJJJJJJJJ/",
        "/entries/HHHHHHHHHH/",
        "/entries/LLLLLLLLLL/",
        "/issues/3/",
        "/issues/99/",
        "/issues/01/",
        "/404.html",
        "/entries/../publication.toml",
        "/audio/../../../publication.toml",
        "/audio/%2e%2e/%2e%2e/%2e%2e/publication.toml",
        "/offline.zip",
        "/newsletter.db",
        "/keys/token.secret",
        "/static/../app.py",
        "/%00",
        "/" + "x/" * 500,
    ],
)
def test_everything_else_is_not_there(reader, path):
    answer = reader.get(path)
    assert answer.status_code == 404
    assert "unseen" not in answer.text


def test_a_missing_slash_leads_on(reader):
    answer = reader.get("/issues/1", follow_redirects=False)
    assert (answer.status_code, answer.headers["location"]) == (308, "/issues/1/")
    for path in ("//evil.example/issues/1", "//evil.example", "/\\evil.example/issues/1"):
        answer = reader.client.get(ORIGIN + path, follow_redirects=False)
        assert answer.status_code == 404


def test_related_entries_are_public_ones(reader):
    page = reader.get("/entries/AAAAAAAAAA/").text
    related = page.partition('id="related"')[2]
    assert "Cheap talk" in related
    assert "strangers" not in page


def test_what_to_read_first(ada, reader, app):
    store = app.state.shelf.store
    entry = store.load().by_id["BBBBBBBBBB"]
    store.save_entries([replace(entry, prerequisites="<@@>(@#EEEEEEEEEE@)")])
    page = reader.get("/entries/BBBBBBBBBB/").text
    assert "Read first" in page
    assert "投票与合作" in page.partition("Read first")[2].partition("</ol>")[0]


def test_recordings_that_were_made_are_served(reader, folder):
    audio = folder / "out" / "site" / "audio"
    audio.mkdir(parents=True)
    (audio / "1.mp3").write_bytes(b"ID3")
    (audio / "1.wav").write_bytes(b"x")
    (audio.parent / "secret.txt").write_text("x")
    assert reader.get("/audio/1.mp3").content == b"ID3"
    ranged = reader.get("/audio/1.mp3", headers={"range": "bytes=1-1"})
    assert (ranged.status_code, ranged.content) == (206, b"D")
    for path in ("/secret.txt", "/audio/1.wav"):
        assert reader.get(path).status_code == 404


def test_the_sheet_is_that_of_now_whatever_was_built(reader, folder):
    (folder / "out" / "site").mkdir(parents=True)
    for name in ("sheet.csv", "sheet.xlsx", "archive.json"):
        (folder / "out" / "site" / name).write_text("what is withheld now")
        answer = reader.get(f"/{name}")
        assert answer.status_code == 200
        assert b"withheld now" not in answer.content
    assert "Promises that are kept" in reader.get("/sheet.csv").text
    assert reader.get("/archive.json").headers["content-type"] == "application/json"


def withdraw(app, key):
    """Withhold an entry from the public."""
    store = app.state.shelf.store
    store.save_entries([replace(store.load().by_id[key], public=Publicity.NO)])


def test_after_an_entry_is_withdrawn_nothing_that_tells_it_is_served(app, reader, folder):
    built = folder / "out" / "site"
    site = app.state.shelf.content().public
    key = site.view.archive.by_issue[1][0].id
    report = built / addresses.case(key) / "index.html"
    report.parent.mkdir(parents=True)
    report.write_text("<p>told")
    store = app.state.shelf.store
    store.save_entries([replace(store.load().by_id[key], case="some")])
    (built / "audio").mkdir()
    address = f"https://x.example/{addresses.entry(key)}"
    chapters = '{"chapters": [{"startTime": 0, "title": "told", "url": "%s"}]}'
    (built / "audio" / "1.chapters.json").write_text(chapters % address)
    (built / "audio" / "1.mp3").write_bytes(b"told")
    (built / "archive.json").write_bytes(reader.get("/archive.json").content)
    (built / "offline.zip").write_bytes(b"told")
    made = ("audio/1.mp3", "audio/1.chapters.json", "offline.zip", addresses.case(key))
    for path in made:
        answer = reader.get(f"/{path}")
        assert (answer.status_code, "told" in answer.text) == (200, True), path
    withdraw(app, key)
    for path in made:
        answer = reader.get(f"/{path}")
        assert answer.status_code in (404, 409), path
        assert "<p>told" not in answer.text
    assert "made anew" in reader.get("/offline.zip").text
    (built / "archive.json").write_bytes(reader.get("/archive.json").content)
    assert reader.get("/offline.zip").status_code == 409, "a report on the withheld is in it"
    report.unlink()
    assert reader.get("/offline.zip").status_code == 200


def test_a_recording_made_after_the_site_is_judged_as_well(app, reader, folder):
    app.state.shelf.content()
    audio = folder / "out" / "site" / "audio"
    audio.mkdir(parents=True)
    (audio / "3.mp3").write_bytes(b"a draft read aloud")
    assert reader.get("/audio/3.mp3").status_code == 404


def test_a_link_out_of_the_built_site_is_not_followed(reader, folder):
    audio = folder / "out" / "site" / "audio"
    audio.mkdir(parents=True)
    (audio / "2.mp3").symlink_to(folder / "publication.toml")
    assert reader.get("/audio/2.mp3").status_code == 404


def test_reports_on_cases_are_framed_by_our_own_pages_alone(reader, folder):
    for key in ("AAAAAAAAAA", "BBBBBBBBBB", "JJJJJJJJJJ"):
        file = folder / "out" / "site" / addresses.case(key) / "index.html"
        file.parent.mkdir(parents=True)
        file.write_text("<p>Report")
    answer = reader.get(f"/{addresses.case('AAAAAAAAAA')}")
    assert answer.text == "<p>Report"
    assert answer.headers["content-security-policy"] == "frame-ancestors 'self'"
    for key in ("BBBBBBBBBB", "JJJJJJJJJJ"):  # one carries no Case now, one is withheld
        assert reader.get(f"/{addresses.case(key)}").status_code == 404
