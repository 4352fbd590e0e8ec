from comity.assistance.games import catalogue_game
from comity.assistance.people import RATIONAL, Reply, noisy
from comity.assistance.solving import solve_or_bound


def test_exact_where_that_is_quick():
    game = catalogue_game("chef-world", recipes=6)
    assert solve_or_bound(game, RATIONAL).value.kind == "exact"
    small = catalogue_game("chef-world", recipes=2)
    assert solve_or_bound(small, noisy(small, 2.0)).value.kind == "exact"


def test_points_where_vectors_do_not_merge():
    game = catalogue_game("chef-world", recipes=4)
    found = solve_or_bound(game, noisy(game, 2.0))
    assert found.method.startswith("point-based")
    assert found.gap <= 2e-3


def test_noisy_replies_are_bounded():
    game = catalogue_game("off-switch")
    assert solve_or_bound(game, Reply(2.0)).value.kind == "exact"
