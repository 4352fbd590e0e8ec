"""The grammar of texts, beside what CommonMark says."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from comity.newsletter.text.grammar import blocks, grammar, widened
from comity.newsletter.text.markdown import to_html

cells = st.lists(st.sampled_from(["a", "b c", r"x\|y", "`d`", "", "*e*"]), max_size=6)


def test_nothing_of_html_is_read():
    assert "<b>" not in grammar().render("<b>a</b>\n\n<div>\nb\n</div>")


def test_words_of_blocks_are_not_read_yet():
    tokens = blocks("*a*\n\n```\nb\n```")
    assert [token.type for token in tokens if token.map] == ["paragraph_open", "inline", "fence"]
    assert all(not token.children for token in tokens)


@given(st.lists(cells, min_size=1, max_size=5), st.sampled_from(["", "> ", "- a\n\n  "]))
def test_no_cell_of_a_table_is_lost(rows, before):
    lines = ["| h |", "|---|", *(f"| {' | '.join(row)} |" for row in rows)]
    inner = before.rsplit("\n", 1)[-1]
    text = before + lines[0] + "".join(f"\n{inner}{line}" for line in lines[1:])
    html = to_html(text)
    for word in ("a", "b c", "x|y", "<code>d</code>", "<em>e</em>"):
        plain = {"x|y": r"x\|y", "<code>d</code>": "`d`", "<em>e</em>": "*e*"}.get(word, word)
        assert html.count(f"<td>{word}</td>") == sum(row.count(plain) for row in rows)


@pytest.mark.parametrize(("head", "rule"), [("a|", "-|"), ("|a|", "|:-:|"), ("|a", "|-")])
def test_a_table_grows_however_its_head_is_written(head, rule):
    text = f"{head}\n{rule}\n1|2|3|4|"
    assert widened(text, blocks(text)).count("\n") == 2
    html = to_html(text).replace(' class="center"', "")
    assert all(f"<td>{n}</td>" in html for n in "1234")
