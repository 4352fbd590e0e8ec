"""Acts, proposals and rules in the language of whoever reads them.

What parties send each other is typed; words come in only here. Each reads its own language, and all
sign the same act.
"""

from comity.language.acts import sentence, spoken, who_ended
from comity.language.catalogue import LANGUAGES, Words, words_of
from comity.language.choosing import choose
from comity.language.constitutions import rules
from comity.language.figures import chance, duration, listed, moment, number, signed
from comity.language.plays import outcome_words, play_lines, play_sentence

__all__ = [
    "LANGUAGES",
    "Words",
    "chance",
    "choose",
    "duration",
    "listed",
    "moment",
    "number",
    "outcome_words",
    "play_lines",
    "play_sentence",
    "rules",
    "sentence",
    "signed",
    "spoken",
    "who_ended",
    "words_of",
]
