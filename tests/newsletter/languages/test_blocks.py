import pytest

from comity.newsletter.languages.blocks import blocks, sentences
from comity.newsletter.text.markdown import to_html

TEXT = """\
# A heading

One paragraph
over two lines.
- an item
  that goes on
- another
1. first

> quoted words
> and more

```python
not("translated.", "Never.")

```
    code = 1

| a | table |
|---|---|

$$
x = y
$$

---
Last."""


def test_blocks_in_order():
    found = [(b.opening, b.text) for b in blocks(TEXT) if b.translatable]
    assert found == [
        ("# ", "A heading"),
        ("", "One paragraph over two lines."),
        ("- ", "an item that goes on"),
        ("- ", "another"),
        ("1. ", "first"),
        ("> ", "quoted words"),
        ("> ", "and more"),
        ("", "x = y"),
        ("", "Last."),
    ]


def test_code_tables_and_rules_are_left_as_they_are():
    kept = [b.text for b in blocks(TEXT) if not b.translatable]
    assert kept[0] == '```python\nnot("translated.", "Never.")\n\n```'
    assert "    code = 1" in kept
    assert "| a | table |\n|---|---|" in kept
    assert "---" in kept


def test_no_word_is_lost():
    joined = " ".join(b.opening + b.text for b in blocks(TEXT)).split()
    assert joined == TEXT.replace("  that", " that").split()


@pytest.mark.parametrize("before", ["", "> ", "- ", "Words:\n"])
@pytest.mark.parametrize(
    "rows",
    [
        ("| a | b |", "|---|---|", "| 1 | <@x@> |"),
        ("a | b", "--|--", "1 | 2"),
        ("a|", "-|", "1|2|3"),
    ],
)
def test_a_table_is_never_torn(before, rows):
    inner = {"> ": "> ", "- ": "  "}.get(before, "")
    text = before + f"\n{inner}".join(rows) + "\n\nAfter it."
    found = [b.text for b in blocks(text) if not b.translatable]
    assert len(found) == 1
    assert to_html(found[0]).count("<tr>") == 2
    assert [b.text for b in blocks(text) if b.translatable][-1] == "After it."


def test_a_fence_that_never_ends_holds_the_rest():
    (first, code) = blocks("Words.\n\n```\ncode\n\nmore")
    assert (first.text, code.text, code.translatable) == ("Words.", "```\ncode\n\nmore", False)


LISTS = {
    "four blanks": "1. One\n    - <@Two@>\n        - Three\n    - Four\n2. Five",
    "two blanks": "- One\n  - Two\n    - Three\n      - Four\n- Five",
    "paragraphs": "- One\n\n    Two.\n\n    - Three\n\n      Four.\n\nFive.",
    "after words": "One:\n\n  1. Two\n      1. Three\n\nFour\nfive.",
}


@pytest.mark.parametrize("text", LISTS.values(), ids=LISTS)
def test_what_stands_in_a_list_is_no_code_by_itself(text):
    assert "<pre>" not in to_html(text)
    found = blocks(text)
    assert all(b.translatable for b in found)
    alone = [to_html(b.opening + b.text) for b in found]
    assert not [html for html in alone if "<pre>" in html]
    items = sum(html.count("<li>") for html in alone)
    assert items == to_html(text).count("<li>")


def test_code_in_and_behind_a_list_stays_code():
    text = "- One\n\n    ```\n    x - y\n      z\n    ```\n\n      deep\n\nTwo\n\n    - code"
    kept = [b.text for b in blocks(text) if not b.translatable]
    assert [to_html(each).count("<pre>") for each in kept] == [1, 1, 1]
    assert [" ".join(each.split()) for each in kept] == ["``` x - y z ```", "deep", "- code"]
    assert [b.text for b in blocks(text) if b.translatable] == ["One", "Two"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("One. Two! Three? Four", ["One.", "Two!", "Three?", "Four"]),
        (
            "By J. von Neumann et al. It is e.g. Nash.",
            ["By J. von Neumann et al. It is e.g. Nash."],
        ),
        ('He said "Stop." Then he left.', ['He said "Stop."', "Then he left."]),
        ("It costs 3.5 units. 7 agents pay.", ["It costs 3.5 units.", "7 agents pay."]),
        ("no capital. follows here.", ["no capital. follows here."]),
        ("¿Sí? ¡No! «Tal vez.» Fin.", ["¿Sí?", "¡No!", "«Tal vez.»", "Fin."]),
        ("", []),
    ],
)
def test_sentences(text, expected):
    assert list(sentences(text)) == expected
