"""Explanations by default: every name exists, and what lacks a feature is left out with a note."""

import numpy as np
import pytest

from comity.core.errors import InputError
from comity.inference.evidence import Evidence, Situation
from comity.inference.evidence.adapters import ADAPTERS
from comity.inference.understanding.defaults import (
    PROCEDURES,
    WEIGHED,
    chosen,
    named_explanation,
    weighed,
)

PLAIN = Evidence(
    (Situation(("keep", "share"), [[10, 0], [5, 5]]),), ("a",), *(np.zeros(1, int),) * 3
)


@pytest.mark.parametrize("kind", [*ADAPTERS, "anything else"])
def test_every_default_is_in_the_catalogue(kind):
    names = weighed(kind)
    assert len(names) > 1
    assert [named_explanation(name).name for name in names]


def test_every_kind_of_data_has_its_own_defaults():
    assert set(WEIGHED) | set(PROCEDURES) == set(ADAPTERS)


def test_logit_is_the_procedure_unless_stated():
    assert named_explanation("fehr-schmidt").name == "fehr-schmidt x logit"
    assert named_explanation("automaton tft").name == "automaton tft"
    assert named_explanation("fehr-schmidt × tremble").name == "fehr-schmidt x tremble"


def test_what_lacks_a_feature_is_left_out_with_a_note():
    kept, notes = chosen(None, "ultimatum", PLAIN)
    assert "own-payoff x logit" in [e.name for e in kept]
    assert any("commitment" in note and "resists" in note for note in notes)


def test_what_is_named_must_apply():
    with pytest.raises(InputError, match="commitment"):
        chosen(["commitment x logit"], "ultimatum", PLAIN)


@pytest.mark.parametrize("names", [[], ["spite x logit", "spite"]])
def test_names_are_a_list_of_different_ones(names):
    with pytest.raises(InputError, match="explanations"):
        chosen(names, "allocations", PLAIN)


def test_an_unknown_name_is_refused():
    with pytest.raises(InputError, match=r"^explanations\.1\.motive: unknown .*'spite'"):
        chosen(["own-payoff", "spit x logit"], "allocations", PLAIN)


def test_a_missing_feature_is_named_with_its_place_and_where_it_is_stated():
    wanted = r"^behaviour\.explanations\.0\.guilt.*with delays; expected .* expected_payoff\)$"
    with pytest.raises(InputError, match=wanted):
        chosen(["guilt x logit"], "allocations", PLAIN, "behaviour.explanations")
