"""What is withheld is nowhere in what readers are shown: the rules as a table, and a leak test."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from comity.core.errors import InputError
from comity.newsletter.model.archive import Archive
from comity.newsletter.model.columns import EmailStatus, Publicity
from comity.newsletter.model.entry import TEXTS, Entry, Work
from comity.newsletter.model.issue import AuthorReply, Erratum, Issue
from comity.newsletter.model.publication import Post, Publication
from comity.newsletter.model.withholding import WITHHELD, withhold

PUBLICATION = Publication("Weekly", "W", post=Post(host="relay-secret", user="user-secret"))
ISSUES = (
    Issue(1, sent="2026-01-01T00:00:00+00:00"),
    Issue(2, sent="2026-01-08T00:00:00+00:00"),
    Issue(3),
)
DRAFT = 3

# Whole, only its Link, or nothing: by email status (columns) and Public? (rows).
STATUSES = ("", "Do not send", "Pending", "Sent", "Sent link only", "N/A")
RULES = {
    #            ""   DNS  Pend Sent SLO  N/A
    "": ("-", "-", "-", "W", "L", "-"),
    "Yes": ("W", "W", "-", "W", "W", "W"),
    "With edits": ("-", "-", "-", "-", "-", "-"),
    "Link only": ("L", "L", "-", "L", "L", "L"),
    "No": ("-", "-", "-", "-", "-", "-"),
}
ABOUT_TO_BE_SENT = {"": "-", "Yes": "W", "With edits": "-", "Link only": "L", "No": "-"}


def rule(entry, sending=None):
    """Return what the public may see of an entry, from the table alone."""
    inside = entry.issue if entry.email_status not in ("Do not send", "N/A") else None
    if inside == DRAFT and sending != DRAFT:
        return "-"
    if entry.email_status == "Pending" and inside == sending == DRAFT:
        return ABOUT_TO_BE_SENT[entry.public]
    return RULES[entry.public][STATUSES.index(entry.email_status)]


def secret(n, field):
    return f"q{n}{field}q"


def entry(n, status, public, issue, refers, part_of):
    """Return an entry whose every cell holds words of its own."""
    words = {
        field: secret(n, field)
        for field in ("title", "category", "url", "authors", "venue", "year", "hat_tip")
    }
    texts = {name: f"{secret(n, name)} {refers}" for name in TEXTS}
    return Entry(
        id=f"K{n}K",
        **words,
        **texts,
        summarizer=secret(n, "summarizer"),
        rating=10,
        email=f"W #{issue}",
        issue=issue,
        email_status=EmailStatus(status),
        public=Publicity(public),
        summarize=secret(n, "summarize"),
        notes=secret(n, "notes"),
        position=n,
        part_of=part_of,
        work=f"work{n}",
        case=f"case{n}.toml",
        extra=(("Heading", secret(n, "extra")),),
    )


@st.composite
def archives(draw):
    size = draw(st.integers(1, 6))
    which = st.integers(0, size - 1)
    forms = st.sampled_from(
        [
            "<@@>(@#K{n}K@)",
            "<@words@>(@#K{n}K@)",
            "<@q{n}titleq@>",
            "<@a Q{n}TITLEQ.@>(@q{n}titleq@)",
        ]
    )
    entries = tuple(
        entry(
            n,
            draw(st.sampled_from(STATUSES)),
            draw(st.sampled_from(list(RULES))),
            draw(st.sampled_from([None, 1, 2, DRAFT])),
            draw(forms).format(n=draw(which)),
            draw(st.none() | which.map(lambda k: f"K{k}K")),
        )
        for n in range(size)
    )
    refers = "".join(draw(forms).format(n=n) for n in range(size))
    return Archive(
        entries,
        tuple(replace(i, opening=refers, closing=refers) for i in ISSUES),
        tuple(Work(f"work{n}", secret(n, "work")) for n in range(size)),
        tuple(
            Erratum(f"K{n}K", "2026-02-01", f"{secret(n, 'note')} {refers}") for n in range(size)
        ),
        tuple(AuthorReply(f"K{n}K", "Ada", "2026-02-01", secret(n, "reply")) for n in range(size)),
    )


@given(archives(), st.sampled_from([None, DRAFT]))
def test_nothing_withheld_is_anywhere_in_what_the_public_sees(archive, sending):
    view = withhold(PUBLICATION, archive, "public", sending=sending)
    shown = repr(view).casefold()
    for found in archive.entries:
        n, seen = found.position, rule(found, sending)
        assert (found.id in view.archive.by_id) == (seen != "-")
        if seen == "-":
            assert f"k{n}k" not in shown
            assert f"q{n}" not in shown
            assert f"work{n}" not in shown
        if seen == "L":
            for name in (*TEXTS, "note", "reply"):
                assert secret(n, name) not in shown
            assert f"case{n}" not in shown
        if seen == "W":
            assert all(secret(n, name) in shown for name in (*TEXTS, "note", "reply", "work"))
        for name in ("notes", "summarize", "extra"):
            assert secret(n, name) not in shown
    assert "relay-secret" not in shown
    assert "user-secret" not in shown
    assert {e.rating for e in view.archive.entries} <= {None}
    assert all(e.highlight for e in view.archive.entries)
    assert [i.number for i in view.archive.issues] == ([1, 2, 3] if sending else [1, 2])


@given(archives())
def test_the_editors_see_everything(archive):
    view = withhold(PUBLICATION, archive, "internal")
    assert [e.id for e in view.archive.entries] == [e.id for e in archive.entries]
    assert [e.notes for e in view.archive.entries] == [e.notes for e in archive.entries]
    assert view.link_only == view.listed == frozenset()
    assert view.archive.works == archive.works


def one(status="Sent", public="Yes", issue=1, **cells):
    return Entry("A", "Title of A", issue=issue, email=f"W #{issue}", summary="Words",
                 email_status=EmailStatus(status), public=Publicity(public), **cells)  # fmt: skip


def view_of(*entries, audience="public", **archive):
    return withhold(PUBLICATION, Archive(entries, ISSUES, **archive), audience)


@pytest.mark.parametrize(
    ("public", "preview", "internal"),
    [
        ("Yes", "", ""),
        ("Link only", "", "public as a link only"),
        ("With edits", "needs edits", "needs edits"),
        ("", "not decided whether public", "not decided whether public"),
        ("No", None, "not public"),
    ],
)
def test_unfinished_entries_are_marked_for_those_who_see_them(public, preview, internal):
    draft = one("Pending", public, DRAFT)
    for audience, mark in (("preview", preview), ("internal", internal)):
        view = view_of(draft, audience=audience)
        assert ("A" in view.archive.by_id) == (mark is not None)
        assert view.marks.get("A", "") == (mark or "")


def test_what_was_sent_as_a_link_only_is_whole_on_its_own_page_if_it_may_be():
    view = view_of(one("Sent link only", "Yes"))
    assert view.listed == {"A"}
    assert view.link_only == frozenset()
    assert view.archive.by_id["A"].summary == "Words"
    assert view_of(one("Sent link only", "")).link_only == {"A"}


@pytest.mark.parametrize("status", ["Do not send", "N/A"])
def test_what_was_not_sent_is_in_no_issue(status):
    for audience in ("public", "preview", "internal"):
        view = view_of(one(status), audience=audience)
        assert view.archive.by_issue == {}
        assert view.archive.by_id["A"].summary == "Words"


@pytest.mark.parametrize(
    ("reference", "shown"),
    [
        ("<@these *words*@>(@#A@)", "these *words*"),
        ("<@@>(@#A@)", WITHHELD),
        ("<@Title of A@>", WITHHELD),
        ("<@TITLE  of a.@>(@#A@)", WITHHELD),
        ("<@the Title of A, again@>(@Title of A@)", WITHHELD),
        ("<@Nothing known@>", "<@Nothing known@>"),
        ("<@Title of B@>", "<@@>(@#B@)"),
        ("<@this@>(@#B@)", "<@this@>(@#B@)"),
        ("`<@Title of A@>`", f"`{WITHHELD}`"),
        ("```\n<@the Title of A@>(@#A@)\n```", f"```\n{WITHHELD}\n```"),
        ("`<@Title of B@>`", "`<@Title of B@>`"),
    ],
)
def test_a_reference_to_something_withheld_does_not_tell_its_title(reference, shown):
    other = replace(one(), id="B", title="Title of B", summary=f"see {reference}.")
    view = view_of(one(public="No"), other)
    assert view.archive.by_id["B"].summary == f"see {shown}."


def test_a_title_that_is_also_that_of_something_withheld_is_not_told():
    twin = replace(one(public="No"), id="T")
    other = replace(one(), id="B", title="b", summary="<@Title of A@>")
    assert view_of(one(), twin, other).archive.by_id["B"].summary == WITHHELD


def test_back_links_corrections_and_replies_are_those_of_what_is_shown():
    hidden = replace(one(public="No"), id="H", summary="<@@>(@#A@)", part_of="A")
    seen = replace(one(), id="S", title="s", opinion="<@@>(@#A@)", part_of="H")
    errata = (Erratum("A", "2026-03-01", "late"), Erratum("A", "2026-02-01", "early"))
    replies = (AuthorReply("A", "B", "2026-03-01", "late"), AuthorReply("H", "C", "", "hidden"))
    view = view_of(one(), hidden, seen, errata=errata, replies=replies)
    assert [m.entry for m in view.mentions["A"]] == ["S"]
    assert [e.note for e in view.errata["A"]] == ["early", "late"]
    assert {key: len(found) for key, found in view.replies.items()} == {"A": 1}
    assert view.archive.by_id["S"].part_of is None


def test_there_are_no_other_audiences():
    with pytest.raises(InputError, match="no such audience"):
        withhold(PUBLICATION, Archive(()), "everybody")
