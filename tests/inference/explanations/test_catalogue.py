"""The catalogue: names, sources, and one object for one explanation."""

import pytest

from comity.core.errors import InputError
from comity.inference.explanations.catalogue import AUTOMATA, MOTIVES, PROCEDURES, explain


@pytest.mark.parametrize("part", [*MOTIVES.values(), *PROCEDURES.values()], ids=lambda p: p.name)
def test_every_entry_says_what_it_is_and_whence(part):
    assert part.about.endswith(".")
    assert part.source
    assert part.about[0].isupper()
    assert all(parameter.meaning for parameter in part.parameters)


def test_names_are_the_keys():
    for table in (MOTIVES, PROCEDURES, AUTOMATA):
        assert all(entry.name == name for name, entry in table.items())
    assert {f"automaton {name}" for name in AUTOMATA} <= set(PROCEDURES)


def test_the_same_names_give_the_same_object():
    assert explain("spite", "logit") is explain("spite", "logit")
    assert explain() is explain("own-payoff")
    assert explain("spite").procedure.name == "logit"


@pytest.mark.parametrize(
    ("names", "message"),
    [
        (("greed", "logit"), r"motive: unknown motive; did you mean \'moral-greed\'.*\'greed\'"),
        (("spite", "probit"), r"procedure: unknown procedure.*\'probit\'"),
    ],
)
def test_unknown_names_are_told(names, message):
    with pytest.raises(InputError, match=message):
        explain(*names)
