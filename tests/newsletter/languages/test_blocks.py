import pytest

from comity.newsletter.languages.blocks import blocks, sentences

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


def test_a_fence_that_never_ends_holds_the_rest():
    (first, code) = blocks("Words.\n\n```\ncode\n\nmore")
    assert (first.text, code.text, code.translatable) == ("Words.", "```\ncode\n\nmore", False)


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
