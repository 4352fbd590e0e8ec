import numpy as np
import pytest

from comity.core.errors import InputError
from comity.learning import make
from comity.learning.environments.hanabi.position_told import told_shown, told_words

RULES = make("hanabi", colours=3, ranks=4, hand=2).rules
HANDS = [[0, 7], [11]]  # R1 Y3, G2.


def test_texts_come_back():
    told = [["R! 1234", "YG 34"], ["RYG 2!"]]
    words = told_words(told, HANDS, RULES, "told")
    assert told_shown(words, [2, 1], RULES) == told
    assert words[0].tolist() == [0b110 << 5 | 0b001, 0b1100 << 5 | 0b1111, 1]
    assert words[1].tolist() == [0b111, 0b0010, 1 << 6]


def test_nothing_is_known_unless_stated_but_by_a_seer():
    words = told_words(None, HANDS, RULES, "told")
    assert told_shown(words, [2, 1], RULES) == [["RYG 1234"] * 2, ["RYG 1234"]]
    seer = make("hanabi", colours=3, ranks=4, hand=2, observation="seer").rules
    words = told_words(None, HANDS, seer, "told")
    assert told_shown(words, [2, 1], seer) == [["R! 1!", "Y! 3!"], ["G! 2!"]]


@pytest.mark.parametrize(
    "text", ["YG 1", "R 2", "R", "R 1 1", "RR 1", "RW 1", "R 15", "RY! 1", "! 1", "R 1!2", 3, None]
)
def test_what_a_card_cannot_be(text):
    with pytest.raises(InputError, match=r"told\[0\]\[0\]: .*R1 among them"):
        told_words([[text, "Y 3"], ["G 2"]], HANDS, RULES, "told")


@pytest.mark.parametrize("told", [[["R 1", "Y 3"]], [["R 1"], ["G 2"]], "R 1", [1, 2], {}])
def test_one_text_a_card(told):
    with pytest.raises(InputError, match="each card of each hand"):
        told_words(told, HANDS, RULES, "told")


def test_words_are_of_32_bits():
    assert told_words(None, HANDS, RULES, "told").dtype == np.uint32
