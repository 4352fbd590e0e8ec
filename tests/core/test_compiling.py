import math

import pytest
from numba.core.caching import CacheImpl

from comity.core.compiling import compiled


def halves(number):
    return number / 2


def ratio(number, other):
    return number / other


def strict_ratio(number, other):
    return number / other


def test_a_compiled_function_is_kept_for_the_next_program(monkeypatch, tmp_path):
    monkeypatch.setattr("numba.core.config.CACHE_DIR", str(tmp_path))
    function = compiled()(halves)
    assert function(3) == 1.5
    assert sum(function.stats.cache_misses.values()) == 1
    assert list(tmp_path.rglob("*.nbi"))
    again = compiled()(halves)
    assert again(3) == 1.5
    assert sum(again.stats.cache_hits.values()) == 1


def test_where_nothing_can_be_kept_it_is_compiled_all_the_same(monkeypatch):
    monkeypatch.setattr(CacheImpl, "_locator_classes", [])
    function = compiled(nogil=True)(halves)
    assert function(5) == 2.5
    assert function.targetoptions["nogil"]


def test_options_reach_the_compiler(monkeypatch, tmp_path):
    monkeypatch.setattr("numba.core.config.CACHE_DIR", str(tmp_path))
    assert compiled(error_model="numpy")(ratio)(1.0, 0.0) == math.inf
    with pytest.raises(ZeroDivisionError):
        compiled()(strict_ratio)(1.0, 0.0)
