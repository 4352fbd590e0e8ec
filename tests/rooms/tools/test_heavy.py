import json

import pytest

from comity import agreement
from comity.cases import loads
from comity.core.errors import InputError
from comity.rooms.tools.heavy import FUNCTIONS, MOST_DIFFERENCES, answer, error_of
from comity.solutions import CONCEPTS

NUMBERED = ("play", "payoffs", "profiles", "points", "outcomes")
"""Keys whose values name players and options by their places."""


def ask(function, text, **job):
    """An answer as it comes out of the process."""
    return json.loads(json.dumps(answer({"function": function, "text": text, **job})))


def test_check_says_what_a_case_holds(river):
    found = ask("check", river)["answer"]
    case = loads(river)
    assert found["ok"]
    assert found["parties"] == list(case.names)
    assert found["outcomes"] == case.parties[0].model.size


def test_check_names_every_fault(river):
    broken = river.replace("[constitution]", "[constitution]\nsoluton = 3", 1)
    found = ask("check", broken)["answer"]
    assert not found["ok"]
    assert any("soluton" in str(fault) for fault in found["faults"])
    assert all(set(fault) == {"message", "place", "found", "expected"} for fault in found["faults"])


MANY = 'title = "x"\n[frame.actions]\n' + "".join(
    f'P{k} = ["a", "b", "c", "d"]\n' for k in range(40)
)
MODELS = "".join(f'[models.P{k}.tastes.P{k}]\npayoffs = {{ "*" = 1 }}\n' for k in range(40))
NO_CASES = {
    "empty": "",
    "nonsense": "nonsense",
    "no fields": "{}",
    "deep": "[" * 50_000,
    "deep objects": '{"a":' * 20_000 + "1" + "}" * 20_000,
    "another kind": "title = 1\n",
    "more outcomes than atoms on earth": MANY + MODELS,
}


@pytest.mark.parametrize("text", NO_CASES.values(), ids=NO_CASES)
def test_what_is_no_case(text):
    assert not ask("check", text)["answer"]["ok"]
    assert "error" in ask("compare", text)


def test_agree_is_the_agreement(river):
    found = ask("agree", river, seed=0, misreports="none")["answer"]
    expected = agreement.agree(loads(river), rng=0, misreports="none")
    assert found["status"] == expected.status
    assert found["play"] == expected.play.to_dict()
    assert found["transcript_hash"] == expected.transcript[-1]["hash"]
    assert found["certificate"]["gain_private"]["Egypt"]["kind"] == "exact"


def test_compare_is_the_comparison(river):
    found = ask("compare", river)["answer"]
    expected = agreement.compare(loads(river))
    shown = [(d["block"], d["part"]) for d in found["differences"]]
    assert shown == [(d.block, d.part) for d in expected.differences][:MOST_DIFFERENCES]
    assert found["left_out"] == max(0, len(expected.differences) - MOST_DIFFERENCES)


@pytest.mark.parametrize("concept", CONCEPTS)
def test_solve_says_it_in_words_first(river, concept):
    found = ask("solve", river, concept=concept, view="")["answer"]
    names = list(found)
    assert names[0] in ("happens", "plays")
    assert names.index(names[0]) < min(names.index(key) for key in names if key in NUMBERED)
    plays = found.get("plays", [found])
    for play in plays:
        words = json.dumps(play.get("happens") or play["what"])
        assert "Ethiopia: fill" in words
        assert set(play["worth"]) == {"Ethiopia", "Egypt"}


def test_agree_says_it_in_words_first(river):
    found = ask("agree", river, seed=0, misreports="none")["answer"]
    assert list(found)[:4] == ["status", "words", "happens", "worth"]
    assert found["happens"] == [
        {"how_often": "always", "what": "Ethiopia: fill by a drought rule; Egypt: buy power"}
    ]
    assert list(found["worth"].values()) == found["payoffs"]


def test_solve_on_a_view_and_on_all(river):
    case = loads(river)
    for view in ("", *case.names):
        found = ask("solve", river, concept="pure-equilibria", view=view)["answer"]
        assert found["players"] == list(case.names)
        assert found["complete"]
    for job in ({"concept": "best", "view": ""}, {"concept": "nash", "view": "Sudan"}):
        error = ask("solve", river, **job)["error"]
        assert error["place"] in ("concept", "view")
        assert error["expected"]


def test_errors_keep_their_place():
    error = InputError("bad", place="models.A", found="x" * 999, expected=3)
    assert error_of(error) == {
        "message": "bad",
        "place": "models.A",
        "found": "x" * 300,
        "expected": "3",
    }
    assert set(FUNCTIONS) == {"check", "compare", "solve", "agree"}
