"""What any reference must be before it is proposed."""

from hypothesis import given
from hypothesis import strategies as st

from comity.newsletter.importing.proposal import (
    LONGEST_LINE,
    LONGEST_TEXT,
    Proposal,
    cleaned,
    gather,
    versions_of,
)
from comity.newsletter.model.columns import EmailStatus, Publicity
from comity.newsletter.model.entry import Version
from comity.newsletter.model.faults import Kind


def test_a_preprint_and_what_was_published_are_two_versions():
    found = versions_of("10.1000/a", "2101.00001", "Journal of Deals", "2021")
    assert found == (
        Version("preprint", "https://arxiv.org/abs/2101.00001", "arXiv", "2021", "", "2101.00001"),
        Version("published", "https://doi.org/10.1000/a", "Journal of Deals", "2021", "10.1000/a"),
    )


def test_the_doi_of_a_preprint_is_no_second_version():
    (only,) = versions_of("10.48550/arxiv.2101.00001", "2101.00001", "arXiv", "2021")
    assert (only.kind, only.arxiv) == ("preprint", "2101.00001")


def test_the_queue_gets_what_was_read_and_nobody_else_sees_the_abstract():
    versions = versions_of("10.1000/a", "", "Deals", "2021")
    proposal = Proposal("x", "T", "A, B", "Deals", "2021", "https://a.example", "Long.", versions)
    entry = proposal.entry("0123456789", "work000001")
    assert entry.email_status is EmailStatus.PENDING
    assert entry.public is Publicity.BLANK
    assert entry.summary == ""
    assert entry.notes == "Abstract: Long."
    assert proposal.to_work("work000001").versions == versions


def test_without_a_title_it_is_no_proposal():
    reading = gather([Proposal("line 3", " \x00 "), Proposal("line 9", "T")])
    assert [one.title for one in reading.proposals] == ["T"]
    kinds = {fault.kind for fault in reading.faults if fault.place == "line 3"}
    assert kinds == {Kind.NO_TITLE, Kind.BAD_CHARACTERS}


def test_a_wrong_address_gives_way_to_that_of_a_version():
    versions = versions_of("10.1000/a", "", "", "")
    kept, (fault,) = cleaned(Proposal("p", "T", url="javascript:alert(1)", versions=versions))
    assert kept is not None
    assert kept.url == "https://doi.org/10.1000/a"
    assert (fault.kind, fault.found) == (Kind.BAD_ADDRESS, "javascript:alert(1)")


def test_what_is_too_long_is_named():
    kept, faults = cleaned(
        Proposal("p", "t" * (LONGEST_LINE + 1), abstract="a" * (LONGEST_TEXT + 1))
    )
    assert kept is not None
    assert (len(kept.title), kept.abstract) == (LONGEST_LINE, "")
    assert [fault.kind for fault in faults] == [Kind.TOO_LONG, Kind.TOO_LONG]


@given(st.text(), st.text(), st.text())
def test_whatever_comes_the_rest_can_hold_it(title, venue, url):
    kept, faults = cleaned(Proposal("p", title, venue=venue, url=url))
    if kept is None:
        assert Kind.NO_TITLE in {fault.kind for fault in faults}
        return
    for text in (kept.title, kept.venue, kept.url):
        text.encode("utf-8")
        assert text == " ".join(text.split())
        assert not any(ord(c) < 32 for c in text)
    assert kept.url == "" or kept.url.startswith(("http://", "https://"))
