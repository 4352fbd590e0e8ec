import pytest

from comity.newsletter.languages.engine import Draft
from comity.newsletter.languages.memory import NoMemory, StoredMemory, key
from newsletter_replies import filled_store


@pytest.fixture(params=["program", "database"])
def memory(request, tmp_path):
    if request.param == "program":
        yield NoMemory()
        return
    store = filled_store(tmp_path)
    yield StoredMemory(store.engine)
    store.close()


def test_what_is_learnt_is_recalled_and_nothing_else(memory):
    drafts = {key("e", "en", "es", f"{n}."): Draft(f"«{n}»", ("x", "é")) for n in range(1200)}
    memory.learn(drafts)
    memory.learn({})
    memory.learn(dict(list(drafts.items())[:3]))
    assert memory.recall(drafts) == drafts
    assert memory.recall([key("e", "en", "es", "other")]) == {}
    assert memory.recall([]) == {}


def test_an_engine_can_be_asked_anew(tmp_path):
    store = filled_store(tmp_path)
    memory, again = StoredMemory(store.engine), StoredMemory(store.engine, again=True)
    memory.learn({"k": Draft("old")})
    assert again.recall(["k"]) == {}
    again.learn({"k": Draft("new")})
    assert memory.recall(["k"]) == {"k": Draft("new")}
    store.close()


def test_keys_differ_by_all_that_an_answer_depends_on():
    parts = ("engine", "en", "es", "text")
    keys = {key(*parts)}
    for place in range(4):
        other = list(parts)
        other[place] = "x"
        keys.add(key(*other))
    keys.add(key("engin", "een", "es", "text"))
    assert len(keys) == 6
