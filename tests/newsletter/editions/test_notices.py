"""Corrections of earlier issues, against a story of a publication told event by event."""

import zipfile
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from comity.newsletter.audio.script import Script
from comity.newsletter.delivery.preferences import reduced
from comity.newsletter.editions.assemble import assemble
from comity.newsletter.editions.build import write_site
from comity.newsletter.editions.download import sheets
from comity.newsletter.editions.email import email
from comity.newsletter.editions.notices import corrections, made, went_out
from comity.newsletter.editions.web.site import Site
from comity.newsletter.languages.translate import texts_of
from comity.newsletter.languages.translated import Paragraph, Sentence, Translated
from comity.newsletter.model.archive import Archive
from comity.newsletter.model.columns import EmailStatus, Publicity
from comity.newsletter.model.issue import Erratum, Issue
from comity.newsletter.model.withholding import withhold
from newsletter_sites import Page
from newsletter_small import ARCHIVE, PUBLICATION, entry

START = datetime(2026, 1, 5, 9, tzinfo=UTC)
NOTE = "It was *forty*, as <@@>(@#LATE@) says."
KEY = "AAAAAAAAAA"


def told(archive, number, audience="public", **options):
    view = withhold(PUBLICATION, archive, audience, **options)
    return [each.erratum.note for each in corrections(view, number)]


# What happens: an issue is sent, something is corrected, or hours go by.
EVENTS = st.lists(
    st.one_of(st.just("send"), st.integers(0, 9), st.just("wait")), min_size=1, max_size=25
)


@given(EVENTS)
def test_each_correction_is_told_once_in_the_next_issue_and_stays_there(events):
    """What is told is written down as it happens, and compared with what is built at the end."""
    now, sent, waiting, kept = START, 0, [], {}
    entries = tuple(
        entry(f"E{n}", f"Title {n}", n, email_status=EmailStatus.SENT) for n in range(1, 27)
    )
    archive = Archive(entries, (Issue(1, created=str(START)),))
    for count, event in enumerate(events):
        now += timedelta(hours=7)
        if event == "send":
            sent += 1
            assert told(archive, sent, sending=sent) == waiting
            assert told(archive, sent, "preview") == waiting
            kept[sent], waiting = waiting, []
            issues = (
                *archive.issues[:-1],
                replace(archive.issues[-1], sent=now.isoformat(), date=now.date().isoformat()),
                Issue(sent + 1, created=now.isoformat()),
            )
            archive = replace(archive, issues=issues)
        elif event != "wait":
            note, number = f"note {count}", event + 1
            erratum = Erratum(f"E{number}", now.date().isoformat(), note, now.isoformat())
            archive = replace(archive, errata=(*archive.errata, erratum))
            if number <= sent:
                waiting.append(note)
    for number, notes in kept.items():
        assert told(archive, number) == notes
    assert told(archive, sent + 1, "preview") == waiting


def dated(number, sent, date="", created="2025-01-01T00:00:00+00:00"):
    return Issue(number, date=date, sent=sent, created=created)


THREE = Archive(
    (entry("A", "First", 1), entry("B", "Second", 2)),
    (
        dated(1, "2026-01-05T09:00:00+00:00", "2026-01-05"),
        dated(2, "2026-01-12T09:00:00+00:00", "2026-01-12"),
        dated(3, "2026-01-19T09:00:00+00:00", "2026-01-19"),
    ),
)


def test_a_correction_of_which_the_day_alone_is_known_was_made_at_its_end():
    for day, number in (("2026-01-05", 2), ("2026-01-11", 2), ("2026-01-12", 3)):
        archive = replace(THREE, errata=(Erratum("A", day, "n"),))
        assert [k for k in (1, 2, 3) if told(archive, k)] == [number]
    assert made(Erratum("A", "", "n")) is None
    nowhere = replace(THREE, errata=(Erratum("A", "some day", "n"),))
    assert not any(told(nowhere, k) for k in (1, 2, 3))


def test_an_earlier_day_on_a_late_correction_hides_it_from_nobody():
    late = Erratum("A", "2026-01-06", "n", "2026-01-15T09:00:00+00:00")
    archive = replace(THREE, errata=(late,))
    assert [k for k in (1, 2, 3) if told(archive, k)] == [3]


def test_what_was_corrected_before_it_was_sent_is_no_news():
    archive = replace(THREE, errata=(Erratum("B", "2026-01-08", "n"),))
    assert not any(told(archive, k) for k in (1, 2, 3))


def test_issues_that_came_by_a_sheet_went_out_on_their_days():
    at_once = "2026-03-01T12:00:00+00:00"
    issues = tuple(dated(k, at_once, f"2026-01-0{k}", at_once) for k in (1, 2, 3))
    assert [went_out(issue).day for issue in issues] == [1, 2, 3]
    archive = replace(THREE, issues=(*issues, Issue(4, created=at_once)))
    new = Erratum("A", "2026-03-01", "n", "2026-03-01T12:00:01+00:00")
    old = Erratum("A", "2026-01-02", "o")
    archive = replace(archive, errata=(new, old))
    shown = {k: told(archive, k, "preview") for k in (1, 2, 3, 4)}
    assert shown == {1: [], 2: [], 3: ["o"], 4: ["n"]}


def test_issues_that_nobody_dated_come_before_the_first_that_is_sent():
    at_once = "2026-03-01T12:00:00+00:00"
    issues = tuple(dated(k, at_once, "", at_once) for k in (1, 2))
    new = Erratum("A", "2026-03-02", "n")
    archive = replace(THREE, issues=(*issues, Issue(3)), errata=(new,))
    assert [k for k in (1, 2, 3) if told(archive, k, "preview")] == [3]


def test_nothing_of_what_is_withheld_is_told():
    errata = (Erratum("A", "2026-01-08", "n"),)
    for changes in (
        {"public": Publicity.NO},
        {"public": Publicity.LINK_ONLY},
        {"public": Publicity.WITH_EDITS},
        {"public": Publicity.BLANK, "email_status": EmailStatus.PENDING},
        {"email_status": EmailStatus.SENT_LINK_ONLY},
        {"email_status": EmailStatus.DO_NOT_SEND},
    ):
        entries = (replace(THREE.entries[0], **changes), THREE.entries[1])
        archive = replace(THREE, entries=entries, errata=errata)
        assert not any(told(archive, k) for k in (1, 2, 3)), changes
    assert told(replace(THREE, errata=errata), 2) == ["n"]


# Every edition of the draft that comes next.
ERRATA = (Erratum(KEY, "2026-11-20", NOTE), Erratum("JJJJJJJJJJ", "2026-11-20", "unseen note"))
NEXT = replace(
    ARCHIVE,
    entries=(
        *(e for e in ARCHIVE.entries if e.issue != 3),
        entry("NEXT", "What is new", 3),
        entry("LATE", "A later count", 2),
    ),
    issues=(
        *ARCHIVE.issues[:2],
        replace(ARCHIVE.issues[2], title="", sent="2026-11-26T09:00:00+00:00", date="2026-11-26"),
    ),
    errata=ERRATA,
)
SHOWN = (
    "Promises that are kept (CW #1) Correction, 20 November 2026: "
    "It was forty, as A later count (CW #2) says."
)


def test_every_edition_of_the_next_issue_tells_it(tmp_path):
    view = withhold(PUBLICATION, NEXT, "public")
    edition = assemble(view, 3)
    paragraph = Paragraph(NOTE, "Eran *cuarenta*.", (Sentence(NOTE, "Eran *cuarenta*."),))
    assert NOTE in texts_of(edition)
    spanish = Translated(edition, "en", "es", "Parrot", "Por una máquina.", {NOTE: (paragraph,)})
    site = tmp_path
    made_of = Site(view, translations={3: (spanish,)})
    write_site(made_of, site, lambda: sheets(view), lambda words, share: None)
    page = (site / "issues/3/index.html").read_text("utf-8")
    assert SHOWN in Page(page).text
    assert f"entries/{KEY}/" in page
    assert "Eran cuarenta." in Page((site / "issues/3/es/index.html").read_text("utf-8")).text
    assert "Corrections" not in Page((site / "issues/2/index.html").read_text("utf-8")).text
    with zipfile.ZipFile(site / "offline.zip") as offline:
        assert SHOWN in Page(offline.read("commons-weekly/issues/3/index.html").decode()).text
    for form in ("rss", "atom"):
        assert "forty" in (site / "feeds" / f"issues.{form}").read_text("utf-8")

    mail = email(view, edition)
    assert SHOWN in Page(mail.html).text
    assert f'href="{PUBLICATION.url}/entries/{KEY}/"' in mail.html
    plain = " ".join(mail.text.split())
    assert "CORRECTIONS =========== Promises that are kept (CW #1)" in plain
    assert "Correction, 20 November 2026: It was *forty*, as A later count" in plain
    for made_of, wording in ((edition, "It was forty"), (spanish.spoken, "Eran cuarenta")):
        blocks = Script(view, made_of).blocks
        (start,) = (n for n, b in enumerate(blocks) if b.chapter == "Corrections of earlier issues")
        said = " ".join(block.shown for block in blocks[start:])
        assert wording in said
        assert "Promises that are kept, from issue 1" in said
    assert all("unseen" not in text for text in (page, mail.html, mail.text))


def test_an_issue_without_any_says_nothing_of_them():
    view = withhold(PUBLICATION, replace(NEXT, errata=()), "public")
    edition = assemble(view, 3)
    mail = email(view, edition)
    assert edition.corrections == ()
    assert "orrection" not in mail.html.split("</style>")[1]
    assert "CORRECTION" not in mail.text
    assert all("orrection" not in block.shown for block in Script(view, edition).blocks)


def test_whoever_leaves_out_a_category_is_spared_its_corrections():
    edition = assemble(withhold(PUBLICATION, NEXT, "public"), 3)
    assert reduced(edition, {"Contracts"}).corrections == ()
    assert reduced(edition, {"Voting"}).corrections == edition.corrections != ()


def test_a_preview_tells_no_correction_that_the_mail_leaves_out():
    undecided = entry("B", "Second", 1, public=Publicity.WITH_EDITS)
    entries = (entry("A", "First", 1), undecided)
    notes = tuple(Erratum(key, "2026-01-06", f"Of {key}.") for key in "AB")
    issues = (dated(1, "2026-01-05T09:00:00+00:00"), dated(2, ""))
    archive = Archive(entries, issues, errata=notes)
    assert told(archive, 2, sending=2) == told(archive, 2, "preview") == ["Of A."]
    assert told(archive, 2, "internal") == ["Of A.", "Of B."]
