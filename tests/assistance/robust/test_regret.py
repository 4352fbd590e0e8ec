import numpy as np
import pytest

from comity.assistance.games import catalogue_game
from comity.assistance.people import RATIONAL, demonstrating, noisy
from comity.assistance.robust import wrong_model
from comity.assistance.solving import evaluate_assistant, obey, solve_assistance
from comity.core import InputError


@pytest.fixture(scope="module")
def game():
    return catalogue_game("chef-world", recipes=2)


@pytest.fixture(scope="module")
def people(game):
    return {"rational": RATIONAL, "noisy": noisy(game, 3.0), "alone": demonstrating(game, 8.0)}


@pytest.fixture(scope="module")
def found(game, people):
    return wrong_model(game, people, {"obey": obey(game)})


def test_each_cell_is_what_happens(game, people, found):
    for k, assumed in enumerate(people.values()):
        assistant = solve_assistance(game, assumed).assistant
        for m, true in enumerate(people.values()):
            value = evaluate_assistant(game, assistant, true).value.value
            if k == m:
                assert found.values[k, m] == pytest.approx(value)
            assert found.values[k, m] <= found.upper_bounds[m] + 1e-9


def test_the_right_model_has_no_regret(found):
    assert np.diag(found.regret) == pytest.approx(0, abs=1e-9)
    assert (found.regret >= -1e-12).all()
    assert found.choice_regret == pytest.approx(found.regret.max(axis=1).min())
    assert found.range_of("obey") == (found.values[3].min(), found.values[3].max())


def test_the_safest_mixture_risks_least(found):
    assert found.safest.value <= found.choice_regret + 1e-9
    assert (found.best - found.safest_values).max() == pytest.approx(found.safest.value)
    assert (found.safest_values <= found.upper_bounds + 1e-9).all()


def test_one_procedure_leaves_nothing_to_regret(game):
    found = wrong_model(game, {"rational": RATIONAL})
    assert found.safest.value == pytest.approx(0, abs=1e-9)
    assert found.choice == "for rational"


def test_refusals(game, found):
    with pytest.raises(InputError, match="no procedure"):
        wrong_model(game, {})
    with pytest.raises(InputError, match="no such assistant"):
        found.range_of("butler")
