"""CaSiNo dialogues: points recomputed from the deal equal the points scored."""

import json
import os
import re
from pathlib import Path

import pytest

from comity.core.errors import InputError
from comity.games import Lottery
from comity.games.files import read_casino

RANKS = (
    {"High": "Food", "Medium": "Water", "Low": "Firewood"},
    {"High": "Firewood", "Medium": "Water", "Low": "Food"},
)


def say(speaker, text, **task_data):
    return {"id": f"mturk_agent_{speaker}", "text": text, "task_data": task_data}


def offer(speaker, food, water, firewood):
    own = {"Food": str(food), "Water": str(water), "Firewood": str(firewood)}
    theirs = {name: str(3 - int(k)) for name, k in own.items()}
    return say(speaker, "Submit-Deal", issue2youget=own, issue2theyget=theirs)


ACCEPT_1 = say(1, "Accept-Deal", data="accept_deal")
ACCEPT_2 = say(2, "Accept-Deal", data="accept_deal")
WALK = say(1, "Walk-Away", data="walk_away")
REJECT = say(2, "Reject-Deal", data="reject_deal")


def dialogue(chat, points, ranks=RANKS):
    people = {
        f"mturk_agent_{k}": {"value2issue": rank, "outcomes": {"points_scored": score}}
        for k, rank, score in zip((1, 2), ranks, points, strict=True)
    }
    return {"dialogue_id": 7, "chat_logs": chat, "participant_info": people}


def read(tmp_path, *items):
    path = tmp_path / "casino.json"
    path.write_text(json.dumps(list(items)))
    return read_casino(path)


def test_a_deal(tmp_path):
    chat = [say(1, "Hello!"), offer(1, 3, 0, 0), REJECT, offer(2, 0, 2, 3), ACCEPT_1]
    (found,) = read(tmp_path, dialogue(chat, (3 * 5 + 4, 2 * 4 + 3 * 5)))
    assert found.deal == (3, 1, 0)
    assert (found.number, found.irregular, found.walked_away) == (7, "", False)
    assert found.points == (19, 23)
    assert found.recomputed_points().tolist() == [19, 23]
    assert found.game.describe(found.deal) == "Food: 3 and 0, Water: 1 and 2, Firewood: 0 and 3"
    assert found.game.players == ("camper 1", "camper 2")
    assert found.priorities[1] == ("Firewood", "Water", "Food")
    assert [m.offer for m in found.messages] == [None, (3, 0, 0), None, (3, 1, 0), None]
    assert [m.speaker for m in found.messages] == [0, 0, 1, 1, 0]


def test_the_game():
    from comity.games.files.casino import casino_game

    game = casino_game(["Ana", "Bo"], RANKS)
    assert game.size == 64
    assert game.reservation.tolist() == [5, 5]
    for a in range(4):
        for b in range(4):
            for c in range(4):
                expected = [5 * a + 4 * b + 3 * c, 3 * (3 - a) + 4 * (3 - b) + 5 * (3 - c)]
                assert game.payoffs(Lottery.pure((a, b, c))).tolist() == expected


def test_walking_away(tmp_path):
    (found,) = read(tmp_path, dialogue([offer(1, 3, 3, 3), WALK], (5, 5)))
    assert (found.deal, found.walked_away, found.irregular) == (None, True, "")
    assert found.recomputed_points().tolist() == [5, 5]


UNEVEN = say(
    1,
    "Submit-Deal",
    issue2youget={"Food": "3", "Water": "3", "Firewood": "3"},
    issue2theyget={"Food": "1", "Water": "0", "Firewood": "0"},
)


@pytest.mark.parametrize(
    ("chat", "points", "why"),
    [
        ([say(1, "Hi")], (5, 5), "0 endings"),
        ([WALK, WALK], (5, 5), "2 endings"),
        ([ACCEPT_1], (5, 5), "did not just submit"),
        ([offer(1, 3, 3, 3), ACCEPT_1], (36, 0), "did not just submit"),
        ([offer(1, 3, 3, 3), say(2, "ok"), ACCEPT_2], (36, 0), "did not just submit"),
        ([UNEVEN, ACCEPT_2], (36, 0), "does not divide three packages"),
        ([offer(1, 3, 3, 3), ACCEPT_2], (36, 1), r"scored \[36.0, 1.0\].*\[36.0, 0.0\]"),
    ],
)
def test_irregular_dialogues_are_kept_and_say_why(tmp_path, chat, points, why):
    regular = dialogue([WALK], (5, 5))
    found = read(tmp_path, dialogue(chat, points), regular)
    assert len(found) == 2
    assert re.search(why, found[0].irregular)
    assert found[0].walked_away == (WALK in chat)
    assert found[1].irregular == ""


def test_one_dialogue_alone(tmp_path):
    path = tmp_path / "one.json"
    path.write_text(json.dumps(dialogue([WALK], (5, 5))))
    assert len(read_casino(path)) == 1


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ('[{"dialogue_id": 1', r"line 1: not JSON"),
        ("[" * 100_000, "not JSON"),
        ("[3]", r"dialogue\[0\]: not a CaSiNo dialogue"),
        ("[{}]", "not a CaSiNo dialogue.*KeyError"),
        (json.dumps([dialogue([WALK], (5, "many"))]), "not a CaSiNo dialogue.*many"),
        (json.dumps([dialogue([say(3, "Hi")], (5, 5))]), "not a CaSiNo dialogue"),
        (
            json.dumps([dialogue([WALK], (5, 5), ({"High": "Food"}, RANKS[1]))]),
            r"dialogue\[0\]\.mturk_agent_1: not a ranking of the issues",
        ),
    ],
)
def test_bad_files(tmp_path, text, words):
    path = tmp_path / "casino.json"
    path.write_text(text)
    with pytest.raises(InputError, match=words):
        read_casino(path)


@pytest.mark.parametrize(("part", "count", "walked"), [("train", 900, 24), ("valid", 30, 0)])
def test_the_corpus(part, count, walked):
    folder = os.environ.get("COMITY_DATA")
    path = Path(folder or ".") / "casino" / f"casino_{part}.json"
    if not folder or not path.exists():
        pytest.skip(f"set COMITY_DATA to a folder that holds casino/casino_{part}.json")
    dialogues = read_casino(path)
    assert len(dialogues) == count
    assert [d.number for d in dialogues if d.irregular] == []
    assert sum(d.walked_away for d in dialogues) == walked
    assert all(d.recomputed_points().tolist() == list(d.points) for d in dialogues)
