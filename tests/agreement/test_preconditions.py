"""Everything a constitution can get wrong, found before anyone reports."""

import math

import numpy as np
import pytest

import comity as co
from agreement_situations import case_of, chicken, full_game, random_negotiation
from comity.agreement import agree, check_case
from comity.cases import AcceptanceRule, Evidence, Talk
from comity.core.errors import InputError

BAD_FOR_A_GAME = {
    "tastes": ({"tastes": "median"}, "constitution.tastes"),
    "facts": ({"facts": "mode"}, "constitution.facts"),
    "prior": ({"prior": "cubic"}, "constitution.prior"),
    "enforcement": ({"enforcement": "hope"}, "constitution.enforcement"),
    "tie-break": ({"tie_break": "coin"}, "constitution.tie_break"),
    "objective": ({"objective": "mine"}, "constitution.objective"),
    "disagreement": ({"disagreement": "war"}, "constitution.disagreement"),
    "default": ({"default": "war"}, "constitution.default"),
    "no solution": ({"solution": ()}, "there is no solution"),
    "solution": ({"solution": ("nash", "fair")}, "no such solution"),
    "acceptable": ({"acceptable": {"A": ("fair",)}}, "constitution.acceptable.A"),
    "acceptable to nobody": ({"acceptable": {"Z": ("nash",)}}, "no such party"),
    "precision of nobody": ({"precision": {"A": 1, "B": 1, "Z": 1}}, "constitution.precision.Z"),
    "precision missing": (
        {"facts": "precision", "precision": {"A": 1}},
        "constitution.precision.B",
    ),
    "precision negative": (
        {"facts": "precision", "precision": {"A": 1, "B": -1}},
        "constitution.precision",
    ),
    "trimmed mean of two": ({"facts": "trimmed-mean"}, "three parties"),
    "rule": ({"acceptance": (AcceptanceRule("mood"),)}, r"constitution.acceptance\[0\]"),
    "divergence": (
        {"acceptance": (AcceptanceRule("gain"), AcceptanceRule("public", "far"))},
        r"constitution.acceptance\[1\]",
    ),
    "negative tolerance": (
        {"acceptance": (AcceptanceRule("public", "raw", -1.0),)},
        "tolerance is out of range",
    ),
    "tolerance nan": (
        {"acceptance": (AcceptanceRule("public", "raw", math.nan),)},
        "tolerance is out of range",
    ),
    "strategic and nash": (
        {"acceptance": (AcceptanceRule("public", "strategic", 1.0),)},
        "strategic with nash",
    ),
    "strategic private": (
        {"acceptance": (AcceptanceRule("private", "strategic", 1.0),)},
        "strategic with nash",
    ),
    "evidence rule without evidence": (
        {"acceptance": (AcceptanceRule("evidence"),)},
        "shared evidence is asked for",
    ),
    "evidence pool without evidence": ({"facts": "evidence"}, "constitution.facts"),
    "talk of no evidence": (
        {"talk": Talk(rounds=1, share_evidence=True)},
        "constitution.talk.share_evidence",
    ),
    "talk": ({"talk": Talk(rounds=-1)}, "constitution.talk.rounds"),
    "no deal in a game": ({"default": "no-deal"}, "constitution.default"),
    "no-deal point in a game": ({"disagreement": "no-deal"}, "constitution.disagreement"),
    "no policy": ({"default": "policy"}, "constitution.policy.A"),
    "policy": ({"default": "policy", "policy": {"A": "C", "B": "E"}}, "constitution.policy.B"),
    "policy of nobody": ({"policy": {"Z": "C"}}, "constitution.policy.Z"),
    "point missing": ({"disagreement": "point"}, "constitution.disagreement_point.A"),
    "point nan": (
        {"disagreement": "point", "disagreement_point": {"A": 1.0, "B": math.nan}},
        "constitution.disagreement_point.B",
    ),
    "evidence of nothing": (
        {"evidence": (Evidence("gold", np.ones(1), sd=1.0),)},
        "evidence.quantity",
    ),
}


@pytest.mark.parametrize("name", BAD_FOR_A_GAME)
def test_refused_in_a_game(name):
    rules, message = BAD_FOR_A_GAME[name]
    case = case_of([chicken(block="facts")] * 2, **rules)
    with pytest.raises(InputError, match=message):
        check_case(case)
    with pytest.raises(InputError, match=message):
        agree(case, misreports="none")


BAD_FOR_A_NEGOTIATION = {
    "favourite": ({"default": "favourite-equilibrium"}, "constitution.default"),
    "policy": ({"default": "policy"}, "constitution.default"),
    "crash": ({"disagreement": "favourite-equilibrium"}, "constitution.disagreement"),
    "strategic": (
        {
            "solution": ("best-equilibrium",),
            "acceptance": (AcceptanceRule("public", "strategic", 1.0),),
        },
        "strategic with Negotiation",
    ),
}


@pytest.mark.parametrize("name", BAD_FOR_A_NEGOTIATION)
def test_refused_in_a_negotiation(name, rng):
    rules, message = BAD_FOR_A_NEGOTIATION[name]
    with pytest.raises(InputError, match=message):
        check_case(case_of([random_negotiation(rng)] * 2, **rules))


GOOD = [
    {"solution": ("best-equilibrium",), "acceptance": (AcceptanceRule("public", "strategic", 1),)},
    {"default": "policy", "policy": {"A": "C", "B": "D"}},
    {"disagreement": "point", "disagreement_point": {"A": -1, "B": 0}},
    {"acceptance": ()},
    {"facts": "evidence", "evidence": (Evidence("fish", np.ones(2), sd=1.0),)},
    {"talk": Talk(rounds=3, tolerance_step=0.1, revise=0.5)},
]


@pytest.mark.parametrize("rules", GOOD, ids=str)
def test_accepted(rules, rng):
    check_case(case_of([full_game(rng), full_game(rng)], **rules))


@pytest.mark.parametrize("verb", [co.agree, co.compare, co.study])
@pytest.mark.parametrize("given", ["river.toml", None])
def test_a_file_name_is_no_case(verb, given):
    with pytest.raises(InputError, match=r"case: not a Case .*comity.load"):
        verb(given)


@pytest.mark.parametrize("search", ["x", -1, True, 0.5, None, []])
def test_no_such_search_for_lies(search):
    with pytest.raises(InputError, match=r"misreports: no such search .*none, local, full"):
        agree(case_of([chicken(), chicken()]), misreports=search)


@pytest.mark.parametrize("seed", [-1, "x"])
def test_no_such_seed(seed):
    with pytest.raises(InputError, match="rng: not a seed"):
        agree(case_of([chicken(), chicken()]), rng=seed)
