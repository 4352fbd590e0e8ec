"""Print the tables of columns and settings that docs/reference/newsletter-data.md shows.

.venv/bin/python docs/_newsletter.py
"""

from __future__ import annotations

from dataclasses import MISSING, Field, fields
from typing import Any

from comity.newsletter.model.columns import EDITOR_FORM, KNOWN, OPTIONAL, PUBLIC_FORM
from comity.newsletter.model.publication import Post, Publication, Voice

COLUMNS = {
    "Rec?": "how much an editor recommends it",
    "Category": "one of the publication's",
    "Highlight?": "whether it opens its issue",
    "Title": "with the address behind it, where the file holds links",
    "Authors": "`;` or `,` between them; `*` behind those who share first place; `et al.`",
    "Venue": "where it appeared",
    "Year": "when",
    "H/T": "who pointed to it",
    "Email": "the issue, such as `AN #12`",
    "Summarizer": "who wrote the summary; several jointly",
    "Summary": "what it says",
    "My opinion": "what the summarizer makes of it",
    "Prerequisites": "what to read first",
    "Read more": "what to read next",
    "URL": "the address",
    "Email status": "whether it goes, or went, into an issue",
    "Public?": "how much of it anybody may read",
    "Summarize?": "for editors",
    "Notes": "for editors",
    "Part of": "title of the entry that it belongs with",
    "Topics": "topics of cooperation",
    "Case": "a Case that it carries",
}
"""What each column holds."""

SETTINGS = {
    "name": "of the publication",
    "short": "stands before the number of an issue: `AN` in `AN #12`",
    "url": "where the site will be",
    "language": "of the texts, such as `en`; words around them in pages and mails are English",
    "description": "one sentence for feeds and pages",
    "editor": "name of the editor",
    "address": "mail address of the editor",
    "licence": "of the texts",
    "resources": "address of a page with everything else",
    "sheet": "address of the public sheet, if not the one on the site",
    "subscribe": "address of the page on which readers ask for issues by mail; `serve` has one, "
    "`/readers/subscribe`",
    "disclaimer": "stands in the header of each issue; Markdown",
    "feedback": "stands in the closing block on feedback; Markdown",
    "cadence_days": "days between issues",
    "categories": 'names in order; `{ name = "A", inside = ["B"] }` holds others',
    "aliases": "table: variant of a person's name to the name it stands for",
    "translations": "languages into which issues are translated by machine",
    "voice.engine": "reads issues aloud",
    "voice.voice": "its voice",
    "voice.words_per_minute": "its speed",
    "voice.opinion": "the voice of opinions, if another",
    "voice.program": "path of the program, where it is not on the PATH",
    "voice.lexicon": 'table: how words of your own are said, `CGS = "C G S"`',
    "voice.languages": 'table: the voice of each translated edition, `es = "es-419"`',
    "post.sender": "address that issues come from",
    "post.reply_to": "address that replies go to",
    "post.bounces": "address that returns go to",
    "post.host": "of the mail relay",
    "post.port": "of the mail relay",
    "post.tls": "`none`, `starttls` or `tls`",
    "post.user": "at the mail relay",
    "post.password_file": "holds the password",
    "post.dkim_domain": "domain that signs mails",
    "post.dkim_selector": "selector of the signing key",
    "post.dkim_key_file": "holds the signing key",
    "post.per_second": "mails a second at most",
    "post.per_domain": "mails a second to one domain at most",
    "post.at_once": "connections to the relay",
}
"""What each setting means."""


def columns() -> list[str]:
    """Return the table of columns."""
    lines = ["| column | editor's form | public form | holds |", "|---|---|---|---|"]
    for column in KNOWN:
        editor = "if used" if column in OPTIONAL else "yes" if column in EDITOR_FORM else ""
        public = "yes" if column in PUBLIC_FORM else ""
        lines.append(f"| {column.heading} | {editor} | {public} | {COLUMNS[column.heading]} |")
    return lines


def settings() -> list[str]:
    """Return the table of settings."""
    lines = ["| setting | default | means |", "|---|---|---|"]
    for name, default in defaults().items():
        shown = f"`{default}`" if default not in ("", None, ()) else ""
        lines.append(f"| `{name}` | {shown} | {SETTINGS[name]} |")
    return lines


def defaults() -> dict[str, Any]:
    """Return every setting with its default, nothing for those that have none."""
    found = {}
    for prefix, kind in (("", Publication), ("voice.", Voice), ("post.", Post)):
        for item in fields(kind):
            if prefix or item.name not in ("voice", "post"):
                found[prefix + item.name] = _default(item)
    return found


def _default(item: Field[Any]) -> Any:
    return None if item.default is MISSING else item.default


if __name__ == "__main__":
    print("\n".join([*columns(), "", *settings()]))  # noqa: T201
