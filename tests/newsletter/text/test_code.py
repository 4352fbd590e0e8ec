"""Where code stands is told as markdown-it reads it when it renders the text."""

import html
import re

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from comity.newsletter.text.code import may_hold_code, parts, spans, unclosed
from comity.newsletter.text.grammar import LONGEST
from comity.newsletter.text.links import Target
from comity.newsletter.text.markdown import to_html, to_plain, to_tokens
from comity.newsletter.text.references import bind, breaks, scan, spell
from comity.newsletter.text.titles import Titles

SHOWN = re.compile(r"<code[^>]*>(.*?)</code>", re.DOTALL)
pieces = st.sampled_from(
    ["`", "``", "```", "~~~", "\n", "\n\n", "    ", "\t", "- ", "> ", "1. ", "a", " ", "\\", "|",
     "|-|-|\n", "# ", "<@x@>", "*"]
)  # fmt: skip
texts = st.lists(pieces, max_size=16).map("".join)


def inside(rendered):
    """What stands in the code of some HTML."""
    return "\n".join(map(html.unescape, SHOWN.findall(rendered)))


@given(texts)
def test_a_reference_is_one_just_where_none_is_shown_as_code(text):
    typed = inside(to_html(text)).count("<@x@>")
    # The language that a fence names is not shown.
    named = sum(token.info.count("<@x@>") for token in to_tokens(text) if token.type == "fence")
    escaped = len(re.findall(r"\\<@x@>", text))
    found = len(scan(text))
    assert found <= text.count("<@x@>") - typed - named <= found + escaped


bound_pieces = st.sampled_from(
    ["`", "``", "```\n", "~~~", "\n", "\n\n", "    ", "- ", "> ", "|", "|-|-|\n", "a", " ",
     "\\", "$", "<@Trust@>", "<@a | b@>", "<@see|`it`@>(@Trust@)", "[", "](", "~~", "*"]
)  # fmt: skip
TITLES = Titles({"7K": "Trust", "9M": "a | b"})


class Known:
    """Leads each reference to an address that nothing else leads to."""

    def target(self, entry):
        return Target(TITLES.titles[entry], f"https://known.example/{entry}")


@given(st.lists(bound_pieces, max_size=18).map("".join))
@example("$<@Trust@>$")
@example("It costs $5, as <@Trust@> says, or 6$")
@example("$`$`<@see|`it`@>(@Trust@)")
@example("`\\```<@Trust@>`")
@example("<@`<@Trust@>`")
@example("|a|\n|-|\n|<@a | b@>|<@see|`it`@>(@Trust@)|")
def test_what_counts_as_a_reference_is_a_link_and_no_id_is_ever_shown(text):
    bound = bind(text, TITLES)[0]
    rendered = to_html(bound, Known())
    assert "(@#" not in rendered
    assert "(@#" not in to_plain(bound, Known())
    entries = [item.entry for item in scan(bound) if item.entry]
    assert rendered.count('href="https://known.example/') == len(entries)
    again = bind(spell(bound, TITLES), TITLES)[0]
    assert [item.entry for item in scan(again) if item.entry] == entries


@given(texts)
def test_parts_are_the_whole_text(text):
    found = parts(text)
    assert "".join(text[part.start : part.end] for part in found) == text
    assert all(part.start < part.end for part in found)
    if any(part.kind for part in found) or spans(text):
        assert may_hold_code(text)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("`<@x@>`", True),
        ("``a ` <@x@>``", True),
        ("```\n<@x@>\n```", True),
        ("~~~ text\n<@x@>", True),
        ("a\n\n    <@x@>", True),
        ("a\n\n\t<@x@>", True),
        ("- a\n\n      <@x@>", True),
        ("> ```\n> <@x@>\n> ```", True),
        ("- ```\n  <@x@>\n  ```", True),
        ("| a |\n|---|\n| `<@x@>` |", True),
        (r"\<@x@>", False),
        ("a\n    <@x@>", False),
        ("- a\n\n    <@x@>", False),
        ("`a` <@x@> `b`", False),
        ("a ` b\n\n<@x@> ` c", False),
        ("```\na\n```\n<@x@>", False),
        ("`` <@x@> `", False),
        (r"\` <@x@> `", False),
        ("<@a ` b@> <@x@> `", False),
    ],
)
def test_a_reference_in_code_is_none(text, code):
    found = [item.shown for item in scan(text) if item.shown == "x"]
    assert found == ([] if code or text.startswith("\\<") else ["x"])
    assert breaks(text) == ()
    assert ("x" in inside(to_html(text))) == code


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("```\na\n```", []),
        ("```\na", [(1, "```")]),
        ("one\n\n```\na\n``` and more", [(3, "```")]),
        ("````\n```\na", [(1, "````")]),
        ("```\na\n`````", []),
        ("~~~\na\n```", [(1, "~~~")]),
        ("> ```\n> a\n> ```\n\nb", []),
        ("- ```\n  a\n\nb", [(1, "```")]),
        ("```", [(1, "```")]),
        ("a ``` b", []),
    ],
)
def test_code_that_is_never_closed_is_found(text, lines):
    assert list(unclosed(text)) == lines


def test_a_text_that_is_shown_as_it_is_written_has_no_code():
    text = "`<@x@>` " + "word " * (LONGEST // 5)
    assert [item.shown for item in scan(text)] == ["x"]
    assert "<code>" not in to_html(text)


def test_it_takes_one_pass():
    for piece in ("`", "``a` ", "    ", "1.", "- ", "> ", "\\`"):
        assert len(parts(piece * (LONGEST // len(piece)))) >= 1
        assert len(spans(piece * (200_000 // len(piece)))) >= 0
