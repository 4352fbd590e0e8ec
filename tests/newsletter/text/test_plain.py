"""Texts become plain text that a person might have typed."""

import textwrap

import pytest
from hypothesis import given
from hypothesis import strategies as st

from comity.newsletter.text.plain import WIDTH, Numbered, to_plain, wrap
from newsletter_known_links import KnownLinks

TEXT = textwrap.dedent(
    """\
    # On lists

    First <@it@>(@#7K@) was [said](https://a.org), then
    *heard* at https://b.org/x.

    - one
    - two
      1. inner
      2. again

    > A quotation
    > of two lines.
    >
    > - and a list

    1. loose

    2. items

           code stays
             as it is

    Note[^1].

    [^1]: Below.
    """
)
PLAIN = """\
**On lists**

First it (CW #12) [1] was said [2], then *heard* at https://b.org/x.

- one
- two
  1. inner
  2. again

> A quotation of two lines.
>
> - and a list

1. loose

2. items

       code stays
         as it is

Note[^1].

[^1] Below."""


def test_every_block_is_written_as_a_person_would():
    numbered = Numbered()
    assert to_plain(TEXT, KnownLinks(), numbered=numbered) == PLAIN
    assert str(numbered) == "[1] https://site.example/entries/7K/\n[2] https://a.org"


def test_without_numbers_addresses_stand_behind_their_words():
    assert to_plain("[a](https://a.org) <@b@>(@#9M@)", KnownLinks()) == (
        "a (https://a.org) b (https://site.example/entries/9M/)"
    )


def test_an_address_is_not_told_twice():
    numbered = Numbered()
    text = "https://a.org [b@c.org](mailto:b@c.org) [x](https://a.org) [y](https://a.org)"
    assert to_plain(text, numbered=numbered) == "https://a.org b@c.org x [1] y [1]"


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("yes", "Ada's opinion: yes"),
        ("- a\n- b", "Ada's opinion:\n\n- a\n- b"),
        ("> a", "Ada's opinion:\n\n> a"),
    ],
)
def test_words_may_lead_into_the_first_paragraph(text, shown):
    assert to_plain(text, lead="Ada's opinion:") == shown


def test_hard_breaks_are_kept():
    assert to_plain("a  \nb\\\nc\nd") == "a\nb\nc d"


def test_long_words_stand_alone_and_are_not_broken():
    address = "https://example.org/" + "x" * WIDTH
    assert wrap(f"see {address} there", 20) == f"see\n{address}\nthere"
    assert wrap("", 20) == ""


plain_words = st.lists(st.sampled_from(["a", "word", "longer", "(x)", "1.5", "end"]), min_size=1)


@given(st.lists(plain_words, min_size=1, max_size=5), st.integers(30, 80))
def test_lines_keep_to_their_width_and_lose_no_words(paragraphs, width):
    text = "\n\n".join("w " + " ".join(words) for words in paragraphs)
    shown = to_plain(text, width=width)
    assert shown.split() == text.split()
    assert shown.count("\n\n") == len(paragraphs) - 1
    assert max(map(len, shown.split("\n"))) <= width
