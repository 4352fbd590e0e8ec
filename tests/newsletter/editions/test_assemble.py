"""An issue in reading order: highlights, categories in tree order, responses under articles."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from comity.core.errors import InputError
from comity.newsletter.editions.assemble import assemble, item
from comity.newsletter.model.archive import Archive
from comity.newsletter.model.columns import EmailStatus, Publicity
from comity.newsletter.model.entry import Entry
from comity.newsletter.model.issue import AuthorReply, Erratum
from comity.newsletter.model.withholding import withhold
from newsletter_weekly import ARCHIVE, PUBLICATION

VIEW = withhold(PUBLICATION, ARCHIVE, "public")


def outline(sections):
    return [
        (s.title, s.level, [i.entry.id for i in s.items], outline(s.sections)) for s in sections
    ]


def test_categories_stand_in_the_order_of_the_tree_and_only_where_they_hold_something():
    edition = assemble(VIEW, 12)
    assert edition.label == PUBLICATION.label(12) == "CW #12"
    assert [i.entry.id for i in edition.highlights] == ["BETS"]
    assert outline(edition.sections) == [
        ("Technical", 0, [], [("Learning", 1, ["SLOW", "LINK"], [])]),
        ("Governance", 0, ["TREATY"], []),
        ("Unknown category", 0, ["ODD"], []),
        ("Other", 0, ["NONE"], []),
    ]


def test_an_entry_is_shown_with_all_that_belongs_to_it():
    edition = assemble(VIEW, 12)
    bets = edition.highlights[0]
    assert bets.byline == "Mary Orr*, Charles Babbage* et al."
    assert [r.entry.id for r in bets.responses] == ["ANSWER"]
    slow, link = edition.sections[0].sections[0].items
    assert slow.errata[0].note == "A *third*, not a half."
    assert (link.link_only, link.entry.summary) == (True, "")
    treaty = edition.sections[1].items[0]
    assert treaty.mentions[0].title == "What came later"
    assert treaty.replies[0].name == "Hugo"


def test_an_entry_on_its_own_page_is_whole():
    entry = replace(ARCHIVE.by_id["LINK"], public=Publicity.YES)
    view = withhold(PUBLICATION, Archive((entry,), ARCHIVE.issues), "public")
    shown = view.archive.entries[0]
    assert (item(view, shown).entry.summary, item(view, shown).link_only) == ("", True)
    assert item(view, shown, page=True).entry.summary == "Unseen."


def test_a_link_alone_comes_without_corrections_and_replies():
    errata, replies = (Erratum("LINK", "", "n"),), (AuthorReply("LINK", "A", "", "t"),)
    archive = Archive((ARCHIVE.by_id["LINK"],), ARCHIVE.issues, errata=errata, replies=replies)
    for public, own in ((Publicity.BLANK, ()), (Publicity.YES, errata)):
        entries = (replace(archive.entries[0], public=public, case="river.toml"),)
        view = withhold(PUBLICATION, replace(archive, entries=entries), "public")
        shown = item(view, view.archive.entries[0])
        assert (shown.errata, shown.replies, shown.entry.case) == ((), (), None)
        assert item(view, view.archive.entries[0], page=True).errata == own


def test_only_its_own_page_tells_by_whom_in_its_issue_an_entry_is_mentioned():
    entries = tuple(
        Entry(key, key, issue=number, email_status=EmailStatus.SENT, summary=text)
        for key, number, text in (
            ("A", 1, ""),
            ("SAME", 1, "<@@>(@#A@)"),
            ("LATER", 2, "<@@>(@#A@)"),
        )
    )
    view = withhold(PUBLICATION, Archive(entries), "public")
    assert [m.entry for m in item(view, entries[0]).mentions] == ["LATER"]
    assert [m.entry for m in item(view, entries[0], page=True).mentions] == ["SAME", "LATER"]


def test_an_issue_that_is_not_there_is_named():
    for number in (14, 99):
        with pytest.raises(InputError, match="no such issue to be shown"):
            assemble(VIEW, number)
    assert assemble(withhold(PUBLICATION, ARCHIVE, "preview"), 14).sections == ()


def test_the_editors_see_what_is_withheld_marked():
    edition = assemble(withhold(PUBLICATION, ARCHIVE, "internal"), 12)
    governance = next(s for s in edition.sections if s.title == "Governance")
    assert [(i.entry.id, i.mark) for i in governance.items] == [
        ("TREATY", ""),
        ("SECRET", "not public"),
    ]


def everywhere(edition):
    """Return the ids of all entries of an issue, wherever they stand."""

    def inside(sections):
        for section in sections:
            yield from section.items
            yield from inside(section.sections)

    items = [*edition.highlights, *inside(edition.sections)]
    return [found.entry.id for i in items for found in (i, *i.responses)]


@st.composite
def grouped(draw):
    size = draw(st.integers(1, 7))
    categories = st.sampled_from(["Learning", "Governance", "", "Odd"])
    return tuple(
        Entry(
            f"E{n}",
            "t",
            draw(categories),
            highlight=draw(st.booleans()),
            issue=1,
            email_status=EmailStatus.SENT,
            part_of=draw(st.none() | st.integers(0, size).map("E{}".format)),
        )
        for n in range(size)
    )


@given(grouped())
def test_every_entry_is_shown_once_however_they_are_part_of_one_another(entries):
    edition = assemble(withhold(PUBLICATION, Archive(entries), "public"), 1)
    assert sorted(everywhere(edition)) == [e.id for e in entries]


@given(grouped())
def test_a_highlight_never_stands_under_what_is_none(entries):
    edition = assemble(withhold(PUBLICATION, Archive(entries), "public"), 1)
    shown = {e.id for i in edition.highlights for e in (i.entry, *(r.entry for r in i.responses))}
    assert {e.id for e in entries if e.highlight} <= shown


def test_responses_to_responses_stand_under_the_first_article():
    chain = tuple(
        Entry(f"E{n}", "t", issue=1, part_of=f"E{n - 1}", email_status=EmailStatus.SENT)
        for n in range(2000)
    )
    edition = assemble(withhold(PUBLICATION, Archive(chain[::-1]), "public"), 1)
    (head,) = edition.sections[0].items
    assert head.entry.id == "E0"
    assert len(head.responses) == 1999
