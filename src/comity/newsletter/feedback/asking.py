"""The letter that asks a writer whether their words may be printed."""

from __future__ import annotations

from comity.core.errors import InputError
from comity.newsletter.feedback.reply import Reply
from comity.newsletter.model.archive import Archive
from comity.newsletter.model.publication import Publication

LETTER = """\
To: {address}
Subject: {subject}
In-Reply-To: {message_id}

Dear {name},

thank you for your reply to {label}. May we print these words of yours with
our entry on "{title}"? They would stand under your name in every
edition: in mails, on the web, in feeds and read aloud.

{quoted}

{signed}

If you agree, answer "yes". If you want other words or another name, tell us.
Without an answer nothing is printed, and you can take your consent back at any
time: we then take the words out of the site, though not out of mails already sent.

{editor}
"""


def letter(reply: Reply, publication: Publication, archive: Archive) -> str:
    """Return a letter to a reply's writer that shows exactly what would be printed.

    Raises `InputError` where that is not settled.
    """
    entry = archive.by_id.get(reply.entry)
    if not reply.printed_text or entry is None:
        raise InputError(
            "it is not settled what would be printed", place=reply.id, expected="approve it first"
        )
    return LETTER.format(
        address=reply.address,
        subject=_answering(reply.subject),
        message_id=reply.message_id,
        name=reply.name or "reader",
        label=publication.label(entry.issue) if entry.issue else publication.name,
        title=entry.title,
        quoted="\n".join(f"    {line}".rstrip() for line in reply.printed_text.split("\n")),
        signed=f"    {reply.printed_name}",
        editor=publication.editor or publication.name,
    )


def _answering(subject: str) -> str:
    """Return the subject of an answer: one ``Re:`` is enough (RFC 5322, 3.6.5)."""
    return subject if subject.lower().startswith("re:") else f"Re: {subject}"
