import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from comity.core import InputError
from comity.games import NormalForm
from comity.games.negotiation import Constraint, Issue, Negotiation
from comity.solutions import OutcomeSet, bargain, certify, maximin_point
from comity.solutions.bargain import CONCEPTS
from solutions import oracles
from solutions.oracles import options

CHICKEN = NormalForm.from_payoffs([[[0, -1.5], [5, -5]], [[0, 2], [-1, -5]]])

# Clifton (2020): the disagreement point decides. Lottery Nash bargaining by hand: on the edge from
# (5, -1) to (-1.5, 2) the product is a parabola in the chance of the first.
PUBLISHED = [
    ("nash", (-1.5, -1), (1.75, 0.5)),
    ("nash", (-5, -5), (13 / 3, -9 / 13)),
    ("kalai-smorodinsky", (-1.5, -1), (1.75, 0.5)),
    ("egalitarian", (0, 0), (17 / 19, 17 / 19)),
    ("utilitarian", (-5, -5), (5, -1)),
    ("utilitarian", (-1.5, 0), (17 / 6, 0)),
]


@pytest.mark.parametrize(("concept", "point", "expected"), PUBLISHED)
def test_asymmetric_chicken(concept, point, expected):
    found = bargain(CHICKEN, concept, point)
    assert found.status == "optimal"
    np.testing.assert_allclose(found.payoffs, expected, atol=1e-12)
    np.testing.assert_allclose(CHICKEN.payoffs(found.play), expected, atol=1e-12)
    assert found.gap.kind == "exact"


@pytest.mark.parametrize("concept", CONCEPTS)
@pytest.mark.parametrize("lotteries", [True, False])
def test_no_gain_is_an_answer(concept, lotteries):
    found = bargain(CHICKEN, concept, [4, 2], lotteries=lotteries)
    assert found.status == "no gain"
    assert found.play is None
    assert found.payoffs.tolist() == [4, 2]


@pytest.mark.parametrize("concept", CONCEPTS)
@pytest.mark.parametrize("n", [2, 3])
def test_no_gain_is_proved_by_weights(concept, n, rng):
    game = random_game(rng, n)
    points = game.payoff_points()
    beyond = points.mean(axis=0) + 10
    found = bargain(game, concept, beyond)
    assert found.status == "no gain"
    assert (found.weights >= 0).all()
    assert (points @ found.weights).max() < found.weights @ beyond


@pytest.mark.parametrize("concept", CONCEPTS)
def test_a_disagreement_point_on_the_frontier_leaves_no_gain(concept):
    found = bargain(options((1, 0), (0, 1)), concept, [0.5, 0.5])
    assert found.status == "no gain"


@pytest.mark.parametrize("concept", CONCEPTS)
@pytest.mark.parametrize("lotteries", [True, False])
def test_gain_for_one_alone_is_a_gain(concept, lotteries):
    found = bargain(options((1, 0), (3, 0), (0, -1)), concept, [0, 0], lotteries=lotteries)
    assert found.status == "optimal"
    np.testing.assert_allclose(found.payoffs, [3, 0], atol=1e-9)


@pytest.mark.parametrize("concept", CONCEPTS)
@pytest.mark.parametrize("unit", [1e-6, 1.0, 1e6])
@pytest.mark.parametrize("n", [2, 3])
def test_units_do_not_change_the_play(concept, unit, n, rng):
    game = random_game(rng, n)
    point = game.payoff_points().mean(axis=0)
    scaled = NormalForm.from_payoffs(game.table * unit)
    plain, other = bargain(game, concept, point), bargain(scaled, concept, point * unit)
    assert plain.status == other.status == "optimal"
    np.testing.assert_allclose(other.payoffs / unit, plain.payoffs, atol=1e-7)
    assert abs(float(other.gap)) <= 1e-9 * max(unit, 1)


@pytest.mark.parametrize("concept", CONCEPTS)
@pytest.mark.parametrize("seed", range(6))
@pytest.mark.parametrize("n", [2, 3, 4])
def test_certificate_by_independent_code(concept, seed, n):
    rng = np.random.default_rng(seed)
    game = random_game(rng, n)
    point = maximin_point(game)
    found = bargain(game, concept, point)
    if found.status == "no gain":
        _, level = oracles.program(np.zeros(n), game.payoff_points(), point, np.ones(n))
        assert level < 1e-6
        return
    held = certify(game, found.play, disagreement=point)
    np.testing.assert_allclose(held.payoffs, found.payoffs, atol=1e-9)
    assert held.margins.min() > -1e-8
    assert float(held.pareto_slack) < 1e-6


@given(
    st.lists(st.tuples(st.integers(0, 6), st.integers(0, 6)), min_size=1, max_size=7),
    st.tuples(st.integers(-1, 5), st.integers(-1, 5)),
    st.sampled_from(sorted(CONCEPTS)),
)
def test_two_parties_never_miss_a_gain(points, point, concept):
    game = options(*points)
    found = bargain(game, concept, point)
    lines = oracles.segments(np.array(points, float), 25)
    better = ((lines >= point).all(axis=1) & (lines > point).any(axis=1)).any()
    if better:
        assert found.status == "optimal"
    if found.status == "optimal":
        assert (found.payoffs >= np.array(point) - 1e-9).all()
        assert float(certify(game, found.play).pareto_slack) < 1e-7


@pytest.mark.parametrize("concept", CONCEPTS)
def test_two_party_walk_agrees_with_column_generation(concept, rng):
    for _ in range(10):
        game = random_game(rng, 2)
        point = game.payoff_points().mean(axis=0)
        many = OutcomeSet(game)
        walk = bargain(game, concept, point)
        rule = CONCEPTS[concept]
        from comity.solutions.payoff_sets import ScaledSet

        columns = rule.settle_many(ScaledSet(many, point, np.ones(2)))
        np.testing.assert_allclose(columns.gains + point, walk.payoffs, atol=1e-7)


@pytest.mark.parametrize("concept", CONCEPTS)
def test_one_who_is_at_its_best_is_kept_there(concept):
    # All that is best for someone is worth 1 to player 3, so that its range must be asked for.
    game = options((0, 0, 1), (2, 0, 1), (0, 2, 1), (3, 3, 0))
    small = NormalForm.from_payoffs(game.table * 1e-7)
    found = bargain(small, concept, np.array([0, 0, 1]) * 1e-7)
    assert found.payoffs[2] == pytest.approx(1e-7, rel=1e-8)
    assert found.payoffs[:2].sum() == pytest.approx(2e-7, rel=1e-8)


@pytest.mark.parametrize("concept", CONCEPTS)
def test_ties_among_outcomes_are_listed(concept):
    game = options((1, 3), (3, 1), (0, 0))
    found = bargain(game, concept, [0, 0], lotteries=False)
    assert found.ties == ((0, 0), (1, 0))
    assert found.payoffs.tolist() == [2, 2]
    first = bargain(game, concept, [0, 0], lotteries=False, tie_break="first")
    assert first.payoffs.tolist() == [1, 3]
    assert first.ties == found.ties


def test_utilitarian_tie_on_lotteries_is_a_uniform_draw():
    found = bargain(options((1, 3), (3, 1), (2, 2), (0, 0)), "utilitarian", [0, 0])
    assert found.play.probabilities.tolist() == [1 / 3] * 3
    assert found.payoffs.tolist() == [2, 2]


def test_rationality_binds_the_utilitarian_sum():
    game = options((10, 0), (1, 3))
    np.testing.assert_allclose(bargain(game, "utilitarian", [0, 1]).payoffs, [7, 1])
    free = bargain(game, "utilitarian", [0, 1], individually_rational=False)
    np.testing.assert_allclose(free.payoffs, [10, 0])


@pytest.mark.parametrize("concept", CONCEPTS)
def test_a_hundred_million_million_million_deals(concept, rng):
    domain = oracles.random_domain(rng, issues=20, choices=10, reservation=4.0)
    found = bargain(domain, concept, domain.reservation)
    assert domain.size == 10**20
    assert found.status == "optimal"
    assert found.gap.kind == "exact"
    assert float(certify(domain, found.play).pareto_slack) == 0


@pytest.mark.parametrize("concept", CONCEPTS)
def test_constraints_are_kept(concept, rng):
    domain = oracles.random_domain(rng, issues=4, choices=4)
    costs = np.tile(np.arange(4.0), 4)
    limited = Negotiation(
        **{f: getattr(domain, f) for f in ("players", "issues", "prior", "facts", "weights")},
        tastes=domain.tastes,
        constraints=(Constraint(costs, 5.0, "budget"),),
    )
    found = bargain(limited, concept, [0.3, 0.3])
    assert all(sum(outcome) <= 5 for outcome in found.play.outcomes)
    points = limited.payoff_points()
    listed = bargain(options(*points), concept, [0.3, 0.3])
    np.testing.assert_allclose(found.payoffs, listed.payoffs, atol=1e-9)


def random_game(rng, n):
    return NormalForm.from_payoffs(rng.normal(size=(n, *[3] * n)))


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("nush", [0, 0]), "no such bargaining solution"),
        (("nash", [0, 0, 0]), "not a disagreement point"),
        (("nash", [0, float("nan")]), "not a disagreement point"),
    ],
)
def test_bad_input(arguments, message):
    with pytest.raises(InputError, match=message):
        bargain(CHICKEN, *arguments)


def test_a_payoff_set_without_outcomes_needs_lotteries():
    with pytest.raises(InputError, match="a game is needed"):
        bargain(HalfDisc(), "nash", [0, 0], lotteries=False)


class HalfDisc:
    """The unit disc: smooth, so that no finite number of corners is enough."""

    n = 2

    def maximise(self, weights):
        from comity.games import Lottery
        from comity.solutions import Vertex

        length = float(np.linalg.norm(weights))
        return Vertex(np.asarray(weights) / length, Lottery.pure((0,)), length)


def test_a_smooth_set():
    found = bargain(HalfDisc(), "nash", [0, 0])
    np.testing.assert_allclose(found.payoffs, [0.5**0.5] * 2, atol=1e-6)
    assert float(found.gap) < 1e-9


def test_pie_is_split_in_halves():
    pie = Negotiation.additive(
        ["Ana", "Bo"],
        [Issue.integers("share", 0, 10)],
        {"Ana": {"share": range(11)}, "Bo": {"share": range(10, -1, -1)}},
        reservation=[2, 0],
    )
    for concept in ("nash", "kalai-smorodinsky", "egalitarian"):
        np.testing.assert_allclose(bargain(pie, concept, [2, 0]).payoffs, [6, 4], atol=1e-9)
        found = bargain(pie, concept, [2, 0], lotteries=False)
        assert found.ties == ((6,),)


@pytest.mark.parametrize("concept", CONCEPTS)
@pytest.mark.parametrize("lotteries", [True, False])
@pytest.mark.parametrize("unit", [1.0, 1e6, 1e9, 1e12])
@pytest.mark.parametrize("bystanders", [0, 1])
def test_huge_units_of_one_cost_no_other_its_fallback(concept, lotteries, unit, bystanders):
    points = np.array([[1.0, 1], [0, 0], [3, -1], [0, 0]])
    points = np.column_stack([points * [unit, 1], np.zeros((4, bystanders))])
    found = bargain(options(*points), concept, np.zeros(2 + bystanders), lotteries=lotteries)
    assert found.status == "optimal"
    assert found.payoffs[1] >= -1e-8


UNEVEN = (0.1 + 0.2, 0.3)


@pytest.mark.parametrize("concept", CONCEPTS)
@pytest.mark.parametrize("lotteries", [True, False])
@pytest.mark.parametrize("size", [1e-9, 1.0, 1e9])
@pytest.mark.parametrize("bystanders", [0, 1])
@pytest.mark.parametrize(
    ("first", "point"), [((0.3, 0.3), UNEVEN[0]), (UNEVEN, 0.3), (UNEVEN[::-1], 0.3)]
)
def test_rounding_is_neither_gain_nor_loss(concept, lotteries, size, bystanders, first, point):
    points = np.column_stack([np.array(first) * size, [0.5, 1.0], np.ones((2, bystanders))])
    origin = [point * size, 0, *[1] * bystanders]
    found = bargain(options(*points), concept, origin, lotteries=lotteries)
    assert found.status == "optimal"
    assert found.payoffs[1] == 1


@pytest.mark.parametrize("concept", CONCEPTS)
def test_a_loss_that_only_bad_outcomes_show_is_a_loss(concept):
    # Both are worth 0.3 to the first wherever someone is best off, yet it can lose.
    game = options((0.3, 0.5), (-5, 1), (0.3, 1), (-1, 0.9))
    found = bargain(game, concept, [0.1 + 0.2, 0])
    assert found.status == "optimal"
    np.testing.assert_allclose(found.payoffs, [0.3, 1], atol=1e-12)


@pytest.mark.parametrize("concept", CONCEPTS)
def test_one_who_is_indifferent_and_a_mixed_disagreement_point(concept, rng):
    points = np.column_stack([np.full(8, 1 / 3), rng.normal(size=(8, 3))])
    for _ in range(20):
        chances = rng.dirichlet(np.full(8, 0.5))
        found = bargain(options(*points), concept, chances @ points)
        assert found.status in ("optimal", "no gain")
        assert found.payoffs[0] == pytest.approx(1 / 3, abs=1e-12)


@pytest.mark.parametrize("concept", ["egalitarian", "utilitarian"])
@pytest.mark.parametrize("seed", range(10))
@pytest.mark.parametrize("n", [2, 3])
def test_units_far_apart_hide_no_gain(concept, seed, n):
    rng = np.random.default_rng(seed)
    points = rng.normal(size=(9, n)) * 10.0 ** np.linspace(-6, 5, n)
    origin = rng.dirichlet(np.ones(9)) @ points
    found, nash = (
        bargain(options(*points), concept, origin),
        bargain(options(*points), "nash", origin),
    )
    assert (found.status == "no gain") == (nash.status == "no gain")
    if found.status != "no gain":
        assert ((found.payoffs - origin) / np.ptp(points, axis=0)).min() >= -2e-9


def test_the_gap_covers_what_the_limits_give_way():
    for seed in range(30):
        rng = np.random.default_rng(seed)
        points = rng.integers(-3, 4, (12, 5)).astype(float)
        found = bargain(options(*points), "egalitarian", points.min(axis=0))
        top = float(((points - found.disagreement) @ found.weights).max())
        level = float((found.payoffs - found.disagreement).min())
        assert top - level <= float(found.gap) + 1e-10
