"""Issues: what is put in, taken out and moved, and own words that two editors change."""

from dataclasses import replace

import pytest

from comity.core.errors import InputError
from comity.core.web.failures import Denied
from comity.newsletter.desk import composing
from comity.newsletter.editions.assemble import assemble
from comity.newsletter.model.columns import EmailStatus
from comity.newsletter.model.entry import Entry
from comity.newsletter.model.withholding import withhold
from comity.newsletter.store.store import Store
from comity.newsletter.text.titles import Titles
from newsletter_small import PUBLICATION


@pytest.fixture
def store(folder):
    store = Store.open(folder)
    yield store
    store.close()


def titles(store) -> Titles:
    return Titles.of(store.load().entries)


def shown(store, number: int) -> list[str]:
    """Ids in the reading order of an edition."""

    def within(section) -> list[str]:
        inner = [name for inside in section.sections for name in within(inside)]
        return [item.entry.id for item in section.items] + inner

    edition = assemble(withhold(PUBLICATION, store.load(), "preview"), number)
    own = [item.entry.id for item in edition.highlights]
    return own + [name for section in edition.sections for name in within(section)]


def test_what_is_put_in_is_in_the_edition_and_what_is_taken_out_is_not(store):
    composing.include(store, 3, ["MMMMMMMMMM", "NNNNNNNNNN", "MMMMMMMMMM"], "CW #3")
    assert shown(store, 3) == ["HHHHHHHHHH", "MMMMMMMMMM", "NNNNNNNNNN"]
    entry = store.load().by_id["MMMMMMMMMM"]
    assert (entry.issue, entry.email, entry.email_status) == (3, "CW #3", EmailStatus.PENDING)
    composing.exclude(store, 3, "MMMMMMMMMM")
    assert shown(store, 3) == ["HHHHHHHHHH", "NNNNNNNNNN"]
    entry = store.load().by_id["MMMMMMMMMM"]
    assert (entry.issue, entry.email, entry.email_status) == (None, "", EmailStatus.PENDING)


def test_moving_changes_the_edition_and_nothing_else(store):
    composing.include(store, 3, ["MMMMMMMMMM", "NNNNNNNNNN"], "CW #3")
    before = {e.id: replace(e, position=0) for e in store.load().entries}
    composing.move(store, 3, "NNNNNNNNNN", -1)
    assert shown(store, 3) == ["HHHHHHHHHH", "NNNNNNNNNN", "MMMMMMMMMM"]
    composing.move(store, 3, "NNNNNNNNNN", -1)
    composing.move(store, 3, "MMMMMMMMMM", 1)
    assert shown(store, 3) == ["HHHHHHHHHH", "NNNNNNNNNN", "MMMMMMMMMM"]
    composing.move(store, 3, "NNNNNNNNNN", 1)
    assert shown(store, 3) == ["HHHHHHHHHH", "MMMMMMMMMM", "NNNNNNNNNN"]
    archive = store.load()
    assert {e.id: replace(e, position=0) for e in archive.entries} == before
    assert len({e.position for e in archive.entries}) == len(archive.entries)


def test_what_was_sent_stays(store):
    before = store.load()
    for change in (
        lambda: composing.include(store, 1, ["MMMMMMMMMM"], "CW #1"),
        lambda: composing.exclude(store, 1, "AAAAAAAAAA"),
    ):
        with pytest.raises(InputError, match="has been sent"):
            change()
    assert store.load() == before


def test_entries_of_other_issues_are_not_touched(store):
    before = store.load()
    composing.exclude(store, 3, "AAAAAAAAAA")
    with pytest.raises(Denied):
        composing.move(store, 3, "AAAAAAAAAA", 1)
    with pytest.raises(Denied):
        composing.include(store, 3, ["QQQQQQQQQQ"], "CW #3")
    assert store.load() == before


def test_beginning_a_draft(store):
    issue = composing.begin(store, 4, "  Fresh   start ")
    assert issue.is_draft
    assert store.load().issue(4) == issue
    assert issue.title == "Fresh start"
    for number in (4, -1, 10**6):
        with pytest.raises(InputError):
            composing.begin(store, number, "")


def test_own_words_are_merged_field_by_field(store):
    names = titles(store)
    before = composing.issue_form(store.load().issue(3), names)
    first = {**before, "opening": "After <@Bare@>."}
    assert composing.store_issue(store, 3, before, first, names).done
    assert store.load().issue(3).opening == "After <@@>(@#KKKKKKKKKK@)."
    second = composing.store_issue(store, 3, before, {**before, "date": "2026-12-01"}, names)
    assert second.done
    third = composing.store_issue(store, 3, before, {**before, "opening": "Mine."}, names)
    assert not third.done
    assert third.merged.conflicts == {"opening": "After <@Bare@>."}
    issue = store.load().issue(3)
    assert (issue.opening, issue.date) == ("After <@@>(@#KKKKKKKKKK@).", "2026-12-01")


def test_what_is_no_day_is_refused(store):
    before = composing.issue_form(store.load().issue(3), titles(store))
    with pytest.raises(InputError, match="not a day"):
        composing.store_issue(store, 3, before, {**before, "date": "soon"}, titles(store))


def test_neighbours_are_those_of_one_heading():
    entries = [
        Entry("a", "A", "X", issue=1, rating=10, email_status=EmailStatus.SENT),
        Entry("b", "B", "Y", issue=1, highlight=True, email_status=EmailStatus.SENT),
        Entry("c", "C", "X", issue=1, email_status=EmailStatus.SENT),
        Entry("d", "D", "X", issue=1, email_status=EmailStatus.DO_NOT_SEND),
    ]
    assert composing.neighbours(entries, entries[0]) == entries[:2]
    assert composing.neighbours(entries, entries[2]) == entries[2:3]
