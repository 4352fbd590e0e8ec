"""Titles that somebody types without marking them."""

from random import Random

import pytest

from comity.newsletter.text.naming import FEWEST, Naming

TITLES = {
    "A": "The Cost of Trust",
    "B": "The cost of trust in markets",
    "C": "Trust",
    "D": "合作的代价",
    "E": "“Fair” play — again",
}


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("As the **cost** of\ntrust shows.", ("A",)),
        ("THE COST OF TRUST IN MARKETS", ("A", "B")),
        ("the cost of trusting", ()),
        ("bathe cost of trust", ()),
        ("Trust", ()),
        ("另一篇《合作的代价》说", ("D",)),
        ("see 'fair' play - again.", ("E",)),
        ("fair play, and again", ()),
        ("", ()),
    ],
)
def test_titles_are_found_by_their_words(text, found):
    assert Naming(TITLES).find(text) == found


def test_the_same_is_found_as_by_looking_for_each_title_alone():
    rng = Random(3)

    def some(least, most):
        return " ".join(rng.choices("abc", k=rng.randint(least, most)))

    titles = {str(k): some(1, 5) for k in range(60)}
    for _ in range(200):
        text = some(0, 12)
        alone = {
            key
            for key, title in titles.items()
            if len(title.split()) >= FEWEST and f" {title} " in f" {text} "
        }
        assert set(Naming(titles).find(text)) == alone
