"""A small publication that shows every feature, for tests of its editions."""

import json
from dataclasses import replace

from comity.newsletter.model.archive import Archive
from comity.newsletter.model.columns import EmailStatus, Publicity
from comity.newsletter.model.entry import Entry, Version, Work
from comity.newsletter.model.issue import Audio, AuthorReply, Erratum, Issue
from comity.newsletter.model.publication import Category, Publication
from comity.newsletter.model.withholding import withhold

SENT = EmailStatus.SENT
URL = "https://commons.example.org/news"

PUBLICATION = Publication(
    name="Commons Weekly",
    short="CW",
    url=URL,
    description="What is new on how people and machines cooperate, read and judged every week.",
    editor="Ada Lovelace",
    address="editor@example.org",
    licence="CC-BY-4.0",
    resources="https://example.org/resources",
    disclaimer="Opinions are *mine alone*, not those of my employer.",
    feedback="Tell us what is missing, [anything](https://example.org/form) at all.",
    categories=(
        Category("Commitment", (Category("Contracts"), Category("Reputation"))),
        Category("Communication"),
        Category("Institutions & rules", (Category("Voting", (Category("Approval voting"),)),)),
    ),
    aliases={"A. Lovelace": "Ada Lovelace"},
    translations=("es",),
)


def entry(key, title, issue, category="Communication", **fields):
    """An entry that was sent and is public, unless the fields say otherwise."""
    fields = {
        "url": f"https://example.org/{key.lower()}",
        "authors": "Mary Somerville, Charles Babbage, Grace Hopper",
        "venue": "Journal of Cooperation",
        "year": "2020",
        "summarizer": "Ada Lovelace",
        "email": f"CW #{issue}" if issue else "",
        "email_status": SENT if issue else EmailStatus.DO_NOT_SEND,
        "public": Publicity.YES,
        **fields,
    }
    return Entry(key, title, category, issue=issue, **fields)


ENTRIES = (
    entry(
        "AAAAAAAAAA",
        "Promises that are kept",
        1,
        "Contracts",
        summary="People keep promises **more often** than theory says.\n\n- first, in the lab\n"
        "- then, in *markets*\n\nThe share is $p^2$ and the rest $1 - p^2$.[^1]\n\n"
        "[^1]: Both rest on 40 pairs.",
        opinion="This is the most careful study so far. See <https://example.org/data>.",
        prerequisites="A course in game theory.",
        read_more="[The data](https://example.org/data), [slides](https://example.org/slides)",
        highlight=True,
        hat_tip="Emmy Noether",
        topics=("trust", "promises"),
        work="W1",
        case="river.toml",
    ),
    entry(
        "BBBBBBBBBB",
        'Cheap talk & "costly" <signals>',
        1,
        authors="Mary Somerville",
        summary="A replication of <@@>(@#AAAAAAAAAA@) with `code` and a quotation:\n\n"
        "> Words are cheap.\n\n```\npayoff = 3\n```\n\n"
        "| Who talks | Payoff | |\n|---|--:|:-:|\n| nobody | 3 | ~~no~~ |\n| all | 4 | $p$ | so |",
        hat_tip="[Emmy](https://example.org/emmy)",
        summarizer="A. Lovelace and Charles Babbage",
        opinion="I am [not convinced](https://example.org/why?a=1&b=2).",
        topics=("trust",),
    ),
    entry(
        "CCCCCCCCCC",
        "A response to cheap talk",
        1,
        part_of="BBBBBBBBBB",
        authors="Mary Somerville*, Charles Babbage*, Grace Hopper",
        summary="The authors <@answer@>(@#BBBBBBBBBB@).",
    ),
    entry("DDDDDDDDDD", "A link and nothing more", 1, "Reputation", public=Publicity.LINK_ONLY,
          summary="unseen summary", opinion="unseen opinion"),
    entry("EEEEEEEEEE", "投票与合作：一个实验", 2, "Approval voting", year="2019-2021",
          authors="李雷",
          summary="一个关于投票的实验。It refers to <@the first@>(@#AAAAAAAAAA@).", highlight=True),
    entry("FFFFFFFFFF", "Linked in the mail alone", 2, "Voting", summary="Its own page has this.",
          email_status=EmailStatus.SENT_LINK_ONLY),
    entry("GGGGGGGGGG", "Never sent but in the sheet", None, "Unheard of",
          summary="It is in the sheet alone.", url="", venue="", authors=""),
    entry("HHHHHHHHHH", "In the draft", 3, email_status=EmailStatus.PENDING,
          summary="unseen draft summary"),
    entry("JJJJJJJJJJ", "Unseen title", 2, public=Publicity.NO, summary="unseen text"),
    entry("KKKKKKKKKK", "Bare", 2, authors="", venue="", year="", summarizer="",
          url="javascript:x"),
)  # fmt: skip

ARCHIVE = Archive(
    entries=tuple(replace(e, position=n, notes="unseen note") for n, e in enumerate(ENTRIES)),
    issues=(
        Issue(1, "Promises", "2026-11-05", sent="2026-11-05T09:00:00+00:00",
              created="2026-11-01T00:00:00+00:00", audio=Audio("audio/1.mp3", 12_345, 154.2),
              opening="Welcome to the *first* issue."),
        Issue(2, "", "2026-11-12", sent="2026-11-12T09:00:00+00:00",
              created="2026-11-08T00:00:00+00:00", closing="See you next week."),
        Issue(3, "Unseen draft", created="2026-11-15T00:00:00+00:00"),
    ),
    works=(
        Work("W1", "Promises that are kept", "Mary Somerville", (
            Version("preprint", "https://arxiv.example.org/1", "arXiv", "2019", arxiv="1901.00001"),
            Version("published", "", "Journal", "2020", doi="10.1000/xyz"),
        )),
    ),
    errata=(Erratum("AAAAAAAAAA", "2026-11-20", "There were 40 pairs, *not 41*."),),
    replies=(
        AuthorReply("BBBBBBBBBB", "Mary Somerville", "2026-11-09", "Thank you.\n\nWe agree."),
    ),
)  # fmt: skip

VTT = "WEBVTT\n\n00:00.000 --> 00:02.000\nWelcome\n\n00:02.000 --> 00:05.500\nPromises &amp; talk\n"
CHAPTERS = {
    "version": "1.2.0",
    "chapters": [
        {"startTime": 0, "title": "Welcome"},
        {"startTime": 62.5, "title": "Promises that are kept"},
    ],
}


def view(audience="public"):
    """The publication as an audience sees it."""
    return withhold(PUBLICATION, ARCHIVE, audience)


def put_recordings(site):
    """Put a recording of the first issue into a folder, as the command for audio does."""
    audio = site / "audio"
    audio.mkdir(parents=True, exist_ok=True)
    (audio / "1.mp3").write_bytes(b"ID3 not really")
    (audio / "1.vtt").write_text(VTT, encoding="utf-8")
    (audio / "1.chapters.json").write_text(json.dumps(CHAPTERS), encoding="utf-8")


def translated(audience="public"):
    """The first issue in Spanish, as if a machine had made it."""
    from comity.newsletter.editions.assemble import assemble
    from comity.newsletter.languages.translated import Paragraph, Sentence, Translated

    edition = assemble(view(audience), 1)
    opening = Paragraph(
        edition.issue.opening,
        "Bienvenidos al *primer* número.",
        (Sentence(edition.issue.opening, "Bienvenidos al *primer* número."),),
    )
    text = ENTRIES[1].opinion
    refused = Paragraph(text, text, (Sentence(text, reasons=("a denial is lost",)),))
    mark = "Traducido por una máquina."
    texts = {edition.issue.opening: (opening,), text: (refused,)}
    return Translated(edition, "en", "es", "Parrot 1.0", mark, texts)


def settings(publication=PUBLICATION):
    """What `publication.toml` says of a publication, in JSON, which its strings share with TOML."""
    names = ("name", "short", "url", "language", "description", "editor", "address", "licence")
    lines = [
        f"{name} = {json.dumps(getattr(publication, name), ensure_ascii=False)}"
        for name in (*names, "resources", "disclaimer", "feedback")
    ]
    inside = ", ".join(map(_category, publication.categories))
    aliases = ", ".join(
        f"{json.dumps(k)} = {json.dumps(v)}" for k, v in publication.aliases.items()
    )
    return "\n".join([*lines, f"categories = [{inside}]", f"aliases = {{ {aliases} }}", ""])


def _category(category):
    inside = ", ".join(map(_category, category.children))
    return f"{{ name = {json.dumps(category.name, ensure_ascii=False)}, inside = [{inside}] }}"


def put_publication(folder, publication=PUBLICATION, archive=ARCHIVE, cases=()):
    """Make a publication's folder, with its settings, database and Cases."""
    from comity.core.database import transaction
    from comity.newsletter.store import store

    folder.mkdir(parents=True, exist_ok=True)
    (folder / "publication.toml").write_text(settings(publication), encoding="utf-8")
    (folder / "cases").mkdir()
    for case in cases:
        (folder / "cases" / case.name).write_bytes(case.read_bytes())
    kept = store.Store.open(folder)
    with transaction(kept.engine, writes=True) as connection:
        store.write_entries(connection, archive.entries)
        store.write_issues(connection, archive.issues)
        store.write_works(connection, archive.works)
    for erratum in archive.errata:
        kept.add_erratum(erratum)
    for reply in archive.replies:
        kept.add_reply(reply)
    kept.close()
    return folder
