"""English rules for words."""

import pytest

from comity.newsletter.audio.speech.english import EMPHASISED, KNOWN
from comity.newsletter.audio.speech.normaliser import Normaliser

SAY = Normaliser().say


@pytest.mark.parametrize("word", sorted(EMPHASISED))
def test_words_in_capitals_for_stress_are_no_acronyms(word):
    assert SAY(f"it is {word} so") == f"it is {word.lower()} so"


@pytest.mark.parametrize("word", sorted(KNOWN))
def test_known_acronyms_are_spelled_even_in_titles_of_capitals(word):
    spelled = SAY(word)
    assert SAY(f"LEARNING ABOUT {word} SYSTEMS") == f"Learning About {spelled} Systems"


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("Smith et al. The end", "Smith and others. The end"),
        ("vs. The rest", "versus. The rest"),
        ("e.g. Nash", "for example Nash"),
        ("etc. Nash", "et cetera. Nash"),
        ("Prof. Nash", "Professor Nash"),
        ("at 5 p.m.", "at five P M"),
        ("McDonald and iPhone", "Mc Donald and i Phone"),
        ("player A, B", "player eigh, B"),
        ("Option A is", "Option eigh is"),
        ("Human-AI teams", "Human eigh I teams"),
        ("AI-assisted", "eigh I assisted"),
        ("CDT, EDT, FDT, UDT", "C D T, E D T, F D T, U D T"),
        ("RL GAN IRL PPO", "R L gan I R L P P O"),
        ("U.S.-China talks", "U S China talks"),
        ("A_1 and A_2", "eigh one and eigh two"),
        ("he/she", "he or she"),
        ("Q* and π*", "Q star and pi star"),
    ],
)
def test_words(written, said):
    assert SAY(written) == said
