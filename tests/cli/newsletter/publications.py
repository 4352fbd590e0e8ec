"""A publication for the commands on issues: one issue sent, two entries pending."""

from comity.newsletter.model.columns import EmailStatus, Publicity
from comity.newsletter.model.entry import Entry
from comity.newsletter.model.issue import Issue
from comity.newsletter.store.store import Store

SETTINGS = 'name = "Weekly"\nshort = "W"\nurl = "https://w.example"\ncategories = ["Games"]\n'
SENT = Entry(
    "TRUST",
    "Trust",
    "Games",
    summarizer="Ada",
    summary="Words.",
    issue=1,
    email="W #1",
    email_status=EmailStatus.SENT,
    notes="A secret note",
)
PENDING = Entry(
    "PLAY",
    "Play",
    "Games",
    summarizer="Ada",
    summary="After <@@>(@#TRUST@).",
    email_status=EmailStatus.PENDING,
    public=Publicity.YES,
    rating=10,
    position=1,
)


def publication(folder, *more):
    """Make a publication in a folder, with more entries if need be."""
    (folder / "publication.toml").write_text(SETTINGS)
    store = Store.open(folder)
    store.save_issue(Issue(1, date="2026-11-19", sent="2026-11-19T10:00:00+00:00"))
    store.save_entries([SENT, PENDING, *more])
    return store
