"""Declared truth, noise and lies."""

import numpy as np
import pytest

from comity.agreement.spreads import InferredSpread
from comity.agreement.studies.declared import (
    Lie,
    check_noise,
    draw_noise,
    draw_truth,
    draw_view,
    is_inferred,
)
from comity.agreement.studies.scalar import scalar_case
from comity.cases import Party
from comity.core.errors import InputError
from comity.games import NormalForm

CASE = scalar_case(0.5, 0.6, 0.2)


def states_game():
    game = NormalForm.from_payoffs(np.arange(8.0).reshape(2, 2, 2), "AB")
    return game.with_states({"wet": game.table, "dry": -game.table}, [0.4, 0.6])


def test_cells_with_one_number_share_its_error(rng):
    model = draw_view(CASE.models["one"], CASE.parties[0], {"facts": 0.05}, rng)
    assert np.ptp(model.facts) == 0
    assert model.facts[0, 0, 0] != 0.5


def test_noise_has_the_stated_size(rng):
    draws = [
        draw_view(CASE.models["one"], CASE.parties[0], {"facts": 0.05}, rng).facts[0, 0, 0]
        for _ in range(2000)
    ]
    assert np.std(draws) == pytest.approx(0.05, rel=0.08)
    assert np.mean(draws) == pytest.approx(0.5, abs=0.005)


def test_a_prior_stays_a_distribution(rng):
    for _ in range(20):
        model = draw_view(states_game(), Party("A", states_game()), {"prior": 0.7}, rng)
        assert model.prior.sum() == pytest.approx(1)
        assert model.prior.min() > 0


def test_own_tastes_are_known(rng):
    game = states_game()
    noise = {"tastes[A]": 1.0, "tastes[B]": 1.0}
    model = draw_view(game, Party("A", game), noise, rng)
    assert np.array_equal(model.tastes[0], game.tastes[0])
    assert not np.array_equal(model.tastes[1], game.tastes[1])


def test_stated_uncertainty_is_the_noise_unless_declared(rng):
    game = CASE.models["one"]
    sure = draw_view(game, Party("one", game, uncertainty={"facts": np.zeros(2)}), None, rng)
    assert np.array_equal(sure.facts, game.facts)
    with pytest.raises(InputError, match="uncertainty"):
        check_noise(None, CASE)
    check_noise({"facts": 0.1}, CASE)


def test_noise_can_be_a_function(rng):
    other = CASE.models["two"]
    assert draw_view(CASE.models["one"], CASE.parties[0], lambda *_: other, rng) is other


def test_truth_is_one_game_or_many_or_a_function(rng):
    one, two = CASE.models.values()
    assert draw_truth(one, rng) is one
    assert {id(draw_truth([one, two], rng)) for _ in range(50)} == {id(one), id(two)}
    assert draw_truth(lambda rng: two, rng) is two


def test_lies_by_name_and_by_function():
    model = CASE.models["one"]
    named = Lie("one", "fact fair share", (0.1,))
    assert named.report(model, 0.1).facts.ravel() == pytest.approx([0.6, 0.6])
    own = Lie("one", lambda game, amount: game.replace("facts", game.facts.ravel() * amount), (2,))
    assert own.report(model, 2).facts.ravel() == pytest.approx([1.0, 1.0])


@pytest.mark.parametrize("bad", [{"amounts": ()}, {"amounts": (np.nan,)}, {"chance": 1.5}])
def test_bad_lies_are_named(bad):
    with pytest.raises(InputError, match=r"liars\.one"):
        Lie("one", "no deal", **({"amounts": (0.1,)} | bad))


def test_unknown_blocks_are_named(rng):
    with pytest.raises(InputError, match=r"noise\.fact"):
        draw_view(CASE.models["one"], CASE.parties[0], {"fact": 0.1}, rng)


def test_inferred_noise_is_drawn_once_for_all(rng):
    spread = InferredSpread(np.array([0.02, 0.3]), np.array([0.25, 0.75]))
    noise = {"facts": spread, "prior": InferredSpread(spread.draws * 2, spread.weights), "x": 1.0}
    drawn = [draw_noise(noise, rng) for _ in range(800)]
    assert {(float(d["facts"]), float(d["prior"]), d["x"]) for d in drawn} == {
        (0.02, 0.04, 1.0),
        (0.3, 0.6, 1.0),
    }
    assert np.mean([d["facts"] == 0.02 for d in drawn]) == pytest.approx(0.25, abs=0.05)


def test_noise_that_is_known_costs_no_draw():
    one, two = np.random.default_rng(0), np.random.default_rng(0)
    for noise in (None, {"facts": 0.1}, lambda truth, name, rng: truth):
        assert not is_inferred(noise)
        assert draw_noise(noise, one) is noise
    assert one.random() == two.random()
