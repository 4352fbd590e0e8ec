"""The page on what a server carries says what was measured."""

import pytest

import rooms


@pytest.fixture
def levels() -> list[rooms.Level]:
    one = rooms.Level(1, done=1, seconds=0.5, memory=100_000_000, serving=0.08)
    many = rooms.Level(10, done=8, seconds=2.0, memory=110_000_000, serving=0.8, solving=0.02)
    one.times["join"] = [0.010, 0.020]
    many.times["join"] = [0.001 * k for k in range(1, 101)]
    many.times["answer"] = [0.2]
    many.failures["503"] = 3
    return [one, many]


def test_where_it_bends(levels):
    assert rooms.bend(levels) == "4.0 rooms a second with 10 at once"
    assert rooms.bend(levels[:1]) == "2.0 rooms a second with 1 at once"


def test_the_table_is_what_was_measured(levels):
    lines = rooms.rows("SQLite", levels)
    cells = [[cell.strip() for cell in line.strip("|").split("|")] for line in lines]
    assert next(row for row in cells if row[0] == "10")[:4] == ["10", "8", "4.0", "50"]
    assert next(row for row in cells if row[0] == "10")[5:] == [
        "100 / 2 / 0",
        "110",
        "3 x 503",
    ]
    assert ["join", "100", "50 / 95 / 99"] in cells
    assert len(next(row for row in cells if row[0] == "1")) == len(rooms.COLUMNS)


def test_processor_time_is_counted():
    import os

    before = rooms._computed(os.getpid())
    sum(range(20_000_000))
    assert rooms._computed(os.getpid()) > before
