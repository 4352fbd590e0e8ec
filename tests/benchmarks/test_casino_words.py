import copy

import casino_words as words
import numpy as np
import pytest

FOOD, WATER, WOOD = range(3)
COLUMN = {name: place for place, name in enumerate(words.FEATURES)}


def offer(person, food, water, wood):
    mine = dict(zip(words.ISSUES, (food, water, wood), strict=True))
    task = {
        "issue2youget": {issue: str(count) for issue, count in mine.items()},
        "issue2theyget": {issue: str(3 - count) for issue, count in mine.items()},
    }
    return {"text": "Submit-Deal", "task_data": task, "id": person}


def say(person, text):
    return {"text": text, "task_data": {}, "id": person}


def answer(person, text):
    return {"text": text, "task_data": {"data": text.lower()}, "id": person}


def dialogue(*messages):
    return {"chat_logs": list(messages), "participant_info": {}, "annotations": []}


TALK = dialogue(
    say("ann", "I need wood the most, my tent is cold. You could take all the food."),
    say("bob", "Fine. Could you spare water? I'd like 2 waters and one food"),
    offer("ann", 0, 2, 3),
    answer("bob", "Reject-Deal"),
    say("ann", "We have plenty of food"),
    offer("bob", 3, 2, 0),
    answer("ann", "Accept-Deal"),
)


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        ("I would take 2 waters and one food", [(WATER, 2), (FOOD, 1)]),
        ("You get 3 packages of firewood", [(WOOD, 0)]),
        ("I keep all the food and you keep two waters", [(FOOD, 3), (WATER, 1)]),
        ("2 wood for you and 1 for me", [(WOOD, 1), (WOOD, 1)]),
        ("1 water for you, 3 food for me", [(WATER, 2), (FOOD, 3)]),
        ("How about 2 food, 1 water, zero wood?", [(FOOD, 2), (WATER, 1), (WOOD, 0)]),
        ("You have 1 dog. The water is nice", []),
        ("We are 2 people who love the outdoors and really need water", []),
        ("", []),
    ],
)
def test_amounts_are_what_the_speaker_would_keep(text, asked):
    assert list(words.amounts_asked(text)) == asked


def test_offers_and_words_before_the_deal():
    x = words.features(TALK, "ann")
    assert x[:, COLUMN["named first"]].tolist() == [2, 0, 3]
    assert x[:, COLUMN["needs most"]] == pytest.approx([0, 0, np.log(2)])
    assert x[:, COLUMN["can spare"]] == pytest.approx([np.log(2), 0, 0])
    assert x[:, COLUMN["uses"]] == pytest.approx([0, 0, np.log(2)])
    assert x[:, COLUMN["asks"]] == pytest.approx([-1.5, 0.5, 1.5])


def test_a_need_of_the_listener_is_not_the_speakers():
    x = words.features(dialogue(say("ann", "Do you need food?")), "ann")
    assert x[FOOD, COLUMN["needs"]] == 0
    assert x[FOOD, COLUMN["named first"]] == 3


@pytest.mark.parametrize("final", [(0, 0, 0), (3, 3, 3)])
def test_the_accepted_offer_is_not_read(final):
    changed = copy.deepcopy(TALK)
    changed["chat_logs"][-2] = offer("bob", *final)
    for person in ("ann", "bob"):
        assert np.array_equal(words.features(changed, person), words.features(TALK, person))


def test_a_rejected_offer_is_read():
    changed = copy.deepcopy(TALK)
    changed["chat_logs"][2] = offer("ann", 3, 0, 0)
    assert not np.array_equal(words.features(changed, "ann"), words.features(TALK, "ann"))


def test_nothing_but_the_talk_is_read():
    class Sealed(dict):
        def __getitem__(self, key):
            assert key == "chat_logs", f"{key} was read"
            return super().__getitem__(key)

    assert np.array_equal(words.features(Sealed(TALK), "bob"), words.features(TALK, "bob"))


def test_the_others_words_are_not_the_partners():
    silent = dialogue(*(m for m in TALK["chat_logs"] if m["id"] == "ann" or m["task_data"]))
    assert np.array_equal(words.features(silent, "ann"), words.features(TALK, "ann"))


def test_swapping_the_names_of_two_issues_swaps_their_rows():
    text = "I need food most, 2 food and 1 water please. I have plenty of wood"
    swapped = text.replace("food", "_").replace("water", "food").replace("_", "water")
    x = words.features(dialogue(say("ann", text)), "ann")
    y = words.features(dialogue(say("ann", swapped)), "ann")
    assert np.array_equal(x[[WATER, FOOD, WOOD]], y)


@pytest.mark.parametrize(
    ("messages", "kept"),
    [
        ([say("a", "hi"), offer("a", 1, 1, 1), answer("b", "Accept-Deal")], 1),
        ([say("a", "hi"), offer("a", 1, 1, 1), answer("b", "Walk-Away")], 3),
        ([say("a", "hi"), offer("a", 1, 1, 1), answer("b", "Reject-Deal")], 3),
        ([say("a", "hi")], 1),
        ([], 0),
    ],
)
def test_what_comes_before_the_deal(messages, kept):
    assert words.before_deal(dialogue(*messages)) == messages[:kept]


def test_a_person_who_says_nothing_has_no_features():
    assert not words.features(TALK, "cleo").any()
