"""Nothing acknowledged is lost and no room has two outcomes, whatever goes wrong, 520 times."""

from collections import Counter

import pytest

from comity.core.database import PRAGMAS, make_engine, transaction
from comity.rooms.store.migrating import migrate
from rooms_faults import CASES, FAULTS, weather_clears

BATCH = 20
BATCHES = 26


@pytest.fixture
def unhurried(tmp_path, monkeypatch):
    """A database that does not wait for the disk: only a crash of the machine would notice."""
    monkeypatch.setitem(PRAGMAS, "synchronous", "OFF")

    def make():
        engine = make_engine(f"sqlite:///{tmp_path}/rooms.db")
        with transaction(engine, writes=True) as connection:
            migrate(connection)
        return engine

    return make


def run(make, seeds) -> Counter:
    """What happened in all of these schedules."""
    happened: Counter = Counter()
    for seed in seeds:
        engine = make()
        world = weather_clears(engine, seed)
        happened.update(world.happened)
        happened[world.name] += 1
        happened[world.shown[-1]["entries"][-1]["message"]["body"]["status"]] += 1
        engine.dispose()
    return happened


def test_some_schedules(unhurried):
    run(unhurried, range(3))


@pytest.mark.slow
@pytest.mark.parametrize("batch", range(BATCHES))
def test_all_schedules(unhurried, batch):
    run(unhurried, range(BATCH * batch, BATCH * (batch + 1)))


@pytest.mark.slow
def test_the_schedules_reach_everything(unhurried):
    """Every fault strikes, every Case is played, and rooms end in most ways there are."""
    happened = run(unhurried, range(60))
    assert {fault for fault in FAULTS if happened[fault] == 0} == set()
    assert happened["race"] > 5
    assert {name for name in CASES if happened[name] == 0} == set()
    assert happened["agreed"] > 5
    assert {"refused", "expired", "unsolved"} <= set(happened)
    assert {"stale", "phase", "duplicate"} & set(happened)
