"""The Markdown of a publication: its grammar, with mathematics as text, and references.

Nothing in a text loads anything: HTML is shown as it is written, pictures are links, and links
lead to ``http``, ``https`` and ``mailto`` only.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import cache
from itertools import pairwise
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.common.normalize_url import normalizeLink
from markdown_it.rules_core import StateCore
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token

from comity.newsletter.text.grammar import DEEPEST, LONGEST, grammar, maths, widened
from comity.newsletter.text.hosts import with_hosts
from comity.newsletter.text.links import Links, NoLinks, Target
from comity.newsletter.text.references import Reference, rewrite, scan_words

ODD_NOTES = "odd notes"
"""Stands in the environment of a text whose footnotes are shown as they are written."""
EVERYWHERE = "everywhere"
"""Stands in the environment of a text in which nothing is code."""
MISSING = "(missing)"
"""What is shown of a reference without words to an entry that is gone."""
SCHEMES = ("http", "https", "mailto")
"""What a link may lead to."""

_ALLOWED = re.compile(rf"(?:{'|'.join(SCHEMES)}):[^\s\x00-\x1f]+\Z", re.IGNORECASE)
_BARE = re.compile(r"\bhttps?://[^\s<>\"“”]+", re.IGNORECASE)
_DESTINATION = re.compile(r"\]\(\s*<?([a-z][a-z0-9+.-]*:[^\s()<>]*)", re.IGNORECASE)
_TABLE = re.compile(r"^.*\|.*\n[ >]*[-:|][-:| \t]*$", re.MULTILINE)
_CODE = frozenset({"fence", "code_block", "code_inline"})
LINKED = re.compile(r"\[([^\[\]]+)\]\([^()\s]+\)")
"""A link, as far as names in a cell may hold one."""
_SHOWN = 60
_KINDS = ((True, True), (False, True), (False, False))
"""Readers that a text is tried with: definitions of links, footnotes."""
_CLOSING = {")": "(", "]": "["}


def parse(text: str, links: Links, name: str = "") -> list[Token]:
    """Return the tokens of a text, with references already led to their addresses.

    Parameters
    ----------
    text : canonical Markdown.
    links : where references lead.
    name : what sets the text's footnotes apart from those of other texts on the page.
    """
    flat = rewrite(text.replace("\r\n", "\n"), _on_one_line)
    if len(flat) <= LONGEST:
        for kind in _KINDS:
            env = _environment(links, name)
            tokens = _whole(_reader(*kind), flat, env)
            if not _loses(tokens, env):
                return tokens
    env = _environment(links, name)
    return _plain_reader().parse(flat, env | ({EVERYWHERE: True} if len(text) > LONGEST else {}))


def parse_line(text: str) -> list[Token]:
    """Return the tokens of one line that holds words and links, and nothing else."""
    env = _environment(NoLinks(), "")
    return _reader(False, False).parseInline(" ".join(text.split()), env)


def _whole(reader: MarkdownIt, text: str, env: dict[str, Any]) -> list[Token]:
    """Return the tokens of a text, all cells of its tables among them."""
    if _TABLE.search(text):
        piped = rewrite(text, _in_a_cell)
        tokens = reader.parse(piped, _environment(env["links"], env["docId"]))
        text = widened(piped, tokens)
    return reader.parse(text, env)


def _environment(links: Links, name: str) -> dict[str, Any]:
    return {"links": links, "found": {}, "docId": name}


def _loses(tokens: Sequence[Token], env: Mapping[str, Any]) -> bool:
    """Return whether some words of a text are in none of its tokens."""
    if ODD_NOTES in env or env.get("duplicate_refs"):
        return True
    if any(token.level >= DEEPEST for token in tokens):
        return True
    inside = (child for token in tokens for child in token.children or ())
    used = {child.attrs.get("href") or child.attrs.get("src") for child in inside}
    return any(defined["href"] not in used for defined in env.get("references", {}).values())


@cache
def _reader(definitions: bool, notes: bool) -> MarkdownIt:
    """Return a reader of the dialect, with or without definitions of links and footnotes."""
    reader = grammar(definitions=definitions, notes=notes)
    if notes:
        reader.core.ruler.before("footnote_tail", "odd_notes", _odd_notes)
    reader.inline.ruler.before("text", "reference_to_entry", _reference)
    reader.inline.ruler.before("text", "maths", _maths)
    reader.core.ruler.push("pictures", _pictures)
    reader.core.ruler.push("bare_addresses", _bare_addresses)
    reader.core.ruler.push("hosts", _hosts)
    reader.core.ruler.push("typed", _typed)
    reader.validateLink = is_allowed  # type: ignore[assignment,method-assign]
    return reader


@cache
def _plain_reader() -> MarkdownIt:
    reader = MarkdownIt("zero", {"html": False})
    reader.inline.ruler.before("text", "reference_to_entry", _reference)
    return reader


def side_of(cell: Token) -> str:
    """Return to which side a cell of a table is set: ``right``, ``center`` or nothing."""
    side = str(cell.attrs.get("style", "")).removeprefix("text-align:")
    return "" if side == "left" else side


def problems(text: str) -> tuple[str, ...]:
    """Return what a text asks for and does not get, each in a sentence."""
    found = [
        f"a link leads to {match[1][:_SHOWN]!r}, where links may not lead"
        for match in _DESTINATION.finditer(text)
        if not outward(match[1])
    ]
    if len(text) > LONGEST:
        found.append(f"it has more than {LONGEST:,} characters, and is shown as it is written")
    return tuple(found)


def is_allowed(address: str) -> bool:
    """Return whether a link may lead to an address.

    Examples
    --------
    >>> is_allowed("https://example.org/a"), is_allowed("javascript:alert(1)")
    (True, False)
    """
    return bool(_ALLOWED.match(address))


def outward(address: str) -> str:
    """Return an address as a link may hold it, or nothing where no link may lead there.

    Examples
    --------
    >>> outward(" https://example.org/a b"), outward("javascript:alert(1)")
    ('https://example.org/a%20b', '')
    """
    encoded = normalizeLink(address.strip())
    return encoded if is_allowed(encoded) else ""


def _in_a_cell(reference: Reference) -> str | None:
    """Return a reference that no cell of a table ends."""
    if "|" not in reference.shown:
        return None
    shown = reference.shown.replace("\\|", "|").replace("|", "\\|")
    return f"<@{shown}@>" + ("" if reference.key is None else f"(@{reference.key}@)")


def _on_one_line(reference: Reference) -> str:
    shown = " ".join(reference.shown.split())
    if reference.key is None:
        return f"<@{shown}@>"
    return f"<@{shown}@>(@{' '.join(reference.key.split())}@)"


def _reference(state: StateInline, silent: bool) -> bool:
    """Read a reference: a link and its issue, or only its words where it leads nowhere."""
    if not state.src.startswith("<@", state.pos):
        return False
    reference = _found(state).get(state.pos)
    if reference is None or reference.end > state.posMax:
        return False
    if not silent:
        links: Links = state.env["links"]
        _push(state, reference, links.target(reference.entry) if reference.entry else None)
    state.pos = reference.end
    return True


def _found(state: StateInline) -> Mapping[int, Reference]:
    known: dict[str, dict[int, Reference]] = state.env["found"]
    if state.src not in known:
        known[state.src] = {
            item.start: item for item in scan_words(state.src, everywhere=EVERYWHERE in state.env)
        }
    return known[state.src]


def _push(state: StateInline, reference: Reference, target: Target | None) -> None:
    opening = state.push("reference_open", "a", 1)
    opening.meta = {"entry": reference.entry, "target": target}
    if reference.shown:
        inside: list[Token] = []
        state.md.inline.parse(reference.shown, state.md, state.env, inside)
        state.tokens += [token for token in inside if not token.type.startswith("link_")]
    else:
        state.push("text", "", 0).content = target.title if target else MISSING
    state.push("reference_close", "a", -1).meta = opening.meta


def _odd_notes(state: StateCore) -> None:
    """Say whether footnotes stand in one another, twice, or unused: some would be lost."""
    opened = [token for token in state.tokens if token.type.startswith("footnote_reference_")]
    labels = [token.meta["label"] for token in opened if token.nesting == 1]
    known = state.env.get("footnotes", {}).get("list", {}).values()
    used = {note.get("label") for note in known}
    nested = any(a.nesting == b.nesting == 1 for a, b in pairwise(opened))
    if nested or len(set(labels)) < len(labels) or not used.issuperset(labels):
        state.env[ODD_NOTES] = True


def _maths(state: StateInline, silent: bool) -> bool:
    """Keep mathematics between dollars as it is written; no reference stands in any."""
    end = maths(state.src, state.pos, state.posMax)
    if end is None:
        return False
    if not silent:
        state.push("maths", "", 0).content = state.src[state.pos : end]
    state.pos = end
    return True


def _typed(state: StateCore) -> None:
    """Show what looks like a reference inside of code as a sheet has it, without any id."""
    links: Links = state.env["links"]

    def typed(reference: Reference) -> str | None:
        if reference.entry is None:
            return None
        target = links.target(reference.entry)
        title = target.title if target else reference.shown or MISSING
        return f"<@{reference.shown}@>(@{title}@)" if reference.shown else f"<@{title}@>"

    for token in (*state.tokens, *(t for block in state.tokens for t in block.children or ())):
        if token.type in _CODE and "(@#" in token.content:
            token.content = rewrite(token.content, typed, everywhere=True)
        if token.type in _CODE and "(@#" in token.info:
            token.info = rewrite(token.info, typed, everywhere=True)


def _pictures(state: StateCore) -> None:
    """Make every picture a link to it."""
    for block in state.tokens:
        if block.children and any(token.type == "image" for token in block.children):
            block.children = _without_pictures(block.children)


def _without_pictures(tokens: Sequence[Token]) -> list[Token]:
    kept: list[Token] = []
    inside = 0
    for token in tokens:
        inside += token.nesting if token.type in {"link_open", "link_close"} else 0
        if token.type != "image":
            kept.append(token)
        elif inside:
            kept.append(_text(token.content or "picture"))
        else:
            kept += _link(str(token.attrs["src"]), token.content or "picture")
    return kept


def _bare_addresses(state: StateCore) -> None:
    """Make links of addresses that stand in a text by themselves."""
    for block in state.tokens:
        if block.children and any("://" in token.content for token in block.children):
            block.children = _with_links(state.md, block.children)


def _hosts(state: StateCore) -> None:
    """Say where links lead that seem to lead elsewhere."""
    for block in state.tokens:
        if block.children and any(token.type == "link_open" for token in block.children):
            block.children = with_hosts(block.children)


def _with_links(reader: MarkdownIt, tokens: Sequence[Token]) -> list[Token]:
    kept: list[Token] = []
    inside = 0
    for token in tokens:
        inside += token.nesting if token.tag == "a" else 0
        if token.type != "text" or inside:
            kept.append(token)
            continue
        last = 0
        for match in _BARE.finditer(token.content):
            address = _trimmed(match.group())
            kept += [_text(token.content[last : match.start()])]
            kept += _link(reader.normalizeLink(address), address)
            last = match.start() + len(address)
        kept.append(_text(token.content[last:]))
    return [token for token in kept if token.type != "text" or token.content]


def _trimmed(address: str) -> str:
    """Leave the marks of the sentence around an address outside of it."""
    while address[-1] in ".,;:!?'*_" or (
        address[-1] in _CLOSING
        and address.count(address[-1]) > address.count(_CLOSING[address[-1]])
    ):
        address = address[:-1]
    return address


def _text(content: str) -> Token:
    return Token("text", "", 0, content=content)


def _link(address: str, words: str) -> list[Token]:
    opening: dict[str, Any] = {"href": address}
    return [
        Token("link_open", "a", 1, attrs=opening),
        _text(words),
        Token("link_close", "a", -1),
    ]
