"""An issue as plain text that reads well in any mail program, and says what the HTML says."""

from __future__ import annotations

from collections.abc import Iterator

from comity.newsletter.delivery.bodies import MARKS, PREFERENCES, UNSUBSCRIBE
from comity.newsletter.editions.wording import Wording
from comity.newsletter.model.edition import Correction, Item, Section
from comity.newsletter.text.plain import WIDTH, Numbered, to_plain, wrap

RULES = ("=", "-", "~")
"""What stands under headings, the outermost first."""
INDENT = "    "
"""What stands before an entry that is part of another."""


def plain(words: Wording) -> str:
    """Return an issue as plain text."""
    blocks = [*_header(words), *_entries(words), *_closing(words)]
    return "\n\n".join(block for block in blocks if block.strip()) + "\n"


def _header(words: Wording) -> Iterator[str]:
    yield words.eyebrow
    yield _heading(words.heading, 0)
    yield wrap(words.warning.upper())
    yield wrap(words.publication.description)
    yield "\n".join(f"{name}: {address}" if address else name for name, address in words.resources)
    yield to_plain(words.publication.disclaimer, words.links)
    lines = [
        line
        for name, items in words.contents
        for line in (
            "",
            name,
            *(wrap(_line(item.entry.title), WIDTH, "- ", "  ") for item in items),
        )
    ]
    if lines:
        yield _heading("In this issue", 0) + "\n" + "\n".join(lines)
    yield to_plain(words.edition.issue.opening, words.links)


def _entries(words: Wording) -> Iterator[str]:
    if words.edition.highlights:
        yield from _section(words, Section("Highlights", 0, words.edition.highlights))
    for section in words.edition.sections:
        yield from _section(words, section)


def _section(words: Wording, section: Section) -> Iterator[str]:
    yield "\n" + _heading(section.title, section.level)
    for n, item in enumerate(section.items):
        yield ("\n" if n else "") + _item(words, item)
        for response in item.responses:
            shown = _item(words, response, WIDTH - len(INDENT)).split("\n")
            yield "\n".join(f"{INDENT}{line}".rstrip() for line in shown)
    for inner in section.sections:
        yield from _section(words, inner)


def _item(words: Wording, item: Item, width: int = WIDTH) -> str:
    entry = item.entry
    numbered = Numbered()

    def text(markdown: str, lead: str = "") -> str:
        if not markdown.strip():
            return ""
        return to_plain(markdown, words.links, width=width, numbered=numbered, lead=lead)

    head = [wrap(_line(entry.title), width), words.link(entry), wrap(words.facts(item), width)]
    case = f"Open its Case: {words.page(entry.id)}#case" if entry.case else ""
    blocks = [
        "\n".join(line for line in head if line),
        f"[For the editors: {item.mark}]" if item.mark else "",
        *(text(erratum.note, words.correction(erratum)) for erratum in item.errata),
        text(entry.summary),
        text(entry.opinion, words.whose(item)),
        text(entry.prerequisites, "Prerequisites:"),
        text(entry.read_more, "Read more:"),
        case,
        *(_reply(words, reply.name, reply.text, width) for reply in item.replies),
        _mentions(words, item, width, numbered),
        str(numbered),
    ]
    return "\n\n".join(block for block in blocks if block)


def _reply(words: Wording, name: str, text: str, width: int) -> str:
    paragraphs = words.paragraphs(text)
    return "\n\n".join(
        wrap(f"{name} replies: {part}" if not n else part, width)
        for n, part in enumerate(paragraphs)
    )


def _mentions(words: Wording, item: Item, width: int, numbered: Numbered) -> str:
    if not item.mentions:
        return ""
    named = [
        _line(mention.title)
        + (f" ({words.label(mention.issue)})" if mention.issue is not None else "")
        + f" [{numbered.number(words.page(mention.entry))}]"
        for mention in item.mentions
    ]
    return wrap(f"Later mentioned in {', '.join(named)}.", width)


def _correction(words: Wording, correction: Correction) -> str:
    entry, erratum = correction.entry, correction.erratum
    numbered = Numbered()
    lead = words.correction(erratum)
    blocks = [
        f"{wrap(_line(words.corrected(correction)))}\n{words.page(entry.id)}",
        to_plain(erratum.note, words.links, numbered=numbered, lead=lead),
        str(numbered),
    ]
    return "\n\n".join(block for block in blocks if block)


def _closing(words: Wording) -> Iterator[str]:
    closing = words.edition.issue.closing
    if closing.strip():
        yield "\n" + "* * *".center(WIDTH).rstrip()
        yield to_plain(closing, words.links)
    if words.edition.corrections:
        yield "\n" + _heading("Corrections", 0)
        yield from (_correction(words, each) for each in words.edition.corrections)
    yield "\n" + _heading("Feedback", 0)
    yield wrap(words.feedback)
    yield to_plain(words.publication.feedback, words.links)
    said, address = words.podcast
    yield "\n" + _heading("Podcast", 0)
    yield wrap(said) + f"\nFollow the podcast in any player: {address}"
    if words.subscribe:
        yield f"\nWas this passed on to you? Get each issue by mail: {words.subscribe}"
    name = words.publication.name
    yield (
        f"\n-- \nYou get this because you asked for {_line(name)}.\n"
        f"Unsubscribe: {MARKS[UNSUBSCRIBE]}\nChoose categories: {MARKS[PREFERENCES]}"
    )


def _heading(title: str, level: int) -> str:
    line = _line(title)
    line = line.upper() if level == 0 else line
    return f"{wrap(line)}\n{RULES[min(level, len(RULES) - 1)] * min(len(line), WIDTH)}"


def _line(text: str) -> str:
    return " ".join(text.split())
