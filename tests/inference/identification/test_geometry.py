"""Ranges, dimension and corners against brute force over all bases."""

from itertools import combinations

import numpy as np
import pytest

from comity.inference.identification.geometry import Shape, null_space, scaled

NONE = np.zeros((0, 3)), np.zeros(0)


def brute_corners(a, b, e, f):
    """Solve every choice of k binding conditions; keep the feasible answers."""
    k = a.shape[1]
    found = []
    for chosen in combinations(range(len(a)), k - len(e)):
        left, right = np.vstack([a[list(chosen)], e]), np.append(b[list(chosen)], f)
        if abs(np.linalg.det(left)) < 1e-9:
            continue
        x = np.linalg.solve(left, right)
        if np.all(a @ x <= b + 1e-9):
            found.append(x)
    return np.array(found)


def assert_same_points(found, expected):
    gaps = np.linalg.norm(found[:, None] - expected, axis=2)
    assert gaps.min(axis=1).max() < 1e-8
    assert gaps.min(axis=0).max() < 1e-8


def random_system(seed, equations):
    rng = np.random.default_rng(seed)
    k = 3
    a = np.vstack([rng.normal(size=(5, k)), np.eye(k), -np.eye(k)])
    b = np.concatenate([rng.uniform(0.2, 1, 5), np.ones(2 * k)])
    e = rng.normal(size=(equations, k))
    return a, b, e, e @ rng.uniform(-0.1, 0.1, k)


@pytest.mark.parametrize("equations", [0, 1, 2])
@pytest.mark.parametrize("seed", range(6))
def test_corners_and_ranges_are_those_of_all_bases(seed, equations):
    system = random_system(seed, equations)
    shape = Shape(*system)
    corners = brute_corners(*system)
    assert shape.dimension == 3 - equations
    assert_same_points(shape.corners(), corners)
    for weights in np.random.default_rng(seed).normal(size=(5, 3)):
        low, high = shape.between(weights)
        assert low == pytest.approx((corners @ weights).min(), abs=1e-8)
        assert high == pytest.approx((corners @ weights).max(), abs=1e-8)


@pytest.mark.parametrize("thickness", [0.0, 1e-3])
def test_inequalities_that_always_bind_cost_a_dimension(thickness):
    a = np.array([[1.0, 1, 0], [-1, -1, 0]])
    shape = Shape(a, np.array([1.0, -1 + thickness]), *NONE)
    assert shape.dimension == (2 if thickness == 0 else 3)
    if thickness == 0:
        np.testing.assert_allclose(a @ shape.directions.T, 0, atol=1e-12)


def test_conditions_that_miss_each_other_say_by_how_much():
    a = np.array([[1.0, 1, 0], [-1, -1, 0]])
    shape = Shape(a, np.array([1.0, -1.5]), *NONE)
    assert shape.dimension == -1
    assert shape.misfit == pytest.approx(0.25)
    assert np.isnan(shape.between(np.ones(3))).all()
    wrong = Shape(*NONE, np.array([[1.0, 0, 0], [2, 0, 0]]), np.array([1.0, 3]))
    assert wrong.misfit == pytest.approx(0.25)


def test_equations_alone_can_break_an_inequality_without_free_directions():
    shape = Shape(np.eye(3), np.zeros(3), np.eye(3), np.array([0.0, 0.3, 0]))
    assert shape.misfit == pytest.approx(0.3)


def test_repeated_equations_do_not_make_a_set_empty():
    rng = np.random.default_rng(0)
    e = rng.normal(size=(2, 3))
    many = rng.normal(size=(30, 2)) @ e
    shape = Shape(*NONE, many, many @ np.array([0.1, 0.2, 0.3]))
    assert shape.dimension == 1
    assert shape.between(many[0])[0] == pytest.approx(many[0] @ [0.1, 0.2, 0.3])


def test_no_end_is_infinite():
    shape = Shape(np.array([[1.0, 0, 0]]), np.ones(1), *NONE)
    assert shape.between(np.array([1.0, 0, 0])) == (-np.inf, pytest.approx(1.0))
    assert shape.between(np.array([0, 1.0, 0])) == (-np.inf, np.inf)


def test_centre_lies_inside_with_room():
    system = random_system(3, 1)
    shape = Shape(*system)
    a, b, e, f = system
    centre = shape.centre()
    assert np.all(a @ centre < b - 1e-3)
    np.testing.assert_allclose(e @ centre, f, atol=1e-12)


def test_scaling_and_null_space():
    rows, limits = scaled(np.array([[2.0, -4, 0], [0, 0, 0]]), np.array([8.0, 1]))
    np.testing.assert_array_equal(rows[0], [0.5, -1, 0])
    np.testing.assert_array_equal(limits, [2, 1])
    free = null_space(np.array([[1.0, 1, 1]]))
    np.testing.assert_allclose(free @ free.T, np.eye(2), atol=1e-12)
    np.testing.assert_allclose(free @ np.ones(3), 0, atol=1e-12)
