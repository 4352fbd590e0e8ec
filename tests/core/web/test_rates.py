"""Buckets that fill at a steady rate."""

from comity.core.web import rates as module
from comity.core.web.rates import Rates


class Seconds:
    now = 0.0

    def __call__(self) -> float:
        return self.now


def test_over_a_long_time_the_rate_holds():
    seconds = Seconds()
    rates = Rates(2.0, 5, seconds)
    passed = 0
    for _ in range(10_000):
        passed += rates.wait("Ana") == 0
        seconds.now += 0.01
    # 100 s at 2 per second, after a burst of 5.
    assert 204 <= passed <= 205


def test_the_wait_is_long_enough_and_not_longer():
    seconds = Seconds()
    rates = Rates(0.5, 1, seconds)
    assert rates.wait("Ana") == 0
    wait = rates.wait("Ana")
    seconds.now += wait - 0.01
    assert rates.wait("Ana") > 0
    seconds.now += 0.02
    assert rates.wait("Ana") == 0


def test_what_costs_more_waits_longer():
    seconds = Seconds()
    rates = Rates(2.0, 10, seconds)
    assert rates.wait("Ana", 9) == 0
    assert rates.wait("Ana", 3) == 1.0
    seconds.now += 1.0
    assert rates.wait("Ana", 3) == 0
    # More than a bucket holds takes a full one.
    assert rates.wait("Ana", 1000) == 5.0
    seconds.now += 5.0
    assert rates.wait("Ana", 1000) == 0
    assert rates.wait("Ana") == 0.5


def test_a_debt_is_paid_before_anything_else():
    seconds = Seconds()
    rates = Rates(2.0, 10, seconds)
    rates.owe("Ana", 30)
    assert rates.wait("Ana") == 10.5
    seconds.now += 10.5
    assert rates.wait("Ana") == 0


def test_one_does_not_use_up_anothers():
    rates = Rates(1.0, 1, Seconds())
    assert rates.wait("Ana") == 0
    assert rates.wait("Ana") > 0
    assert rates.wait("Ben") == 0


def test_memory_is_bounded(monkeypatch):
    monkeypatch.setattr(module, "MOST_KEYS", 10)
    rates = Rates(1.0, 1, Seconds())
    for k in range(100):
        assert rates.wait(str(k)) == 0
    assert len(rates._buckets) == 10
    assert rates.wait("99") > 0
