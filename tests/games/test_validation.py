"""Checks accept what is right and say what is wrong."""

from fractions import Fraction

import numpy as np
import pytest

from comity.core.errors import InputError
from comity.games.validation import (
    check_known,
    check_names,
    check_outcomes,
    check_prior,
    checked_array,
)


@pytest.mark.parametrize(
    "values", [[1, 2], (1.0, 2.0), np.array([1, 2], dtype=np.int8), [Fraction(1), Fraction(2)]]
)
def test_numbers_become_a_read_only_copy(values):
    array = checked_array(values, (2,), "x")
    assert array.tolist() == [1.0, 2.0]
    assert array.dtype == float
    assert not array.flags.writeable
    if isinstance(values, np.ndarray):
        values[0] = 9
        assert array[0] == 1


@pytest.mark.parametrize(
    ("values", "words"),
    [
        (["1", "2"], "x: not numbers"),
        ([1, None], r"x\[1\]: not finite"),
        ([1j, 2], "x: not numbers"),
        ([[1], [2, 3]], "x: not numbers"),
        ([1, 2, 3], r"x: shape does not fit \(found \(3,\); expected \(2,\)\)"),
        ([1, np.nan], r"x\[1\]: not finite \(found nan"),
        ([-np.inf, 1], r"x\[0\]: not finite \(found -inf"),
    ],
)
def test_other_arrays_are_refused(values, words):
    with pytest.raises(InputError, match=words):
        checked_array(values, (2,), "x")


@pytest.mark.parametrize(
    ("check", "words"),
    [
        (lambda: check_names(["a", " "], "players"), r"players\[1\]: a name is empty"),
        (lambda: check_names(["a", "b", "a"], "players"), r"players\[2\]: a name stands twice"),
        (lambda: check_known(["a", "x"], ["a"], "values", "party"), "unknown party.*'x'"),
        (lambda: check_known(["a"], ["a", "b"], "values", "party"), "party is missing.*'b'"),
        (lambda: check_prior(np.array([1.5, -0.5])), "negative"),
        (lambda: check_prior(np.array([0.5, 0.4])), "do not sum to 1"),
        (lambda: check_outcomes(np.array([[0, 2]]), (2, 2), "a deal"), "not a deal"),
        (lambda: check_outcomes(np.array([[0, -1]]), (2, 2), "a deal"), "not a deal"),
        (lambda: check_outcomes(np.array([[0]]), (2, 2), "a deal"), "not a deal"),
    ],
)
def test_each_check_can_fail(check, words):
    with pytest.raises(InputError, match=words):
        check()


def test_each_check_can_pass():
    check_names(["a", "b"], "players")
    check_known(["b", "a"], ["a", "b"], "values", "party")
    check_prior(np.array([0.5, 0.5]))
    check_outcomes(np.array([[0, 1], [1, 0]]), (2, 2), "a deal")


def test_numbers_whose_products_would_overflow_are_refused():
    assert checked_array([1e100, -1e100], (2,), "facts").tolist() == [1e100, -1e100]
    with pytest.raises(InputError, match=r"facts\[1\]: too large a number .*found -1e\+300"):
        checked_array([0.0, -1e300], (2,), "facts")


def test_a_name_of_reasonable_length():
    check_names(["x" * 200], "players")
    with pytest.raises(InputError, match=r"players\[0\]: a name is too long .*5,000 characters"):
        check_names(["x" * 5000], "players")
