"""What is kept of a sheet's own way."""

import pytest

from comity.core.database import transaction
from comity.newsletter.model.entry import Entry
from comity.newsletter.sheets.cells import Cell
from comity.newsletter.sheets.keeping import (
    Layout,
    cells_of,
    read_cells,
    read_layout,
    write_cells,
    write_layout,
)
from comity.newsletter.store.store import Store


@pytest.fixture
def connection(tmp_path):
    store = Store.open(tmp_path / "newsletter.db")
    store.save_entries([Entry("a", "One"), Entry("b", "Two")])
    with transaction(store.engine, writes=True) as connection:
        yield connection
    store.close()


def test_cells_are_kept_and_replaced_where_they_were(connection):
    write_cells(connection, ["a", "b"], ["year", "title"], {("a", "year"): Cell(2018.5)})
    write_cells(connection, ["b"], ["year"], {("b", "year"): Cell("x\ud800")})
    assert read_cells(connection) == {
        ("a", "year"): Cell(2018.5),
        ("b", "year"): Cell("x\ud800"),
    }
    assert cells_of(connection, "b") == {"year": Cell("x\ud800")}
    assert cells_of(connection, "c") == {}
    write_cells(connection, ["a"], ["title"], {})
    assert ("a", "year") in read_cells(connection)
    write_cells(connection, ["a"], ["year"], {})
    assert ("a", "year") not in read_cells(connection)


def test_many_entries_at_once(connection):
    write_cells(connection, [str(k) for k in range(3000)] + ["a"], ["year"], {})
    assert read_cells(connection) == {}


def test_a_layout_is_that_of_the_last_sheet(connection):
    assert read_layout(connection, "editor") is None
    for layout in (Layout(("Title",)), Layout(("Year", "Title"), (3, 7))):
        write_layout(connection, "editor", layout)
        assert read_layout(connection, "editor") == layout
    assert read_layout(connection, "public") is None
