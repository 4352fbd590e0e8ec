import gc
import weakref

import pytest

from comity.core.memo import Memo


class Thing:
    pass


def counted(answers):
    return lambda: next(answers)


def test_made_once_per_object_and_circumstance():
    memo, one, two = Memo(), Thing(), Thing()
    make, rules = counted(iter(range(10))), [1]
    assert [memo.of(one, (rules,), make) for _ in range(3)] == [0, 0, 0]
    assert memo.of(two, (rules,), make) == 1
    assert memo.of(one, ([1],), make) == 2, "equal is not the same: a list can change"
    assert memo.of(one, (rules, 0), make) == 3


def test_only_the_latest_answers_are_kept():
    memo, thing, keys = Memo(kept=2), Thing(), [Thing() for _ in range(3)]
    make = counted(iter(range(10)))
    assert [memo.of(thing, (key,), make) for key in keys] == [0, 1, 2]
    assert memo.of(thing, (keys[2],), make) == 2
    assert memo.of(thing, (keys[0],), make) == 3


def test_nothing_is_kept_alive():
    memo, thing = Memo(), Thing()
    memo.of(thing, (), lambda: 1)
    gone = weakref.ref(thing)
    del thing
    gc.collect()
    assert gone() is None


def test_what_cannot_be_remembered_is_made_again():
    memo, make = Memo(), counted(iter(range(10)))
    assert [memo.of([], (), make) for _ in range(2)] == [0, 1]


def test_a_failure_is_not_remembered():
    memo, thing = Memo(), Thing()
    with pytest.raises(ZeroDivisionError):
        memo.of(thing, (), lambda: 1 / 0)
    assert memo.of(thing, (), lambda: 1) == 1
