import numpy as np
import pytest

from assisting import (
    best_by_decision_rules,
    best_by_joint_policies,
    best_by_policies,
    logit,
    random_game,
)
from comity.assistance.games import catalogue_game
from comity.assistance.games.catalogue import chef_world
from comity.assistance.people import RATIONAL, Reply, noisy
from comity.assistance.solving import Solved, evaluate_assistant, solve_assistance, unsure
from comity.core import InputError, SizeError


@pytest.mark.parametrize("seed", range(4))
def test_no_pair_of_policies_is_better(seed):
    game = random_game(np.random.default_rng(seed), states=2, branching=2, horizon=2)
    assert solve_assistance(game).value.value == pytest.approx(best_by_joint_policies(game))


@pytest.mark.parametrize("seed", range(3))
def test_three_steps_against_all_policies(seed):
    game = random_game(np.random.default_rng(seed), branching=1, horizon=3, discount=0.9)
    solved = solve_assistance(game)
    assert solved.value.kind == "exact"
    assert solved.value.value == pytest.approx(best_by_joint_policies(game))


@pytest.mark.parametrize("goals", [2, 3])
@pytest.mark.parametrize("seed", range(3))
def test_agrees_with_rules_chosen_beforehand(seed, goals):
    game = random_game(np.random.default_rng(10 + seed), goals=goals, horizon=3, discount=0.8)
    assert solve_assistance(game).value.value == pytest.approx(best_by_decision_rules(game))


@pytest.mark.parametrize(
    ("name", "settings"),
    [
        ("cake-or-pie", {}),
        ("wormy-apples", {}),
        ("meal-choice", {"home": 1}),
        ("off-switch", {}),
        ("chef-world", {"recipes": 2}),
        ("chef-world", {"recipes": 3, "horizon": 2}),
    ],
)
def test_catalogue_against_rules_chosen_beforehand(name, settings):
    game = catalogue_game(name, **settings)
    assert solve_assistance(game).value.value == pytest.approx(best_by_decision_rules(game))


@pytest.mark.parametrize("sensitivity", [0.3, 2.0, 8.0])
@pytest.mark.parametrize("seed", range(3))
def test_noisy_reply_against_all_policies(seed, sensitivity):
    game = random_game(np.random.default_rng(seed), states=2, branching=2, horizon=2)
    solved = solve_assistance(game, Reply(sensitivity))
    assert solved.value.kind == "exact"
    assert solved.value.value == pytest.approx(best_by_policies(game, logit(sensitivity)))


@pytest.mark.parametrize("seed", range(3))
def test_reply_with_errors_against_all_policies(seed):
    game = random_game(np.random.default_rng(seed), branching=1, horizon=3)
    error = 0.2
    best = best_by_policies(game, lambda w: (1 - error) * w.max() + error * w.mean())
    assert solve_assistance(game, Reply(error=error)).value.value == pytest.approx(best)


def test_pruning_a_noisy_reply_is_a_lower_bound():
    for seed in range(6):
        game = random_game(np.random.default_rng(seed), branching=1, horizon=3)
        every = solve_assistance(game, Reply(1.0), prune=False)
        some = solve_assistance(game, Reply(1.0), prune=True)
        assert some.value.kind == "lower_bound"
        assert some.upper_bound.kind == "upper_bound"
        assert some.value.value <= every.value.value + 1e-9
        assert every.value.value <= some.upper_bound.value + 1e-9


def test_too_many_plans_of_a_noisy_reply_are_bounded_instead():
    game = random_game(np.random.default_rng(0), branching=2, horizon=3)
    with pytest.raises(SizeError, match="too many plans"):
        solve_assistance(game, Reply(1.0), prune=False)
    assert solve_assistance(game, Reply(1.0)).value.kind == "lower_bound"


@pytest.mark.parametrize("name", ["wormy-apples", "chef-world", "kitchen-helper", "off-switch"])
def test_the_plan_is_worth_what_is_said(name):
    game = catalogue_game(name)
    for person in (RATIONAL, noisy(game, 2.0)):
        solved = solve_assistance(game, person)
        again = evaluate_assistant(game, solved.assistant, person)
        assert again.value.value == pytest.approx(solved.value.value, abs=1e-9)
        assert again.by_type == pytest.approx(solved.by_goal, abs=1e-9)


def test_a_game_without_end_is_bracketed():
    rng = np.random.default_rng(3)
    game = random_game(rng, states=2, branching=1, horizon=None, discount=0.5)
    rough = solve_assistance(game, error=1e-2)
    fine = solve_assistance(game, error=1e-4)
    assert rough.value.kind == "lower_bound"
    assert rough.value.value <= fine.value.value + 1e-12
    assert fine.upper_bound.value <= rough.upper_bound.value + 1e-12
    assert fine.gap < rough.gap


def test_who_may_follow_one_of_several_procedures():
    game = chef_world(2)
    people = {"teaches": RATIONAL, "errs": noisy(game, 2.0)}
    both = solve_assistance(unsure(game, people, [0.5, 0.5]))
    alone = [solve_assistance(game, p).value.value for p in people.values()]
    assert both.value.value <= np.mean(alone) + 1e-9  # To know the procedure is worth something.
    sure = solve_assistance(unsure(game, people, [1.0, 0.0]))
    assert sure.value.value == pytest.approx(alone[0])


def test_value_does_not_depend_on_names_order_or_units(rng):
    game = random_game(rng, goals=3, horizon=3)
    value = solve_assistance(game).value.value
    order = [2, 0, 1]
    turned = game.with_fields(prior=game.prior[order], rewards=game.rewards[order])
    assert solve_assistance(turned).value.value == pytest.approx(value)
    scaled = game.with_fields(rewards=1e6 * game.rewards)
    assert solve_assistance(scaled).value.value == pytest.approx(1e6 * value)
    shifted = game.with_fields(rewards=game.rewards + 2)
    assert solve_assistance(shifted).value.value == pytest.approx(value + 6)


@pytest.mark.parametrize("error", [0, -1, np.nan])
def test_error_must_be_positive(error):
    with pytest.raises(InputError, match="error"):
        solve_assistance(catalogue_game("off-switch"), error=error)


def test_result_is_plain():
    solved = solve_assistance(catalogue_game("off-switch"))
    assert isinstance(solved, Solved)
    assert set(solved.to_dict()) >= {"value", "upper_bound", "by_goal", "method"}
    assert solved.gap < 1e-6
