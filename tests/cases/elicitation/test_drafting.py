import numpy as np

from comity.cases.elicitation.drafting import Draft, Subject, entry, explain, rules

SETTLE = Subject(True, {"rent": ("800", "900")})


def test_values_of_issues_and_payoffs_of_outcomes():
    values = [np.array([1.0, 2.345])]
    assert entry(values, SETTLE) == {"values": {"rent": {"800": 1, "900": 2.35}}}
    acts = Subject(False, {"outcomes": ("stay", "go")})
    assert entry(values, acts) == {"payoffs": {"stay": 1, "go": 2.35}}


def test_long_ranges_are_lists():
    long = Subject(True, {"hours": tuple(map(str, range(12)))})
    assert entry([np.arange(12.0)], long) == {"values": {"hours": list(range(12))}}


def test_what_was_assumed_is_in_the_data_once():
    draft = Draft()
    draft.assume("a")
    draft.assume("a")
    rules(draft, SETTLE)
    assert draft.data["assumptions"] == ["a"]
    assert draft.data["constitution"]["default"] == "no-deal"


def test_what_nobody_said_of_a_bystander_stands_beside_its_numbers():
    draft = Draft({"models": {"Ana": {"tastes": {"Ana": {}, "fish": {}, "Bo": {}}}}})
    draft.leave_out("Ana", "fish", ())
    explain(draft, ["Ana"])
    said = "How fish fares, as Ana sees it, was not stated: 0."
    assert draft.notes == [said]
    assert draft.comments["models", "Ana", "tastes", "fish"] == said
    assert "worth to Bo" in draft.comments["models", "Ana", "tastes", "Bo"]
