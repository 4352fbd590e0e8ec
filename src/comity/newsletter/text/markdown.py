"""Texts as HTML and as tokens; as plain text they are in `comity.newsletter.text.plain`."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import cache
from html import escape
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.renderer import RendererHTML
from markdown_it.token import Token

from comity.newsletter.text.dialect import parse, parse_line, side_of
from comity.newsletter.text.links import Links, NoLinks, Target
from comity.newsletter.text.plain import to_plain

__all__ = ["to_html", "to_plain", "to_tokens"]

_OPTIONS = MarkdownIt("commonmark", {"xhtmlOut": False}).options
_ONE_PARAGRAPH = re.compile(r"<p>(?:(?!<p>).)*</p>\s*\Z", re.DOTALL)


def to_html(text: str, links: Links | None = None, *, name: str = "", inline: bool = False) -> str:
    r"""Return a text as HTML that is safe to stand in any page.

    Parameters
    ----------
    text : canonical Markdown.
    links : where references lead; without it they are only words.
    name : what sets the text's footnotes apart from those of other texts on the page; letters,
        digits and hyphens.
    inline : whether a text of one paragraph comes without the paragraph's tags.

    Examples
    --------
    >>> to_html("*Fair* <b>play</b> for $x_i$ and $y_i$")
    '<p><em>Fair</em> &lt;b&gt;play&lt;/b&gt; for $x_i$ and $y_i$</p>\n'
    """
    html = _renderer().render(parse(text, links or NoLinks(), name), _OPTIONS, {"docId": name})
    if inline and _ONE_PARAGRAPH.match(html):
        return html.strip().removeprefix("<p>").removesuffix("</p>")
    return html


def line_html(text: str) -> str:
    """Return one line of words and links as HTML that is safe to stand in any page.

    Examples
    --------
    >>> line_html("2018. [Ada](https://example.org) & <b>")
    '2018. <a href="https://example.org">Ada</a> &amp; &lt;b&gt;'
    """
    return _renderer().render(parse_line(text), _OPTIONS, {"docId": ""})


def to_tokens(text: str, links: Links | None = None) -> list[Token]:
    """Return a text as markdown-it's tokens, for whoever reads it aloud or otherwise.

    Beyond CommonMark's types there are those of tables, ``s_open`` and ``s_close`` around what is
    struck out, ``maths`` (``content`` with its dollars), the footnotes of mdit-py-plugins, and
    ``reference_open`` and ``reference_close``, whose ``meta`` holds the ``entry``'s id and its
    ``target`` (`Target`, or ``None`` where the reference leads nowhere).
    """
    return parse(text, links or NoLinks())


class _Renderer(RendererHTML):
    """markdown-it's own renderer with the types that this dialect adds."""

    def reference_open(self, tokens: Sequence[Token], index: int, *_: Any) -> str:
        target: Target | None = tokens[index].meta["target"]
        return f'<a href="{escape(target.address)}">' if target else ""

    def reference_close(self, tokens: Sequence[Token], index: int, *_: Any) -> str:
        target: Target | None = tokens[index].meta["target"]
        if target is None:
            return ""
        if not target.label:
            return "</a>"
        label = escape(target.label)
        if target.issue_address:
            label = f'<a href="{escape(target.issue_address)}">{label}</a>'
        return f"</a> ({label})"

    def table_open(self, *_: Any) -> str:
        return '<div class="table" role="group" aria-label="Table" tabindex="0">\n<table>\n'

    def table_close(self, *_: Any) -> str:
        return "</table>\n</div>\n"

    def th_open(self, tokens: Sequence[Token], index: int, *_: Any) -> str:
        # A head without words is none for whoever hears the table.
        named = tokens[index + 1].content
        return f'<th{_side(tokens[index])} scope="col">' if named else self.td_open(tokens, index)

    def th_close(self, tokens: Sequence[Token], index: int, *_: Any) -> str:
        return "</th>\n" if tokens[index - 1].content else "</td>\n"

    def td_open(self, tokens: Sequence[Token], index: int, *_: Any) -> str:
        return f"<td{_side(tokens[index])}>"

    def maths(self, tokens: Sequence[Token], index: int, *_: Any) -> str:
        return escape(tokens[index].content)

    def heading_open(self, *_: Any) -> str:
        return "<p><strong>"

    def heading_close(self, *_: Any) -> str:
        return "</strong></p>\n"

    def footnote_ref(
        self, tokens: Sequence[Token], index: int, _: Any, env: Mapping[str, str]
    ) -> str:
        number = tokens[index].meta["id"] + 1
        again = tokens[index].meta.get("subId", 0)
        own = _note(env, number)
        suffix = f"-{again}" if again else ""
        return f'<sup><a href="#{own}" id="{own}-ref{suffix}">[{number}]</a></sup>'

    def footnote_block_open(self, *_: Any) -> str:
        return '<ol class="footnotes">\n'

    def footnote_block_close(self, *_: Any) -> str:
        return "</ol>\n"

    def footnote_open(
        self, tokens: Sequence[Token], index: int, _: Any, env: Mapping[str, str]
    ) -> str:
        return f'<li id="{_note(env, tokens[index].meta["id"] + 1)}">'

    def footnote_close(self, *_: Any) -> str:
        return "</li>\n"

    def footnote_anchor(
        self, tokens: Sequence[Token], index: int, _: Any, env: Mapping[str, str]
    ) -> str:
        again = tokens[index].meta.get("subId", 0)
        suffix = f"-{again}" if again else ""
        own = _note(env, tokens[index].meta["id"] + 1)
        return f' <a href="#{own}-ref{suffix}" aria-label="Back to the text">↩</a>'


def _side(cell: Token) -> str:
    side = side_of(cell)
    return f' class="{side}"' if side else ""


def _note(env: Mapping[str, str], number: int) -> str:
    return f"note-{env['docId']}-{number}" if env["docId"] else f"note-{number}"


@cache
def _renderer() -> _Renderer:
    return _Renderer()
