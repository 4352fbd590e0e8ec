"""Nothing withheld appears in any output; everything public does.

Words that stand nowhere else are planted in each cell of a row of every kind. What may be seen is
told by a table here, not by the code that withholds; outputs are searched byte for byte, zip files
opened.
"""

import csv
import io
import itertools
import re
from dataclasses import replace

import pytest

from comity.newsletter.model.archive import Archive
from comity.newsletter.model.columns import EmailStatus, Publicity
from comity.newsletter.model.entry import TEXTS, Entry, Version, Work
from comity.newsletter.model.issue import AuthorReply, Erratum, Issue
from comity.newsletter.model.publication import Post
from newsletter_outputs import outputs
from newsletter_small import PUBLICATION
from newsletter_world import make_archive

ALWAYS_SECRET = ("notes", "summarize", "extra")
LINK = ("title", "authors", "venue", "hat_tip", "work")
SHOWN = {"all": (*LINK, *TEXTS, "erratum", "reply"), "link": LINK, "nothing": ()}
PLANTED = ("title", "authors", "venue", "hat_tip", *TEXTS, "summarizer", "notes", "summarize")

# What readers may know of an entry, by its cell and, where that is blank, by how it was sent.
BY_CELL = {
    Publicity.YES: "all",
    Publicity.WITH_EDITS: "nothing",
    Publicity.LINK_ONLY: "link",
    Publicity.NO: "nothing",
}
BY_STATUS = {EmailStatus.SENT: "all", EmailStatus.SENT_LINK_ONLY: "link"}
STAY_OUT = (EmailStatus.DO_NOT_SEND, EmailStatus.NOT_APPLICABLE)
WORD = re.compile(rb"zq[0-9a-z]+?qz")
ISSUES = {1: "sent", 2: "draft", None: "none"}


def may_be_seen(public, status, issue):
    """What readers may know of an entry: the rule in words, from the documentation."""
    if status is EmailStatus.PENDING:
        return "nothing"
    if issue == 2 and status not in STAY_OUT:
        return "nothing"
    return BY_CELL.get(public) or BY_STATUS.get(status, "nothing")


def word(number, field):
    return f"zq{number}q{field.replace('_', '')}qz"


def row(number, public, status, issue):
    planted = {field: word(number, field) for field in PLANTED}
    return Entry(
        f"row{number:07}",
        category=word(number, "category"),
        url=f"https://example.org/{word(number, 'url')}",
        year="2020",
        email=f"CW #{issue}" if issue else "",
        issue=issue,
        public=public,
        email_status=status,
        rating=7,
        position=number,
        topics=(word(number, "topic"),),
        work=f"work{number}",
        extra=(("Column", word(number, "extra")),),
        **planted,
    )


def everything():
    """A row of every kind, each referred to by public rows in every way there is."""
    kinds = itertools.product(Publicity, EmailStatus, ISSUES)
    rows = [row(number, *kind) for number, kind in enumerate(kinds)]
    seen = {r.id: may_be_seen(r.public, r.email_status, r.issue) for r in rows}
    mentioning = []
    for target in rows:
        last = Entry(
            f"ref{target.position:07}",
            f"Refers to row {target.position}",
            "Voting",
            summary=f"See <@@>(@#{target.id}@) and <@{target.title}@>.",
            opinion=f"Like <@{target.title} again@>(@#{target.id}@).",
            prerequisites=f"<@{target.title}@>(@{target.title}@)",
            read_more=f"<@this@>(@#{target.id}@)",
            summarizer="Ada Lovelace",
            email="CW #3",
            issue=3,
            public=Publicity.YES,
            email_status=EmailStatus.SENT,
            part_of=target.id,
            position=len(rows) + target.position,
        )
        mentioning.append(last)
    numbers = [r.position for r in rows]
    archive = Archive(
        entries=(*rows, *mentioning),
        issues=(
            Issue(1, sent="2026-11-05T09:00:00+00:00"),
            Issue(2, "zqdraftqtitleqz", opening="zqdraftqopeningqz", closing="zqdraftqclosingqz"),
            Issue(3, opening=f"<@@>(@#{rows[0].id}@)", sent="2026-11-12T09:00:00+00:00"),
        ),
        works=tuple(
            Work(
                f"work{n}", word(n, "worktitle"), "", (Version("preprint", venue=word(n, "work")),)
            )
            for n in numbers
        ),
        errata=tuple(Erratum(r.id, "2026-11-20", word(r.position, "erratum")) for r in rows),
        replies=tuple(
            AuthorReply(r.id, "A", "2026-11-20", word(r.position, "reply")) for r in rows
        ),
    )
    return archive, seen


def secrets_of(archive, seen):
    """Words that no output may hold, and words that some output must hold."""
    hidden, shown = {"zqdraftqtitleqz", "zqdraftqopeningqz", "zqdraftqclosingqz"}, set()
    for entry in archive.entries:
        if entry.id in seen:
            fields = (*SHOWN["all"], *ALWAYS_SECRET)
            visible = SHOWN[seen[entry.id]]
            hidden |= {word(entry.position, f) for f in fields if f not in visible}
            shown |= {word(entry.position, f) for f in visible}
            if seen[entry.id] == "nothing":
                others = ("summarizer", "category", "url", "topic", "worktitle")
                hidden |= {word(entry.position, f) for f in others}
    return hidden, shown


def leaks(found, hidden):
    """Hidden words that outputs hold."""
    wanted = {secret.encode() for secret in hidden}
    return sorted(
        (secret, name)
        for name, data in found.items()
        for secret in wanted.intersection(WORD.findall(data))
    )


@pytest.fixture(scope="module")
def planted(tmp_path_factory):
    archive, seen = everything()
    post = Post(sender="zqsenderqz@example.org", password_file="zqpasswordqz", user="zquserqz")
    publication = replace(PUBLICATION, post=post)
    found = outputs(publication, archive, tmp_path_factory.mktemp("leaks") / "site")
    return found, *secrets_of(archive, seen)


def test_the_planted_rows_are_of_every_kind(planted):
    _, seen = everything()
    assert len(seen) == 5 * 6 * 3
    assert set(seen.values()) == {"all", "link", "nothing"}


def test_nothing_withheld_is_in_any_output(planted):
    found, hidden, _ = planted
    assert len(hidden) > 900
    assert leaks(found, hidden) == []


def test_nothing_about_the_post_is_in_any_output(planted):
    found, _, _ = planted
    assert leaks(found, {"zqsenderqz", "zqpasswordqz", "zquserqz"}) == []
    assert leaks({"a": b"<b>zqsenderqz</b>"}, {"zqsenderqz"}) == [(b"zqsenderqz", "a")]


@pytest.mark.parametrize(
    "name", ["search/index.js", "archive.json", "sheet.csv", "offline.zip/commons-weekly/sheet.csv"]
)
def test_everything_public_is_in_whatever_holds_everything(planted, name):
    found, _, shown = planted
    wanted = {w for w in shown if not w.endswith(("qerratumqz", "qreplyqz", "qworkqz"))}
    if name == "search/index.js":
        wanted = {w for w in wanted if not w.endswith("qhattipqz")}
    assert {w for w in wanted if w.encode() not in found[name]} == set()


def test_everything_public_is_on_its_own_page(planted):
    found, _, shown = planted
    pages = b"".join(data for name, data in found.items() if name.startswith("entries/"))
    assert {w for w in shown if w.encode() not in pages} == set()


def test_what_was_sent_is_in_its_mail_and_its_script(planted):
    found, _, _ = planted
    archive, seen = everything()
    sent = [
        entry
        for entry in archive.entries
        if seen.get(entry.id) == "all" and entry.issue == 1 and entry.email_status == "Sent"
    ]
    assert sent
    for entry in sent:
        for place in ("mail 1", "script 1"):
            assert entry.summary.encode() in found[place]


def test_the_search_for_leaks_looks_into_packed_files(planted):
    found, _, _ = planted
    sheet = next(n for n in found if n.startswith("offline.zip/") and n.endswith("sheet1.xml"))
    assert b"zq0q" not in found[sheet]
    rows = list(csv.reader(io.StringIO(found["sheet.csv"].decode("utf-8-sig"))))
    assert rows[1][rows[0].index("Title")].encode() in b"".join(
        data for name, data in found.items() if name.startswith("sheet.xlsx/")
    )


@pytest.mark.parametrize("size", [(240, 20), pytest.param((2000, 170), marks=pytest.mark.slow)])
def test_a_whole_field_keeps_its_secrets(tmp_path, size):
    publication, archive, secrets = make_archive(*size)
    assert len(secrets) > size[0] / 4
    found = outputs(publication, archive, tmp_path / "site")
    assert [n for n, data in found.items() if b"SECRET" in data] == []
