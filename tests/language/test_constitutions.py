"""Rules in plain words: each choice of a constitution changes what is told."""

import dataclasses
from typing import get_args, get_type_hints

import pytest

from comity.agreement.transcripts.wire import constitution_to_dict
from comity.cases import AcceptanceRule, Constitution, Talk, load
from comity.language import LANGUAGES, rules, words_of
from comity.rooms.protocol.terms import DEADLINES, Terms

FRAME = {"states": ["dry", "wet"], "quantities": ["water"]}


def told(code="en", frame=FRAME, **changes):
    data = constitution_to_dict(dataclasses.replace(Constitution(), **changes))
    return rules(words_of(code), {"constitution": data, "frame": frame, "deadlines": DEADLINES})


def test_the_usual_rules():
    lines = told()
    assert lines[0].startswith("How a proposal is found: Nash bargaining")
    assert any("by its own view" in line for line in lines)
    assert "7 days to take a seat, 1 day to seal, 1 day to answer" in lines[-1]


CHANGES = [
    *({"solution": (s,)} for s in ("egalitarian", "kalai-smorodinsky", "utilitarian")),
    {"solution": ("nash", "egalitarian")},
    *({"disagreement": d} for d in ("favourite-equilibrium", "no-deal", "point")),
    *({"default": d} for d in ("favourite-equilibrium", "no-deal", "policy")),
    *({"facts": f} for f in get_args(get_type_hints(Constitution)["facts"]) if f != "mean"),
    {"tastes": "mean"},
    {"prior": "logarithmic"},
    {"enforcement": "self-enforcing"},
    {"lotteries": False},
    {"normalise": True},
    {"talk": Talk(rounds=1)},
    {"talk": Talk(rounds=3)},
    {"acceptance": (AcceptanceRule("gain", tolerance=0.5),)},
    {"acceptance": (AcceptanceRule("public", "affine", 2.0),)},
    {"acceptance": (AcceptanceRule("private", "decision", 2.0),)},
    {"acceptance": (AcceptanceRule("evidence", tolerance=2.0),)},
]


@pytest.mark.parametrize("code", LANGUAGES)
def test_every_choice_is_told(code):
    seen = [tuple(told(code))] + [tuple(told(code, **change)) for change in CHANGES]
    assert len(set(seen)) == len(seen)


def test_what_the_frame_lacks_goes_untold():
    bare = told(frame={"states": ["always"], "quantities": []})
    facts, prior = "Estimates of facts are averaged.", "Probabilities are averaged."
    assert set(told()) - set(bare) == {facts, prior}


def test_tolerances_are_written_by_language():
    rule = (AcceptanceRule("public", tolerance=2.5),)
    assert any("2,5" in line for line in told("de", acceptance=rule))


@pytest.mark.parametrize("code", LANGUAGES)
@pytest.mark.parametrize("name", ["river", "chicken", "household", "workshop", "ai_slowdown"])
def test_shipped_rules_can_be_told(examples, code, name):
    terms = Terms.of(load(examples / f"{name}.toml")).data
    lines = rules(words_of(code), terms)
    assert len(lines) >= 9
    assert len(set(lines)) == len(lines)
