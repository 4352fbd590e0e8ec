from comity.newsletter.model.archive import Archive
from comity.newsletter.model.entry import Entry
from comity.newsletter.model.issue import Issue

ARCHIVE = Archive(
    (Entry("B", "b", issue=2), Entry("A", "a", issue=1), Entry("C", "c"), Entry("D", "d", issue=2)),
    (Issue(2), Issue(1)),
)


def test_entries_are_found_by_id_and_by_issue_in_the_order_of_the_sheet():
    assert ARCHIVE.by_id["C"].title == "c"
    assert {n: [e.id for e in found] for n, found in ARCHIVE.by_issue.items()} == {
        2: ["B", "D"],
        1: ["A"],
    }


def test_issues_are_found_by_number():
    assert ARCHIVE.issue(1) == Issue(1)
    assert ARCHIVE.issue(3) is None
