import numpy as np
import pytest

from comity.core.errors import InputError
from comity.learning.environments.arrays import (
    batch,
    draw,
    key_of,
    moves,
    namespace,
    on_cpu,
    starts,
    whole_numbers,
)


@pytest.mark.parametrize("engine", ["numba", "jax"])
def test_draws_are_whole_below_the_most_and_follow_the_seed(engine):
    drawn = np.asarray(draw(engine, 3, 4, (200, 2)))
    assert set(np.unique(drawn)) == {0, 1, 2, 3}
    assert drawn.dtype == np.int32
    assert np.array_equal(drawn, np.asarray(draw(engine, 3, 4, (200, 2))))
    assert not np.array_equal(drawn, np.asarray(draw(engine, 4, 4, (200, 2))))


def test_an_unknown_engine_is_refused():
    with pytest.raises(InputError, match="numba or jax"):
        namespace("fortran")


@pytest.mark.parametrize("nonsense", [None, True, "seed", 1.5])
def test_what_is_no_key_is_refused(nonsense):
    with pytest.raises(InputError, match="not a seed"):
        key_of(nonsense)


def test_a_batch_is_a_whole_number_of_games():
    assert batch(np.int32(4)) == 4
    for nonsense in (0, -3, 2.0, True, "2", None, [2]):
        with pytest.raises(InputError, match="not a number of games"):
            batch(nonsense)


def test_jax_computes_on_a_cpu_here(monkeypatch):
    import jax

    monkeypatch.setattr(jax, "default_backend", lambda: "gpu")
    assert not on_cpu()
    monkeypatch.setattr(jax, "default_backend", lambda: "cpu")
    assert on_cpu()


def test_one_start_is_a_list_of_one():
    assert starts({"deck": 1}, ["deck"]) == [{"deck": 1}]
    assert len(starts([{}, {}], [])) == 2


@pytest.mark.parametrize(
    "given", [None, 3, [], {"strange": 1}, [{"deck": 1}, {"strange": 1}], ["deck"]]
)
def test_what_is_no_start_is_refused(given):
    with pytest.raises(InputError):
        starts(given, ["deck"])


@pytest.mark.parametrize("values", [None, [0], [0, 2], [0, -1], [0, True], [0, 0.5], "01"])
def test_what_are_not_so_many_whole_numbers_is_refused(values):
    assert whole_numbers([0, 1], "cards", 2, 2) == [0, 1]
    with pytest.raises(InputError, match="2 whole numbers from 0 to 1"):
        whole_numbers(values, "cards", 2, 2)


@pytest.mark.parametrize("engine", ["numba", "jax"])
def test_moves_are_whole_numbers_one_for_each_seat_of_each_game(engine):
    assert np.asarray(moves(engine, [[0, 1], [2, 3]], 2, 2)).tolist() == [[0, 1], [2, 3]]
    for nonsense in ([0, 1], [[0, 1]], [[0, 1, 2]] * 2, [[0.0, 1.0]] * 2, [[True, False]] * 2):
        with pytest.raises(InputError, match=r"whole numbers, shape \(2, 2\)"):
            moves(engine, nonsense, 2, 2)
