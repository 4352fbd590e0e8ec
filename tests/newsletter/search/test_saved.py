"""Searches under a name."""

import pytest

from comity.core.errors import InputError
from comity.newsletter.search.found import Filters
from comity.newsletter.search.saved import (
    remove_search,
    save_search,
    saved_search,
    saved_searches,
)
from comity.newsletter.store.store import Store

FILTERS = Filters(category="News", issue=3, highlights=True)


@pytest.fixture
def engine(tmp_path):
    store = Store.open(tmp_path / "newsletter.db")
    yield store.engine
    store.close()


def test_searches_come_back_by_name(engine):
    second = save_search(engine, "  On   trust ", "trust", FILTERS)
    first = save_search(engine, "All", "", Filters())
    assert saved_searches(engine) == (first, second)
    assert (second.name, second.filters) == ("On trust", FILTERS)
    assert saved_search(engine, second.id) == second
    assert saved_search(engine, "absent") is None


def test_a_name_is_taken_once(engine):
    save_search(engine, "All", "", Filters())
    with pytest.raises(InputError, match="of that name"):
        save_search(engine, "All", "x", Filters())


@pytest.mark.parametrize(
    ("name", "query"), [("", "x"), (" ", "x"), ("x" * 121, ""), ("x", "y" * 1001)]
)
def test_names_and_queries_have_a_length(engine, name, query):
    with pytest.raises(InputError):
        save_search(engine, name, query, Filters())


def test_what_is_removed_is_gone(engine):
    saved = save_search(engine, "All", "", Filters())
    remove_search(engine, saved.id)
    assert saved_searches(engine) == ()
