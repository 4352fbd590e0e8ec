"""A summary with everything that Markdown has comes out whole in each of the five editions."""

import re
from dataclasses import replace
from html import unescape
from html.parser import HTMLParser

import pytest

from newsletter_outputs import outputs
from newsletter_small import ARCHIVE, PUBLICATION

TEXT = r"""Zone *ztwo* **zthree** `zfour`, ~~zfive~~, zsix\
zseven and <https://example.org/zeight>; AT&amp;T &copy; 5 &lt; 6.

## Znine

1. zten
   - zeleven

     > ztwelve

2. zthirteen

   ```
   <@zcode@> <@Cheap talk@>
   ```

| Zhead | Zright |
|:------|------:|
| zcell [zlink](https://example.org/zl) | 3.2 |
| `za\|zb` | <@ztalk|x@>(@#BBBBBBBBBB@) | zmore |

Maths $z_1 < 2$ and a note[^n], a ![zpicture](https://example.org/p.png), [zref][r].

Zterm
: zdefinition

Setext
------

<b>zhtml</b>

    zindented <@@>(@#BBBBBBBBBB@)

[r]: https://example.org/zr
[^n]: Znote.

Last: \<@zescaped@>."""

SAID = re.findall(
    r"\w+",
    "zone ztwo zthree zfour zfive zsix zseven znine zten zeleven ztwelve zthirteen zcell zlink za "
    "zb zmore zhead zright znote zpicture zref zterm zdefinition zhtml ztalk setext last",
)
WRITTEN = [*SAID, "zcode", "zindented", "zescaped", "zeight"]


class Cells(HTMLParser):
    """The cells of tables in a page, row by row, read by Python's own parser."""

    def __init__(self, text):
        super().__init__()
        self.rows, self.inside = [], False
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        if tag == "tr":
            self.rows.append([])
        self.inside = self.inside or tag in {"td", "th"}
        if tag in {"td", "th"}:
            self.rows[-1].append("")

    def handle_endtag(self, tag):
        self.inside = self.inside and tag not in {"td", "th"}

    def handle_data(self, data):
        if self.inside:
            self.rows[-1][-1] += data


@pytest.fixture(scope="module")
def found(tmp_path_factory):
    first, *others = ARCHIVE.entries
    first = replace(first, summary=TEXT, opinion="", prerequisites="", read_more="")
    archive = replace(ARCHIVE, entries=(first, *others))
    folder = tmp_path_factory.mktemp("whole") / "site"
    files = outputs(PUBLICATION, archive, folder)
    return {name: data.decode() for name, data in files.items() if not name.startswith("offline")
            and name.endswith((".html", ".atom", ".rss", ".js", " 1"))}  # fmt: skip


EDITIONS = {
    "web": ("issues/1/index.html", WRITTEN),
    "page": ("entries/AAAAAAAAAA/index.html", WRITTEN),
    "feed": ("feeds/issues.atom", WRITTEN),
    "mail": ("mail 1", WRITTEN),
    "audio": ("script 1", SAID),
    "search": ("search/index.js", WRITTEN),
}


@pytest.mark.parametrize("edition", EDITIONS)
def test_no_word_is_lost(found, edition):
    name, words = EDITIONS[edition]
    text = unescape(unescape(found[name])).casefold()
    assert [word for word in words if word not in text] == []
    # No edition shows how the database keeps a reference, or how a table is typed.
    assert "(@#" not in text
    assert "|--" not in text
    assert "|:--" not in text


def test_the_two_forms_of_the_mail_have_all_of_it(found):
    html, plain = found["mail 1"].split("</html>")
    for form in (html, plain):
        assert [word for word in WRITTEN if word not in unescape(form).casefold()] == []
    assert "Zhead" in plain
    row = next(line for line in plain.split("\n") if line.startswith("zcell"))
    assert row.split() == ["zcell", "zlink", "[1]", "3.2"]
    assert "<@Cheap talk@>" in plain
    assert '<@Cheap talk & "costly" <signals>@>' in plain


@pytest.mark.parametrize("name", ["issues/1/index.html", "mail 1"])
def test_cells_stand_in_their_columns(found, name):
    table = re.search(r'<div class="table".*?Zhead.*?</table>', found[name], re.DOTALL)
    assert Cells(table.group()).rows == [
        ["Zhead", "Zright", ""],
        ["zcell zlink", "3.2", ""],
        ["za|zb", "ztalk|x (CW #1)", "zmore"],
    ]


def test_a_voice_reads_row_by_row(found):
    said = found["script 1"]
    assert "Row one. Zhead: zcell zlink; Zright: three point two." in said
    assert re.search(r"struck out: zfive", said)


def test_links_are_links_and_code_is_none(found):
    page = found["issues/1/index.html"]
    links = re.findall(r'<a href="([^"]*)"', page)
    for address in ("zeight", "zl", "p.png", "zr"):
        assert f"https://example.org/{address}" in links
    assert not re.search(r"<code[^>]*>[^<]*<a ", page)
    assert "<b>zhtml" not in page
