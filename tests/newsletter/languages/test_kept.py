from dataclasses import replace

import pytest

from comity.newsletter.languages.kept import drop, keep, languages_of, translations
from comity.newsletter.languages.memory import StoredMemory
from comity.newsletter.languages.translate import Pair, translate
from comity.newsletter.model.columns import Publicity
from comity.newsletter.model.withholding import withhold
from comity.newsletter.store.store import Store
from newsletter_engines import ARCHIVE, PUBLICATION, SECRET, Toy


@pytest.fixture
def database(tmp_path):
    store = Store.open(tmp_path / "newsletter.db")
    yield store.engine
    store.close()


def public(archive=ARCHIVE):
    return withhold(PUBLICATION, archive, "public")


def made(database, engine=None):
    engine = engine or Toy()
    translated = translate(public(), 1, engine, StoredMemory(database))
    keep(database, 1, Pair.of(engine))
    return translated


def changed(**fields):
    entries = tuple(replace(e, **fields) if e.id == "open" else e for e in ARCHIVE.entries)
    return replace(ARCHIVE, entries=entries)


def test_a_translation_comes_back_without_its_engine(database):
    translated = made(database)
    assert translations(database, public(), 1) == (translated,)
    assert languages_of(database) == {1: ("es",)}


def test_nothing_was_translated(database):
    assert translations(database, public(), 1) == ()
    assert languages_of(database) == {}


def test_what_is_withheld_since_is_gone_from_the_translation_too(database):
    made(database)
    (now,) = translations(database, public(changed(public=Publicity.NO)), 1)
    assert "nadie" not in repr(now.texts)
    assert SECRET not in repr(now)


def test_what_changed_since_stands_in_the_original_until_it_is_translated(database):
    made(database)
    (now,) = translations(database, public(changed(opinion="Nobody knows. Nobody cares.")), 1)
    (paragraph,) = now.of("Nobody knows. Nobody cares.")
    assert paragraph.translation == "nadie knows. [sin traducir] Nobody cares."
    assert [str(r) for s in paragraph.refusals for r in s.reasons] == ["not translated yet"]


def test_made_again_and_dropped(database):
    made(database)
    made(database, Toy("Toy 2"))
    (now,) = translations(database, public(), 1)
    assert now.engine == "Toy 2"
    assert drop(database, 1, "es")
    assert not drop(database, 1, "es")
    assert translations(database, public(), 1) == ()
