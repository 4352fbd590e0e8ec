"""Questions as files: back as they were, and refused where they are not."""

import json

import numpy as np
import pytest

from comity.core import InputError
from comity.games.catalogue import prisoners_dilemma
from comity.inference.design.menu import Question
from comity.inference.design.question_file import (
    events,
    option_key,
    question_data,
    read_questions,
    write_questions,
)
from comity.inference.evidence import Situation, decisions

PLAIN = Question(
    Situation(
        ("keep", "give “half”"), [[8, 2], [5, 5]], history={"kind": [0, 1.5]}, name="Wahl – 1"
    ),
    cost=2.5,
)
GAME = Question(decisions(prisoners_dilemma(), 1, continues=0.75), "dilemma")
LATER = Question(
    Situation(
        ("now", "later"),
        [[[5, 0], [5, 0]], [[0, 8], [0, 0]]],
        ("me", "me later"),
        contingencies=[0.9, 0.1],
        delays=[0, 30],
        beliefs={"expected": np.arange(4.0).reshape(2, 2)},
        name="when",
    )
)


def test_back_as_they_were(tmp_path):
    path = tmp_path / "questions.json"
    path.write_text(write_questions([PLAIN, GAME, LATER]), encoding="utf-8")
    found = read_questions(path)
    for old, new in zip([PLAIN, GAME, LATER], found, strict=True):
        assert (new.name, new.cost) == (old.name, old.cost)
        one, two = old.situation, new.situation
        assert (two.options, two.recipients, two.menus) == (one.options, one.recipients, one.menus)
        for name in ("payoffs", "contingencies", "delays"):
            assert np.array_equal(getattr(one, name), getattr(two, name))
        for kind in ("history", "beliefs"):
            before, after = getattr(one, kind), getattr(two, kind)
            assert list(before) == list(after)
            assert all(np.array_equal(before[name], after[name]) for name in before)


def test_events_in_words():
    assert events(GAME.situation) == list(prisoners_dilemma().actions[0])
    assert events(LATER.situation) == ["event 1", "event 2"]
    assert question_data(PLAIN, "a text")["text"] == "a text"
    assert [option_key(k) for k in range(2)] == ["option_1", "option_2"]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("[1, 2", "not a file of questions"),
        ("[]", "not a file of questions"),
        ('{"questions": []}', "no question"),
        ('{"questions": [{"name": "x"}]}', "not a file of questions"),
        ('{"questions": 3}', "not a file of questions"),
    ],
)
def test_other_files_are_refused(tmp_path, text, message):
    path = tmp_path / "some.json"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(InputError, match=message) as caught:
        read_questions(path)
    assert caught.value.file == str(path)


def test_a_broken_question_is_named(tmp_path):
    data = json.loads(write_questions([PLAIN]))
    data["questions"][0]["payoffs"] = [[[1, 2]]]
    path = tmp_path / "some.json"
    path.write_text(json.dumps(data), encoding="utf-8")
    with pytest.raises(InputError, match="payoffs do not fit the options") as caught:
        read_questions(path)
    assert caught.value.file == str(path)
