"""Texts become HTML that is safe anywhere, with references led to their entries."""

from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from comity.newsletter.text.markdown import to_html, to_plain, to_tokens
from comity.newsletter.text.plain import Numbered
from newsletter_known_links import KnownLinks

LINKS = KnownLinks()
ALLOWED = {
    *("p", "em", "strong", "a", "ul", "ol", "li", "blockquote", "pre", "code", "br", "hr", "sup"),
    *("s", "div", "table", "thead", "tbody", "tr", "th", "td"),
}
ATTRIBUTES = {
    *("href", "title", "id", "class", "start", "aria-label", "role", "tabindex", "scope"),
}


class Reader(HTMLParser):
    """Collects elements as a browser would see them."""

    def __init__(self):
        super().__init__(convert_charrefs=True)
        self.tags, self.attributes, self.open, self.words = [], [], [], []

    def handle_starttag(self, tag, attrs):
        self.tags.append(tag)
        self.attributes += attrs
        if tag not in {"br", "hr"}:
            self.open.append(tag)

    def handle_endtag(self, tag):
        assert self.open.pop() == tag

    def handle_data(self, data):
        self.words.append(data)


def read(html):
    reader = Reader()
    reader.feed(html)
    reader.close()
    assert reader.open == []
    return reader


def test_a_reference_is_a_link_with_its_issue():
    assert to_html("<@see *this*@>(@#7K@).", LINKS, inline=True) == (
        '<a href="https://site.example/entries/7K/">see <em>this</em></a> '
        '(<a href="https://site.example/issues/12/">CW #12</a>).'
    )


def test_a_reference_without_words_shows_the_title_as_plain_words():
    html = to_html("<@@>(@#7K@)", LINKS, inline=True)
    assert "Trust &amp; &lt;b&gt;&quot;fair&quot;&lt;/b&gt; *play*</a>" in html


@pytest.mark.parametrize("code", ["`{}`", "```\n{}\n```", "a\n\n    {}"])
def test_no_id_is_shown_even_where_code_holds_one(code):
    html = to_html(code.format("<@@>(@#7K@) <@this@>(@#7K@) <@gone@>(@#ZZ@)"), LINKS)
    (words,) = [word for word in read(html).words if "<@" in word]
    title = 'Trust & <b>"fair"</b> *play*'
    assert words.strip() == f"<@{title}@> <@this@>(@{title}@) <@gone@>(@gone@)"
    assert "<a " not in html


def test_a_table_is_one_that_a_keyboard_reaches():
    reader = read(to_html("| a | |\n|--:|:-:|\n| ~~1~~ | 2 |"))
    assert " ".join(reader.tags) == "div table thead tr th td tbody tr td s td"
    assert ("tabindex", "0") in reader.attributes
    assert [v for k, v in reader.attributes if k == "class"] == [
        *("table", "right", "center", "right", "center"),
    ]
    assert "style" not in dict(reader.attributes)


def test_an_entry_in_no_issue_is_linked_without_one():
    html = to_html("<@@>(@#9M@)", LINKS, inline=True)
    assert html == '<a href="https://site.example/entries/9M/">Without an issue</a>'


@pytest.mark.parametrize("text", ["<@shown@>(@#ZZ@)", "<@shown@>", "<@shown@>(@No such title@)"])
def test_a_reference_to_nowhere_is_its_words(text):
    assert to_html(text, LINKS, inline=True) == "shown"


def test_an_entry_that_is_gone_is_missed():
    assert to_html("see <@@>(@#ZZ@)", LINKS, inline=True) == "see (missing)"


def test_a_reference_may_break_its_line_and_hold_brackets_quotes_and_links():
    html = to_html('- a <@b\n\n- c ] "d" [e](https://e.org)@>(@#9M@) f', LINKS)
    assert read(html).tags == ["ul", "li", "a"]
    assert "".join(read(html).words).split() == ["a", "b", "-", "c", "]", '"d"', "e", "f"]


def test_lists_notes_and_emphasis_are_kept():
    html = to_html("1. a\n   - *b*\n   - **c**\n2. d[^1]\n\n[^1]: The note.", LINKS, name="x")
    tags = read(html).tags
    assert tags[:6] == ["ol", "li", "ul", "li", "em", "li"]
    assert '<a href="#note-x-1" id="note-x-1-ref">[1]</a>' in html
    assert '<li id="note-x-1"><p>The note.' in html


def test_headings_do_not_disturb_those_of_the_page():
    assert to_html("# A\n\nB\n=") == "<p><strong>A</strong></p>\n<p><strong>B</strong></p>\n"


def test_a_text_of_one_paragraph_may_do_without_it():
    assert to_html("*a*", inline=True) == "<em>a</em>"
    assert to_html("a\n\nb", inline=True) == "<p>a</p>\n<p>b</p>\n"


def test_fences_show_their_code():
    assert to_html("~~~html\n<b>\n~~~") == (
        '<pre><code class="language-html">&lt;b&gt;\n</code></pre>\n'
    )


def test_readers_aloud_find_references_and_mathematics():
    inside = to_tokens("<@a@>(@#7K@) $x_i$", LINKS)[1].children
    assert [token.type for token in inside] == [
        "reference_open", "text", "reference_close", "text", "maths",
    ]  # fmt: skip
    assert inside[0].meta["entry"] == "7K"
    assert inside[0].meta["target"].label == "CW #12"


def check_harmless(text):
    reader = read(to_html(text, LINKS, name="n"))
    assert set(reader.tags) <= ALLOWED
    for name, value in reader.attributes:
        assert name in ATTRIBUTES
        if name == "href":
            assert value.startswith(("http:", "https:", "mailto:", "#note-n-")), value


HOSTILE = (
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "[a](javascript:alert(1))",
    "[a](&#106;avascript:alert(1))",
    '[a](https://a.org "onmouseover=alert(1)")',
    '[a](https://a.org/"onmouseover="alert(1))',
    "<javascript:alert(1)>",
    "![a](data:text/html,x)",
    "[a]: javascript:alert(1)\n\n[a]",
    '<@"><script>alert(1)</script>@>(@#7K@)',
    "<!-- <@-->@> -->",
    "<https://a.org/<b>>",
    '`"><b>`',
    "$<b>x</b>$",
    '~~~"><b>\n~~~',
    "</p></div></body>",
    "\x00\u2028<\u202e>",
)


MARKS = (
    "|",
    "|-|\n",
    "\n|",
    "~~",
    "[",
    "](",
    ")",
    "<@",
    "@>",
    "*",
    "\n",
    "\n\n",
    "> ",
    "- ",
    "`",
    "[^1]",
    "[^1]: ",
    "    ",
)


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_texts_come_out_as_words(text):
    check_harmless(text)


@given(
    st.lists(
        st.sampled_from([*HOSTILE, *MARKS]),
        max_size=8,
    )
)
def test_nor_do_any_of_them_together_do_harm(pieces):
    check_harmless("".join(pieces))
    assert isinstance(to_plain("".join(pieces), LINKS, numbered=Numbered()), str)


@pytest.mark.parametrize("piece", ["[", "*a ", "<@", "> ", "$"])
def test_a_megabyte_of_anything_is_read(piece):
    words = "".join(read(to_html(piece * (1_000_000 // len(piece)))).words)
    assert words.count(piece.strip()) >= 1_000_000 // len(piece) // 3
