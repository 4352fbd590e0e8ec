"""The live site: the pages of the built one, never what is withheld, and files it built."""

import pytest

from comity.newsletter.editions import addresses
from comity.newsletter.editions.web.pages import page_at, pages
from comity.newsletter.editions.web.site import Site
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
        "/sheet.csv",
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
    from dataclasses import replace

    store = app.state.shelf.store
    entry = store.load().by_id["BBBBBBBBBB"]
    store.save_entries([replace(entry, prerequisites="<@@>(@#EEEEEEEEEE@)")])
    page = reader.get("/entries/BBBBBBBBBB/").text
    assert "Read first" in page
    assert "投票与合作" in page.partition("Read first")[2].partition("</ol>")[0]


def test_files_that_were_built_are_served(reader, folder):
    built = folder / "out" / "site"
    (built / "audio").mkdir(parents=True)
    (built / "audio" / "1.mp3").write_bytes(b"ID3")
    (built / "sheet.csv").write_text("a,b")
    (built / "secret.txt").write_text("x")
    assert reader.get("/audio/1.mp3").content == b"ID3"
    assert reader.get("/sheet.csv").text == "a,b"
    assert reader.get("/secret.txt").status_code == 404
    ranged = reader.get("/audio/1.mp3", headers={"range": "bytes=1-1"})
    assert (ranged.status_code, ranged.content) == (206, b"D")


def test_a_link_out_of_the_built_site_is_not_followed(reader, folder):
    audio = folder / "out" / "site" / "audio"
    audio.mkdir(parents=True)
    (audio / "2.mp3").symlink_to(folder / "publication.toml")
    assert reader.get("/audio/2.mp3").status_code == 404


def test_reports_on_cases_are_framed_by_our_own_pages_alone(reader, folder):
    file = folder / "out" / "site" / addresses.case("AAAAAAAAAA") / "index.html"
    file.parent.mkdir(parents=True)
    file.write_text("<p>Report")
    answer = reader.get(f"/{addresses.case('AAAAAAAAAA')}")
    assert answer.text == "<p>Report"
    assert answer.headers["content-security-policy"] == "frame-ancestors 'self'"
    assert reader.get(f"/{addresses.case('JJJJJJJJJJ')}").status_code == 404
