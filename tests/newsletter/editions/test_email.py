"""An issue as a mail: whole, harmless, without defects, and independent of anything outside."""

import re
from dataclasses import replace
from email import message_from_bytes
from email.policy import default
from html.parser import HTMLParser
from itertools import pairwise

import pytest

from comity.newsletter.delivery.bodies import MARKS
from comity.newsletter.editions.assemble import assemble
from comity.newsletter.editions.email import email
from comity.newsletter.model.archive import Archive
from comity.newsletter.model.entry import Entry
from comity.newsletter.model.issue import AuthorReply, Erratum, Issue
from comity.newsletter.model.publication import Category, Publication
from comity.newsletter.model.withholding import withhold
from newsletter_checkers import nu_faults
from newsletter_weekly import ARCHIVE, PUBLICATION, SENT
from newsletter_world import make_archive

VIEW = withhold(PUBLICATION, ARCHIVE, "public")
MAIL = email(VIEW, assemble(VIEW, 12))
VOID = {"br", "hr", "meta"}


class Reader(HTMLParser):
    """Collects elements, and checks that each is closed."""

    def __init__(self, html):
        super().__init__(convert_charrefs=True)
        self.elements, self.open, self.words = [], [], []
        self.feed(html)
        self.close()
        assert self.open == []

    def handle_starttag(self, tag, attrs):
        self.elements.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag):
        assert self.open.pop() == tag

    def handle_data(self, data):
        if "style" not in self.open:
            self.words.append(data)

    @property
    def text(self):
        return " ".join("".join(self.words).split())

    def all(self, tag):
        return [attrs for name, attrs in self.elements if name == tag]


PAGE = Reader(MAIL.html)


def test_nothing_is_loaded_and_nothing_runs():
    tags = {tag for tag, _ in PAGE.elements}
    assert not tags & {"img", "script", "link", "iframe", "object", "form", "input", "svg", "video"}
    assert not re.search(r"url\(|@import|@font-face|src=|background=", MAIL.html)
    assert not [name for _, attrs in PAGE.elements for name in attrs if name.startswith("on")]


def test_links_lead_where_they_say():
    addresses = {attrs["href"] for attrs in PAGE.all("a")}
    ids = {f"#{attrs['id']}" for _, attrs in PAGE.elements if "id" in attrs}
    assert {address for address in addresses if address.startswith("#")} <= ids
    outside = {a for a in addresses if not a.startswith(("#", "https://weekly.example/"))}
    assert outside == {
        *(f"https://example.org/{key}" for key in ("ANSWER", "BETS", "LINK", "NONE", "ODD")),
        *(f"https://example.org/{key}" for key in ("SLOW", "TREATY", "many?a=1&b=2")),
        "https://example.org/paper.pdf",
        "https://example.org/talk",
        "mailto:us@weekly.example",
        *MARKS.values(),
    }


def test_styles_are_in_the_elements_and_only_media_are_left_to_the_head():
    styled = [tag for tag, attrs in PAGE.elements if "style" in attrs]
    assert {"body", "h1", "h2", "h3", "p", "a", "td", "li"} <= set(styled)
    head = MAIL.html[MAIL.html.index("<style>") : MAIL.html.index("</style>")]
    assert "prefers-color-scheme: dark" in head
    assert "max-width: 560px" in head
    assert head.count("{") <= 14


def test_everything_that_stands_in_the_plain_twin_stands_here():
    without_addresses = re.sub(r"\S*(://|@)\S*", "", MAIL.text)
    words = set(re.findall(r"[a-z]{3,}", without_addresses.casefold()))
    shown = set(re.findall(r"[a-z]{3,}", PAGE.text.casefold()))
    assert len(words) > 60
    assert words <= shown


def test_headings_go_down_one_level_at_a_time():
    levels = [int(tag[1]) for tag, _ in PAGE.elements if re.fullmatch("h[1-6]", tag)]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))


def test_no_two_elements_have_one_name():
    names = [attrs["id"] for _, attrs in PAGE.elements if "id" in attrs]
    assert len(names) == len(set(names))


def test_it_can_be_read_aloud_in_its_language():
    assert PAGE.all("html")[0]["lang"] == "en"
    assert all(attrs.get("role") == "presentation" for attrs in PAGE.all("table"))


def test_a_message_comes_back_whole_and_without_defects():
    raw = bytes(MAIL.message())
    assert max(map(len, raw.split(b"\r\n"))) <= 998
    message = message_from_bytes(raw, policy=default)
    parts = list(message.walk())
    assert [part.defects for part in parts] == [[]] * 3
    assert [part.get_content_type() for part in parts] == [
        "multipart/alternative", "text/plain", "text/html",
    ]  # fmt: skip
    assert message["Subject"] == MAIL.subject == "CW #12: Bets and bargains"
    for kind, said in (("plain", MAIL.text), ("html", MAIL.html)):
        told = message.get_body((kind,)).get_content().replace("\r\n", "\n")
        assert told.rstrip() == said.rstrip()
    assert MAIL.size == len(MAIL.html.encode())


def test_the_nu_checker_finds_nothing_but_what_mail_programs_need(tmp_path):
    file = tmp_path / "mail.html"
    file.write_text(MAIL.html, encoding="utf-8")
    faults = nu_faults([file])
    assert [fault for fault in faults if "on the “t" not in fault or "obsolete" not in fault] == []


@pytest.fixture(scope="module")
def world():
    """A publication with words that it must keep to itself."""
    return make_archive(entries=240, issues=20)


def test_no_mail_tells_what_is_withheld(world):
    publication, archive, secrets = world
    view = withhold(publication, archive, "public")
    told = ""
    for issue in view.archive.issues:
        mail = email(view, assemble(view, issue.number))
        told += bytes(mail.message()).decode() + mail.html + mail.text
    assert len(secrets) > 100
    assert len(view.archive.issues) >= 19
    assert [words for words in secrets if words in told] == []


EVIL = (
    "</style></title><script>alert(1)</script><img src=x onerror=alert(1)>"
    "\"'&\r\nBcc: a@b.org\x00{{7*7}}"
)


def hostile():
    cells = dict.fromkeys(
        ("authors", "venue", "year", "hat_tip", "summarizer", "summary", "opinion", "url"), EVIL
    )
    entry = Entry("E", EVIL, EVIL, issue=1, email="W #1", public="Yes", highlight=True, **cells)
    other = Entry(
        "F", EVIL, EVIL, issue=1, prerequisites=EVIL, read_more=f"<@{EVIL}@>(@#E@)", public="Yes"
    )
    publication = Publication(
        EVIL, EVIL, description=EVIL, editor=EVIL, disclaimer=EVIL, feedback=EVIL, licence=EVIL,
        resources="javascript:alert(1)", sheet="data:text/html,x",
        categories=(Category(EVIL),),
    )  # fmt: skip
    archive = Archive(
        (entry, other),
        (Issue(1, EVIL, EVIL, EVIL, EVIL, SENT),),
        errata=(Erratum("E", EVIL, EVIL),),
        replies=(AuthorReply("E", EVIL, EVIL, EVIL),),
    )
    view = withhold(publication, archive, "internal")
    return email(view, assemble(view, 1))


def test_hostile_words_in_every_cell_come_out_as_words():
    mail = hostile()
    page = Reader(mail.html)
    assert not {tag for tag, _ in page.elements} & {"script", "img"}
    assert not [name for _, attrs in page.elements for name in attrs if name.startswith("on")]
    assert all(
        attrs["href"].startswith(("#", "http://localhost:8080/", *MARKS.values()))
        for attrs in page.all("a")
    )
    assert page.text.count("<script>alert(1)</script>") > 15
    assert "49" not in page.text
    assert page.all("style") == [{}]
    for text in (mail.html, mail.text):
        assert [c for c in text if ord(c) < 32 and c not in "\t\n"] == []


def test_hostile_words_start_no_header():
    raw = bytes(hostile().message())
    message = message_from_bytes(raw, policy=default)
    assert sorted(key.lower() for key in message) == ["content-type", "mime-version", "subject"]
    assert all(not part.defects for part in message.walk())


@pytest.mark.parametrize("audience", ["preview", "internal"])
def test_what_is_not_finished_is_marked_in_both_forms(audience):
    entry = Entry("A", "A", issue=1, email_status="Pending", public="With edits", summary="s")
    archive = Archive((entry,), (Issue(1),))
    view = withhold(PUBLICATION, archive, audience)
    mail = email(view, assemble(view, 1))
    assert "For the editors: needs edits" in Reader(mail.html).text
    assert "[For the editors: needs edits]" in mail.text


def test_whoever_was_passed_a_mail_is_told_where_to_ask_for_it():
    address = "https://letters.example.org/readers/subscribe"
    view = withhold(replace(PUBLICATION, subscribe=address), ARCHIVE, "public")
    mail = email(view, assemble(view, 12))
    assert f'<a href="{address}"' in mail.html
    assert address in mail.text
    harmful = withhold(replace(PUBLICATION, subscribe="javascript:x"), ARCHIVE, "public")
    for shown in (MAIL, email(harmful, assemble(harmful, 12))):
        assert "Was this passed on" not in shown.html + shown.text
