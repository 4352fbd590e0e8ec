"""An opinion that begins with its own label."""

import pytest

from comity.newsletter.text.opinions import among, unlabelled


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Ada's opinion: It works.", "Ada"),
        ("Ada’s Opinion : It works.", "Ada"),
        ("  James' opinion:\n\nIt works.", "James"),
        ("**Ada Orr's opinion:** It works.", "Ada Orr"),
        ("**Ada's opinion**: It works.", "Ada"),
        ("__Ada's opinion:__ It works.", "Ada"),
        ("*Ada and Bo's opinion:* It works.", "Ada and Bo"),
        ("***Ada's opinion:*** It works.", "Ada"),
        ("**Ada's opinion**\n\nIt works.", "Ada"),
        ("### Ada's opinion\n\nIt works.", "Ada"),
        ("## **Ada's opinion:** ##\nIt works.", "Ada"),
        ("My opinion: It works.", ""),
        ("Opinion: It works.", ""),
    ],
)
def test_a_label_is_taken_off(text, name):
    assert unlabelled(text) == (name, "It works.")


@pytest.mark.parametrize(
    "text",
    [
        "",
        "It works. Ada's opinion: no.",
        "In Ada's opinion: no.",
        "In my opinion: it works.",
        "Ada's opinion is that it works: well.",
        "Ada's opinion:",
        "**Ada's opinion:**",
        "**Ada's opinion** is good.",
        "Public opinion: a survey.",
        "`Ada's opinion:` is what she writes.",
        "[Ada's opinion](https://example.org): read it.",
    ],
)
def test_anything_else_stays(text):
    assert unlabelled(text) == ("", text)


def test_a_name_is_known_by_some_of_its_words():
    both = ["Ada Lovelace", "Ada Orr"]
    assert among("orr", both) == "Ada Orr"
    assert among("Ada", both) == among("Al", both) == ""
