"""The family of lies: what is moved, in what units, and what is left alone."""

import numpy as np
import pytest

from comity.agreement.misreports.lies import broad_moves, moves, whole_lies
from comity.agreement.parties.biases import bent, directions
from comity.agreement.studies.scalar import scalar_case
from comity.cases import Constitution
from comity.games import Issue, Negotiation, NormalForm


def states_game():
    game = NormalForm.from_payoffs([[[1, 2], [3, 4]], [[4, 3], [2, 1]]], "AB")
    tables = {"wet": np.arange(8.0).reshape(2, 2, 2), "dry": np.ones((2, 2, 2))}
    return game.with_states(tables, [0.4, 0.6])


def test_own_tastes_leave_guesses_alone():
    found = moves(states_game(), "A", Constitution())
    assert {move.block for move in found} == {"prior", "tastes[A]"}


def test_pooled_tastes_move_everyone():
    found = moves(states_game(), "A", Constitution(tastes="mean"))
    assert {move.block for move in found} == {"prior", "tastes[A]", "tastes[B]"}


def test_a_prior_stays_a_distribution():
    game = states_game()
    step = next(move for move in moves(game, "A", Constitution()) if move.block == "prior")
    for amount in (-4.0, -0.5, 0.5, 4.0):
        prior = step(game, amount).prior
        assert prior.sum() == pytest.approx(1)
        assert prior.min() >= 0


def test_a_quantity_moves_as_a_whole():
    model = scalar_case(0.5, 0.6, 0.2).models["one"]
    step = next(m for m in moves(model, "one", Constitution()) if m.label == "fair share")
    assert step(model, 1.0).facts.ravel() == pytest.approx(model.facts.ravel() + step.unit)


def test_no_two_moves_shift_the_same():
    found = moves(states_game(), "A", Constitution())
    keys = {(move.block, tuple(sorted(move.indices.tolist()))) for move in found}
    assert len(keys) == len(found)


def test_whole_lies_permute_equal_issues():
    issues = [Issue(name, ("0", "1")) for name in "xyz"] + [Issue("w", ("0", "1", "2"))]
    values = {i.name: np.arange(len(i.options)) * (k + 1.0) for k, i in enumerate(issues)}
    game = Negotiation.additive(("A", "B"), issues, {"A": values, "B": values}, reservation=0.5)
    lies = list(whole_lies(game, "A"))
    assert len(lies) == 4 + 5
    weights = {tuple(lie.values[0][1:6:2]) for lie in lies[4:]}
    assert len(weights) == 5
    assert all(lie.reservation[0] == 0.5 for lie in lies)
    assert all(np.array_equal(lie.values[1], game.values[1]) for lie in lies)


def test_an_action_moves_whatever_the_others_do():
    game = states_game()
    step = next(
        m for m in broad_moves(game, "A", Constitution()) if m.indices.tolist() == [2, 3, 6, 7]
    )
    raised = step(game, 1.0).table - game.table
    unit = np.ptp(game.table[0])
    assert raised[0] == pytest.approx(np.array([[0, 0], [unit, unit]]))
    assert raised[1] == pytest.approx(0)


def test_a_mixed_default_moves_as_it_is_mixed():
    game = NormalForm.from_payoffs([[[3, 0], [0, 1]], [[0, 0], [0, 0]]], "AB")
    step = next(m for m in broad_moves(game, "A", Constitution()) if m.label == "default")
    raised = step(game, 1.0).table[0] - game.table[0]
    assert raised == pytest.approx(3 * np.array([[0.25, 0.25], [0.75, 0.75]]))


def negotiation():
    issues = [Issue("x", ("0", "1")), Issue("y", ("0", "1", "2"))]
    values = {"x": [0.0, 1.0], "y": [0.0, 2.0, 1.0]}
    return Negotiation.additive(("A", "B"), issues, {"A": values, "B": values}, reservation=0.5)


@pytest.mark.parametrize("model", [scalar_case(0.5, 0.6, 0.2).models["one"], negotiation()])
def test_every_bias_of_a_party_is_a_move(model):
    """Any way that `biases` bends a report, one of the moves bends it too."""
    name = model.players[0]
    family = moves(model, name, Constitution())
    for way, unit in directions(model, name).items():
        shift = flat(bent(model, name, {way: unit})) - flat(model)
        along = [flat(step(model, 1.0)) - flat(model) for step in family]
        assert any(parallel(shift, other) for other in along), way


def flat(model):
    return np.concatenate([block.values for block in model.blocks().values()])


def parallel(a, b):
    return np.abs(a @ b) == pytest.approx(np.linalg.norm(a) * np.linalg.norm(b))
