import dataclasses

import numpy as np

from comity.inference.report.notes import MISSING, READING, assumptions, limits
from inference.making import bare, new_setting, understanding


def test_what_is_missing_is_said(rich):
    said = {name for name, words in MISSING.items() if words in limits(bare())}
    assert said == {
        "alone", "unscored", "unassigned", "uncalibrated", "nowhere else",
    }  # fmt: skip
    assert len(limits(rich)) == 1


def test_in_a_new_setting_other_things_can_be_missing():
    def said(**changes):
        setting = dataclasses.replace(new_setting(), **changes)
        made = understanding(setting=setting, questions=())
        return {name for name, words in MISSING.items() if words in limits(made)}

    assert said() == {"unasked"}
    assert said(weights=None) == {"unasked", "unweighed"}
    assert said(members=(), weights=np.zeros(0)) == {"unasked", "nobody"}


def test_what_it_rests_on_is_said_once(rich):
    twice = dataclasses.replace(rich, assumptions=rich.assumptions * 2 + ("",))
    assert assumptions(twice) == [*rich.assumptions, "The pie is 10 where no column says so."]


def test_words_are_explained_in_sentences():
    assert all(meaning.endswith(".") for meaning in READING.values())
