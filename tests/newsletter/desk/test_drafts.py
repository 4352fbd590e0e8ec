"""What is typed and not saved is kept for whoever typed it."""

import pytest

from comity.newsletter.desk.drafts import drafts, drop, keep
from comity.newsletter.store.store import Store


@pytest.fixture
def engine(folder):
    store = Store.open(folder)
    yield store.engine
    store.close()


def test_each_editor_has_one_draft_of_an_entry(engine):
    keep(engine, "a", "Ada", {"t": "0"}, {"t": "1"})
    keep(engine, "a", "Bo", {"t": "0"}, {"t": "2"})
    keep(engine, "b", "Ada", {"t": "0"}, {"t": "3"})
    time = keep(engine, "a", "Ada", {"t": "0"}, {"t": "🤝 4\0"})
    found = {(d.entry, d.editor): d for d in drafts(engine)}
    assert set(found) == {("a", "Ada"), ("a", "Bo"), ("b", "Ada")}
    assert found["a", "Ada"].form == {"t": "🤝 4\0"}
    assert found["a", "Ada"].before == {"t": "0"}
    assert found["a", "Ada"].time == time
    assert {d.editor for d in drafts(engine, "a")} == {"Ada", "Bo"}


def test_dropping_one_leaves_the_others(engine):
    keep(engine, "a", "Ada", {}, {"t": "1"})
    keep(engine, "a", "Bo", {}, {"t": "2"})
    drop(engine, "a", "Ada")
    drop(engine, "a", "Nobody")
    assert [d.editor for d in drafts(engine)] == ["Bo"]
