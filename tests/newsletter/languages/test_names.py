import pytest

from comity.newsletter.languages.names import Names, names_of
from comity.newsletter.languages.words import language

ENGLISH = language("en")


def found(sentence, people=(), seen=()):
    names = Names(ENGLISH, frozenset(people), frozenset(seen))
    return [sentence[start:end] for start, end in names.find(sentence)]


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("We met Ada Lovelace in Paris on Monday.", ["Ada Lovelace", "Paris"]),
        ("The English papers I read are by Jean-Luc O'Neill.", ["Jean-Luc O'Neill"]),
        ("MARL and GPT-4 beat OpenAI's agent.", ["MARL", "GPT-4", "OpenAI"]),
        ("However, this works.", []),
        ("Cooperation pays.", []),
        ("In the Prisoner's Dilemma both lose.", ["Prisoner", "Dilemma"]),
        ("Marks & Spencer sell.", ["Spencer"]),
        ("Ask AT&T or Procter & Gamble.", ["AT&T", "Procter & Gamble"]),
    ],
)
def test_capitals_inside_of_sentences_are_names(sentence, expected):
    assert found(sentence) == expected


def test_people_are_names_wherever_they_stand():
    assert found("Mark Hope leads; Hope wins.", people=["Mark Hope"]) == ["Mark Hope", "Hope"]
    assert found("Hope wins.", people=["Mark Hope"]) == ["Hope"]
    assert found("Hope wins.") == []


def test_a_word_that_is_a_name_once_is_one_everywhere():
    names = names_of(["We met Hope.", "Hope won."], frozenset(), ENGLISH)
    assert names.find("Hope won.") == ((0, 4),)
    assert names.find("Faith won.") == ()
