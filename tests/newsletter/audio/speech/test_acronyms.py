"""What is spelled and what is said."""

import pytest

from comity.newsletter.audio.speech.acronyms import SAID, acronym, is_word, spell
from comity.newsletter.audio.speech.words import ABBREVIATIONS


@pytest.mark.parametrize(
    "word", ["SAFE", "TREE", "REINFORCE", "DREAM", "HANABI", "SMILE", "OVERCOOKED"]
)
def test_syllables_make_a_word(word):
    assert is_word(word)


@pytest.mark.parametrize("word", ["AGI", "RLHF", "MNIST", "ICLR", "AAAI", "LSTM", "MTEB", "PPO"])
def test_what_nobody_can_say_is_spelled(word):
    assert not is_word(word)


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("MDP", "M D P"),
        ("MDPs", "M D P's"),
        ("MDP's", "M D P's"),
        ("MDP’s", "M D P's"),
        ("GAN", "gan"),
        ("POMDPs", "pom D P's"),
        ("AI's", "eigh I's"),
        ("SAFEs", "Safes"),
        ("MIRI's", "mirry's"),
    ],
)
def test_plurals_and_possessives(written, said):
    assert acronym(written) == said


def test_letters_have_names_that_are_no_words():
    assert spell("abc") == "eigh B C"


def test_tables_say_words_not_signs():
    for said in [*SAID.values(), *ABBREVIATIONS.values()]:
        assert said.replace("'", "").replace("-", "").replace(" ", "").isalpha()
