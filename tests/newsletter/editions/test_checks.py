"""Every fault that keeps an issue from going out is found, with its place."""

from dataclasses import replace

import pytest

from comity.core.errors import InputError
from comity.newsletter.editions.checks import Check, faults_that_stop
from comity.newsletter.model.archive import Archive
from comity.newsletter.model.columns import EmailStatus, Publicity
from comity.newsletter.model.entry import TEXTS, Entry
from comity.newsletter.model.faults import Kind
from comity.newsletter.model.issue import Erratum, Issue
from comity.newsletter.model.withholding import withhold
from comity.newsletter.sheets.cells import Cell
from newsletter_weekly import ARCHIVE, PUBLICATION, entry

ISSUES = (
    Issue(1, sent="2026-01-01T00:00:00+00:00"),
    Issue(2, sent="2026-01-08T00:00:00+00:00"),
    Issue(3),
)
EARLY, LATE = entry("EARLY", "Early", "Governance", 1), entry("LATE", "Late", "Governance", 2)


def pending(key, title, **cells):
    fixed = {"email_status": EmailStatus.PENDING, "public": Publicity.YES}
    return entry(key, title, "Governance", 3, **(fixed | cells))


def faults_of(number, *entries, **archive):
    return Check(PUBLICATION, Archive(entries, ISSUES, **archive)).issue(number)


def told(faults):
    return [(fault.kind, fault.place, fault.found) for fault in faults]


def test_a_sound_issue_has_no_faults():
    check = Check(PUBLICATION, ARCHIVE)
    assert check.issue(3) == check.issue(13) == ()
    assert {fault.entry for fault in check.issue(12)} == {"ODD", "NONE"}  # by their category


@pytest.mark.parametrize(
    ("text", "kind", "found"),
    [
        ("<@Nowhere to be found@>", Kind.UNRESOLVED_REFERENCE, "Nowhere to be found"),
        ("<@Twins@>", Kind.AMBIGUOUS_REFERENCE, "Twins"),
        ("<@Late@>", Kind.LATER_REFERENCE, "Late"),
        ("<@x@>(@#LATE@)", Kind.LATER_REFERENCE, "Late"),
        ("<@Waiting@>", Kind.LATER_REFERENCE, "Waiting"),
        ("<@In the draft@>", Kind.LATER_REFERENCE, "In the draft"),
        ("<@Hidden@>", Kind.WITHHELD_REFERENCE, "Hidden"),
        ("<@To be edited@>", Kind.WITHHELD_REFERENCE, "To be edited"),
        ("<@Early", Kind.BROKEN_REFERENCE, "<@Early"),
        ("<@Early@> <@early.@> <@it@>(@Early@) <@Outside@>", None, ""),
    ],
)
@pytest.mark.parametrize("part", ["summary", "opinion", "prerequisites", "read_more"])
def test_each_fault_of_a_reference_is_named_with_its_place(text, kind, found, part):
    source = entry("SOURCE", "The source", "Governance", 1, **{part: text})
    others = (
        EARLY,
        LATE,
        entry("T1", "Twins", "Governance", 1),
        entry("T2", "Twins", "Governance", 1),
        entry("H", "Hidden", "Governance", 1, public=Publicity.NO),
        entry("W", "To be edited", "Governance", 1, public=Publicity.WITH_EDITS),
        Entry("P", "Waiting", email_status=EmailStatus.PENDING, public=Publicity.YES),
        pending("D", "In the draft"),
        Entry("O", "Outside", email_status=EmailStatus.NOT_APPLICABLE, public=Publicity.YES),
    )
    place = f'issue 1, "The source", {part.replace("_", " ")}'
    expected = [] if kind is None else [(kind, place, found)]
    faults = [f for f in faults_of(1, source, *others) if f.kind is not Kind.HELD_BACK]
    assert told(faults) == expected
    assert {fault.entry for fault in faults} <= {"SOURCE"}


def test_within_a_draft_entries_may_refer_to_each_other():
    draft = pending("A", "First", summary="<@Second@> <@Early@>"), pending("B", "Second")
    assert faults_of(3, EARLY, *draft) == ()


def test_an_entry_that_is_not_public_may_refer_to_others_that_are_not():
    hidden = {"public": Publicity.NO}
    draft = pending("A", "First", summary="<@Second@>", **hidden), pending("B", "Second", **hidden)
    assert faults_of(3, *draft) == ()


@pytest.mark.parametrize(
    ("public", "reason"),
    [
        (Publicity.WITH_EDITS, "it is to be public only after edits"),
        (Publicity.BLANK, "nobody has decided whether it is public"),
    ],
)
def test_what_nobody_has_released_keeps_a_draft_from_being_sent(public, reason):
    (fault,) = faults_of(3, pending("A", "First", public=public))
    assert (fault.kind, fault.reason) == (Kind.BLOCKED, reason)
    assert faults_that_stop([fault]) == (fault,)
    unfinished = replace(EARLY, public=public, email_status=EmailStatus.BLANK)
    (late,) = faults_of(1, unfinished)  # what was sent is sent, but readers miss it
    assert (late.kind, late.place) == (Kind.HELD_BACK, 'issue 1, "Early", Public?')
    assert reason in late.reason
    assert faults_that_stop([late]) == ()


def test_what_was_sent_is_decided_unless_it_says_otherwise():
    assert faults_of(1, replace(EARLY, public=Publicity.BLANK)) == ()
    for public in (Publicity.YES, Publicity.NO, Publicity.LINK_ONLY):
        assert faults_of(1, replace(EARLY, public=public)) == ()


def test_what_waits_for_an_issue_that_was_sent_is_told():
    (fault,) = faults_of(1, EARLY, replace(LATE, issue=1, email_status=EmailStatus.PENDING))
    assert (fault.kind, fault.place) == (Kind.LATE_ENTRY, 'issue 1, "Late", Email status')
    assert not fault.advises


@pytest.mark.parametrize("status", [EmailStatus.SENT, EmailStatus.SENT_LINK_ONLY])
@pytest.mark.parametrize("email", ["", "N/A", " - "])
def test_what_was_sent_in_no_issue_is_told(status, email):
    lost = replace(LATE, issue=None, email=email, email_status=status)
    (fault,) = Check(PUBLICATION, Archive((lost,))).everything()
    assert (fault.kind, fault.place) == (Kind.SENT_NOWHERE, '"Late", Email')
    assert fault.advises


@pytest.mark.parametrize("text", ["<@Early@>", "<@this@>(@early.@)", "<@@>(@#EARLY@)"])
def test_a_reference_to_itself_is_told_and_stops_nothing(text):
    early = replace(EARLY, summary=text)
    errata = (Erratum("EARLY", "2026-02-01", text),)  # a correction may name what it corrects
    archive = Archive((early,), ISSUES, errata=errata)
    check = Check(PUBLICATION, archive)
    assert told(check.issue(1)) == [(Kind.SELF_REFERENCE, 'issue 1, "Early", summary', "")]
    assert check.stopping(withhold(PUBLICATION, archive, "public")) == ()
    (fault,) = faults_of(1, replace(EARLY, part_of="EARLY"))
    assert (fault.kind, fault.column) == (Kind.SELF_REFERENCE, "Part of")


def test_what_is_shown_turned_around_is_not_sent():
    (fault,) = faults_of(3, pending("A", "First", authors="Ada \u202eecalevoL"))
    assert (fault.kind, fault.column) == (Kind.TURNED, "Authors")
    assert faults_that_stop([fault]) == (fault,)
    (fault,) = faults_of(3, pending("A", "First", authors="Ada\u200b Lovelace"))
    assert (fault.kind, fault.advises) == (Kind.INVISIBLE, True)
    assert faults_that_stop([fault]) == ()


def test_an_entry_whose_status_nobody_can_read_keeps_its_issue_from_being_sent():
    out = replace(pending("A", "First"), email_status=EmailStatus.DO_NOT_SEND)
    cells = {("A", "email_status"): Cell("Sennd")}
    archive = Archive((out, pending("B", "Second")), ISSUES)
    (fault,) = Check(PUBLICATION, archive, cells).issue(3)
    assert (fault.kind, fault.found) == (Kind.UNKNOWN_WORD, "Sennd")
    assert faults_that_stop([fault]) == (fault,)
    assert len(Check(PUBLICATION, archive, cells).everything()) == 1
    assert Check(PUBLICATION, archive).issue(3) == ()


def test_an_issue_s_own_texts_and_corrections_are_read():
    issue = Issue(1, opening="<@Late@>", closing="<@open", sent="2026")
    hidden = entry("H", "Hidden", "Governance", 2, public=Publicity.NO)
    errata = (Erratum("EARLY", "2026-02-01", "<@Late@> <@Nobody@> <@Hidden@>"),)
    check = Check(PUBLICATION, Archive((EARLY, LATE, hidden), (issue, ISSUES[1]), errata=errata))
    correction = 'issue 1, "Early", erratum of 2026-02-01'
    assert told(check.issue(1)) == [
        (Kind.LATER_REFERENCE, "issue 1, opening", "Late"),
        (Kind.BROKEN_REFERENCE, "issue 1, closing", "<@open"),
        (Kind.UNRESOLVED_REFERENCE, correction, "Nobody"),  # it may tell what came later
        (Kind.WITHHELD_REFERENCE, correction, "Hidden"),
    ]


def test_what_markup_does_not_do_is_told():
    (fault,) = faults_of(1, replace(EARLY, summary="[a](javascript:alert(1))"))
    assert fault.kind is Kind.BAD_MARKUP
    assert faults_that_stop([fault]) == ()


def test_an_empty_draft_is_not_sent():
    assert [fault.kind for fault in faults_of(3)] == [Kind.BLOCKED]


def test_a_mail_that_would_be_clipped_is_told_with_its_size():
    (fault,) = faults_of(3, pending("A", "First", **dict.fromkeys(TEXTS, "word " * 5_600)))
    assert fault.kind is Kind.TOO_LONG
    assert 108 <= int(fault.found.removesuffix(" KB")) <= 130
    assert faults_that_stop([fault]) == ()


def test_an_unknown_issue_is_refused():
    with pytest.raises(InputError, match="no such issue"):
        faults_of(99)


def test_everything_is_checked_at_once():
    cells = {
        "email": "",
        "email_status": EmailStatus.NOT_APPLICABLE,
        "summary": "<@Nobody@>",
        "public": Publicity.YES,
    }
    outside = entry("O", "Outside", "Governance", None, **cells)
    late = replace(LATE, summary="<@Nobody@>")
    faults = Check(PUBLICATION, Archive((EARLY, late, outside), ISSUES[:2])).everything()
    assert [fault.place for fault in faults] == ['issue 2, "Late", summary', '"Outside", summary']


def test_a_build_stops_at_what_its_readers_would_see():
    hidden = replace(EARLY, summary="<@Nobody@>", public=Publicity.NO)
    link = replace(EARLY, id="L", title="l", summary="<@Nobody@>", public=Publicity.LINK_ONLY)
    seen = replace(LATE, summary="<@Nobody@> <@Nobody else@>")
    archive = Archive((hidden, link, seen), ISSUES)
    check = Check(PUBLICATION, archive)
    faults = check.stopping(withhold(PUBLICATION, archive, "public"))
    assert [fault.entry for fault in faults] == ["LATE", "LATE"]


def test_a_withheld_title_that_somebody_types_is_named_and_stops_nothing():
    title = "A secret between friends"
    secret = entry("SECRET", title, "Governance", 1, public=Publicity.NO)
    typed = pending("TYPED", "Typed", summary=f"Like *{title.upper()}*, but open.")
    marked = pending("MARKED", "Marked", summary="Like <@it@>(@#SECRET@).")
    own = pending("OWN", "Own", public=Publicity.LINK_ONLY, summary=f"Like {title}.")
    archive = Archive((secret, typed, own), (*ISSUES[:2], Issue(3, opening=f"Read {title}!")))
    faults = Check(PUBLICATION, archive).issue(3)
    assert told(faults) == [
        (Kind.WITHHELD_TITLE, "issue 3, opening", title),
        (Kind.WITHHELD_TITLE, 'issue 3, "Typed", summary', title),
    ]
    assert not faults_that_stop(faults)
    assert not Check(PUBLICATION, archive).stopping(withhold(PUBLICATION, archive, "preview"))
    kinds = {fault.kind for fault in faults_of(3, secret, marked)}
    assert kinds == {Kind.WITHHELD_REFERENCE}


def test_a_title_that_is_public_as_well_tells_nothing():
    title = "A secret between friends"
    secret = entry("SECRET", title, "Governance", 1, public=Publicity.NO)
    open_one = entry("OPEN", title, "Governance", 1)
    typed = pending("TYPED", "Typed", summary=f"Like {title}, but open.")
    assert faults_of(3, secret, open_one, typed) == ()


def test_a_text_that_is_too_long_for_markdown_is_told():
    long = pending("LONG", "Long", summary="words " * 9_000)
    (fault,) = (f for f in faults_of(3, long) if f.kind is Kind.BAD_MARKUP)
    assert fault.place == 'issue 3, "Long", summary'
    assert "50,000 characters" in fault.reason


def test_what_waits_together_is_sent_together():
    draft = pending("D", "In the draft")
    base = replace(pending("BASE", "The base"), issue=None)
    text = "<@The base@> <@In the draft@>"
    source = replace(base, id="SOURCE", title="The source", prerequisites=text)
    check = Check(PUBLICATION, Archive((base, source, draft), ISSUES))
    assert check.references(source) == ()
    hidden = replace(base, public=Publicity.NO)
    check = Check(PUBLICATION, Archive((hidden, source, draft), ISSUES))
    assert [fault.kind for fault in check.references(source)] == [Kind.WITHHELD_REFERENCE]
