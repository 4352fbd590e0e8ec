"""A small publication that shows everything an issue can hold."""

from comity.newsletter.model.archive import Archive
from comity.newsletter.model.columns import EmailStatus, Publicity
from comity.newsletter.model.entry import Entry
from comity.newsletter.model.issue import AuthorReply, Erratum, Issue
from comity.newsletter.model.publication import Category, Publication

SENT = "2026-01-01T00:00:00+00:00"
PUBLICATION = Publication(
    "Cooperation Weekly",
    "CW",
    url="https://weekly.example",
    description="What we read on how agents come to cooperate.",
    editor="Ada Lovelace",
    disclaimer="*I write this in my own name.*",
    feedback="Or write to [us](mailto:us@weekly.example).",
    licence="CC BY 4.0",
    categories=(
        Category("Technical", (Category("Learning"), Category("Bargaining"))),
        Category("Governance"),
        Category("Empty", (Category("Also empty"),)),
    ),
    aliases={"C. Babbage": "Charles Babbage"},
)

SUMMARY = """\
Two agents *disagree* about $x_i$ and $y_i$; see <@common ground@>(@#GROUND@).

- **Bets**: let each keep what it thinks likely,
  - as [many do](https://example.org/many?a=1&b=2).
- Nothing.

The effect is large[^1].

[^1]: Cohen's *d* of 0.9."""


def entry(key, title, category, issue=12, **cells):
    """Return an entry that was sent, with words in every cell that is not given."""
    fixed = {
        "url": f"https://example.org/{key}",
        "authors": "Mary Orr",
        "summarizer": "Ada Lovelace",
        "summary": f"Summary of {key}.",
        "email": f"CW #{issue}",
        "email_status": EmailStatus.SENT,
    }
    return Entry(key, title, category, issue=issue, **(fixed | cells))


ENTRIES = (
    entry("GROUND", "Common ground", "Governance", 3),
    entry("TREATY", "Two treaties <compared> & judged", "Governance",
          venue="Treaties", year="1625"),
    entry(
        "BETS",
        "Bargaining with different beliefs: who bets on what?",
        "Bargaining",
        authors="Mary Orr*, C. Babbage*, Emmy Noether",
        venue="NeurIPS",
        year="2025",
        hat_tip="Grace Hopper",
        summary=SUMMARY,
        opinion="I like <@@>(@#GROUND@) more.",
        prerequisites="<@@>(@#GROUND@)",
        read_more="[Talk](https://example.org/talk), https://example.org/paper.pdf",
        highlight=True,
        case="river.toml",
    ),
    entry("ANSWER", "Betting is not bargaining", "Bargaining", part_of="BETS"),
    entry("SLOW", "Learning from hesitation", "learning ", summarizer="Ada and C. Babbage",
          opinion="- A list\n- of opinions"),
    entry("LINK", "A survey", "Learning",
          email_status=EmailStatus.SENT_LINK_ONLY, summary="Unseen."),
    entry("ODD", "Of another kind", "Unknown category"),
    entry("NONE", "Of no kind", ""),
    entry("SECRET", "Withheld title", "Governance", public=Publicity.NO, summary="Unsaid."),
    entry("LATER", "What came later", "Governance", 13, summary="As in <@@>(@#TREATY@)."),
)  # fmt: skip

ARCHIVE = Archive(
    ENTRIES,
    (
        Issue(3, sent=SENT),
        Issue(12, "Bets and bargains", "2026-11-26", "A *short* issue.", "Write for us.", SENT),
        Issue(13, sent=SENT),
        Issue(14),
    ),
    errata=(Erratum("SLOW", "2026-12-03", "A *third*, not a half."),),
    replies=(AuthorReply("TREATY", "Hugo", "2026-12-01", "Thank you.\n\nI disagree <b>."),),
)
