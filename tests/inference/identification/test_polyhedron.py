"""Sets on named coordinates: what they hold, how far they reach, and how they speak."""

import json

import numpy as np
import pytest

from comity.core.errors import InputError, Intractable
from comity.inference.identification.polyhedron import Polyhedron, in_words, reduced

NAMES = ["envy", "guilt", "noise"]


def simplex():
    return Polyhedron.of(NAMES, equations=[[1, 1, 1]], values=[1], box=(0, 1))


def test_simplex():
    found = simplex()
    assert found.dimension == 2
    np.testing.assert_allclose(found.bounds, [[0, 1]] * 3, atol=1e-9)
    np.testing.assert_allclose(found.vertices(), np.eye(3)[::-1], atol=1e-9)
    assert found.between({"envy": 3, "noise": -1}) == pytest.approx((-1, 3))
    assert found.contains([0.2, 0.3, 0.5])
    assert not found.contains([0.2, 0.3, 0.6])
    assert not found.contains([1.2, -0.2, 0])
    np.testing.assert_allclose(found.point(), 1 / 3)


def test_directions_lie_in_the_set():
    found = simplex()
    inside = found.point()
    for step in found.directions:
        assert found.contains(inside + 0.05 * step)
        assert found.contains(inside - 0.05 * step)
    assert found.flat_directions == ("envy - noise", "guilt - noise")


def test_a_point_and_an_interval_have_their_vertices():
    point = Polyhedron.of(["a"], equations=[[2]], values=[1])
    assert point.dimension == 0
    assert point.flat_directions == ()
    np.testing.assert_allclose(point.vertices(), [[0.5]])
    interval = Polyhedron.of(["a", "b"], equations=[[1, -1]], values=[0], box=[[0, 1], [0.25, 2]])
    np.testing.assert_allclose(interval.vertices(), [[0.25, 0.25], [1, 1]])


def test_bounds_shift_and_scale_with_the_set():
    rng = np.random.default_rng(1)
    rows, limits = rng.normal(size=(6, 3)), rng.uniform(0.5, 1, 6)
    first = Polyhedron.of(NAMES, rows=rows, limits=limits, box=(-1, 1))
    shift, scale = np.array([3.0, -2, 0.5]), 4.0
    ends = np.array([[-1, 1]] * 3) * scale + shift[:, None]
    second = Polyhedron.of(NAMES, rows=rows, limits=limits * scale + rows @ shift, box=ends)
    np.testing.assert_allclose(second.bounds, first.bounds * scale + shift[:, None], atol=1e-8)


def test_an_empty_set_says_so():
    found = Polyhedron.of(["a"], rows=[[1], [-1]], limits=[0, -1])
    assert found.empty
    assert found.dimension == -1
    assert np.isnan(found.bounds).all()
    assert "empty" in str(found)
    with pytest.raises(InputError, match="empty"):
        found.vertices()
    with pytest.raises(InputError, match="empty"):
        found.point()


def test_what_has_no_bounds_or_too_many_vertices_is_refused():
    with pytest.raises(InputError, match="without bounds"):
        Polyhedron.of(["a"], rows=[[1]], limits=[0]).vertices()
    with pytest.raises(Intractable, match="vertices"):
        Polyhedron.of([f"x{i}" for i in range(9)], box=(0, 1)).vertices()


@pytest.mark.parametrize(
    "wrong",
    [
        {"rows": [[1, 2]], "limits": [1]},
        {"rows": [[1, 2, 3]], "limits": [1, 2]},
        {"equations": [[1, 2, np.nan]], "values": [1]},
        {"box": (1, 0)},
        {"box": (np.nan, 0)},
    ],
)
def test_wrong_shapes_and_numbers_are_refused(wrong):
    with pytest.raises(InputError):
        Polyhedron.of(NAMES, **wrong)


def test_unknown_names_and_shapes_of_weights_are_refused():
    with pytest.raises(InputError, match="no such coordinate"):
        simplex().between({"greed": 1})
    with pytest.raises(InputError, match="shape"):
        simplex().between(np.ones(2))
    with pytest.raises(InputError, match="shape"):
        simplex().contains([1.0])
    with pytest.raises(InputError, match="twice"):
        Polyhedron.of(["a", "a"])


def test_printing_and_json():
    found = Polyhedron.of(["a", "b"], equations=[[1, 0]], values=[0.5], box=(0, 1))
    assert str(found) == "Polyhedron of dimension 1\n  a: 0.5\n  b: 0 to 1\n  open: b"
    data = json.loads(json.dumps(found.to_dict()))
    assert data["dimension"] == 1
    assert data["flat_directions"] == ["b"]


def test_reduced_form_spans_the_same():
    rng = np.random.default_rng(5)
    rows = rng.normal(size=(3, 5))
    short = reduced(rows)
    assert np.linalg.matrix_rank(np.vstack([rows, short])) == 3
    np.testing.assert_allclose(short[:, :3], np.eye(3), atol=1e-12)


def test_words():
    assert in_words(np.array([-1, 2, 0]), NAMES) == "-envy + 2 guilt"
    assert in_words(np.zeros(3), NAMES) == "none"
    many = Polyhedron.of([f"x{i}" for i in range(13)], box=(0, 1))
    assert many.flat_directions == ("13 directions",)
