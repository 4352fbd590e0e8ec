"""Searching: what is found, for whom, and that no text is an error."""

from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from comity.core.database import transaction
from comity.core.errors import InputError
from comity.newsletter.model.columns import EmailStatus, Publicity
from comity.newsletter.model.entry import Entry
from comity.newsletter.model.issue import Issue
from comity.newsletter.search.found import Filters
from comity.newsletter.search.searching import refresh
from comity.newsletter.search.tokens import words
from comity.newsletter.store.store import Store, write_entries, write_issues
from newsletter_world import make_archive

SETTINGS = """
name = "Fair Play"
short = "FP"
categories = ["News", { name = "Agreement", inside = ["Bargaining"] }]
[aliases]
"R. E." = "Rohan"
"""
PUBLIC = {"public": Publicity.YES, "email_status": EmailStatus.NOT_APPLICABLE}


@pytest.fixture
def store(tmp_path):
    (tmp_path / "publication.toml").write_text(SETTINGS)
    store = Store.open(tmp_path)
    store.save_entries(
        [
            Entry("a", "Fair play", "Bargaining", year="2018", summarizer="R. E.", **PUBLIC),
            Entry("b", "Play", category="News", summary="It is fair to play a fair game.",
                  summarizer="Dana and Rohan", position=1, rating=10, issue=3, **PUBLIC),
            Entry("c", "Hidden fairness", public=Publicity.NO, position=2, topics=("trust",)),
        ]
    )  # fmt: skip
    yield store
    store.close()


def ids(store, text="", audience="internal", **filters):
    found = store.search(text, Filters(**filters), audience=audience)
    assert found.total == len(found.hits)
    return [hit.entry for hit in found.hits]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("fair play ", ["a", "b"]),
        ('"fair play"', ["a"]),
        ('"play fair"', []),
        ("fairn", ["c"]),
        ("FAIR", ["a", "c", "b"]),
        ("fair absent", []),
        ("", ["a", "b", "c"]),
        ("trust", ["c"]),
        ("dana", ["b"]),
        ("play -dana", ["a"]),
        ('fair -"fair play"', ["b"]),
        ("-play", ["c"]),
        ("-play -hidden", []),
        ("-absent", ["a", "b", "c"]),
        ("🎉 !!", ["a", "b", "c"]),
        ("x" * 10_000, []),
    ],
)
def test_what_is_found(store, text, found):
    assert ids(store, text) == found


@pytest.mark.parametrize(
    ("filters", "found"),
    [
        ({"category": "Agreement"}, ["a"]),
        ({"category": "Bargaining"}, ["a"]),
        ({"category": "News"}, ["b"]),
        ({"category": " nEWS"}, ["b"]),
        ({"category": "Absent"}, []),
        ({"summarizer": "Rohan"}, ["b", "a"]),
        ({"summarizer": "R. E."}, ["b", "a"]),
        ({"summarizer": "Dana"}, ["b"]),
        ({"year": "2018"}, ["a"]),
        ({"topic": "Trust"}, ["c"]),
        ({"issue": 3}, ["b"]),
        ({"highlights": True}, ["b"]),
        ({"highlights": True, "year": "2018"}, []),
    ],
)
def test_filters(store, filters, found):
    with transaction(store.engine, writes=True) as connection:
        write_issues(connection, [Issue(3, sent="2018-01-01T00:00:00+00:00")])
    store.save_entries([replace(store.load().by_id["b"], email_status=EmailStatus.SENT)])
    assert ids(store, **filters) == found


def test_readers_find_nothing_that_is_withheld(store):
    assert ids(store, "hidden", "public") == []
    assert ids(store, "", "public") == ["a", "b"]
    assert ids(store, "fair", "public", topic="trust") == []


def test_what_changed_is_found_at_once(store):
    assert ids(store, "zanzibar") == []
    store.save_entries([replace(store.load().by_id["a"], title="Zanzibar")])
    assert ids(store, "zanzib") == ["a"]
    assert ids(store, "zanzib", "public") == ["a"]
    store.save_entries([replace(store.load().by_id["a"], public=Publicity.NO)])
    assert ids(store, "zanzib", "public") == []
    store.remove_entries(["a"])
    assert ids(store, "zanzib") == []


def test_a_category_is_known_however_it_is_written(store):
    store.save_entries([replace(store.load().by_id["a"], category="  bargaining ")])
    assert ids(store, category="agreement") == ids(store, category="BARGAINING") == ["a"]


def test_scripts_without_blanks_are_found_anywhere(store):
    store.save_entries([Entry("z", "囚人のジレンマと公平性", summary="人の囚")])
    for text in ("ジレンマ", "公平", "囚人の", "平", "ｼﾞﾚﾝﾏ"):
        assert ids(store, text) == ["z"]
    assert ids(store, "公性") == ids(store, "公平 -囚人") == []
    hit = store.search("公平").hits[0]
    assert [piece.text for piece in hit.title if piece.marked] == ["公", "平"]


def test_without_words_the_latest_issue_is_first(store):
    with transaction(store.engine, writes=True) as connection:
        write_issues(connection, [Issue(n, sent="2018-01-01T00:00:00+00:00") for n in (4, 5)])
    sent = {"public": Publicity.YES, "email_status": EmailStatus.SENT}
    store.save_entries([Entry("d", "D", issue=5, **sent), Entry("e", "E", issue=4, **sent)])
    store.save_entries([Entry("f", "F", issue=5, **sent)])
    assert ids(store, "", "public") == ["d", "f", "e", "a", "b"]


def test_settings_that_changed_count_at_once(store):
    assert ids(store, category="News") == ["b"]
    changed = SETTINGS.replace('"News"', '{ name = "All", inside = ["News"] }')
    (store.folder / "publication.toml").write_text(changed)
    assert ids(store, category="All") == ["b"]


def test_pages(store):
    first = store.search("fair", limit=2)
    rest = store.search("fair", limit=2, offset=2)
    assert first.total == rest.total == 3
    assert [hit.entry for hit in (*first.hits, *rest.hits)] == ["a", "c", "b"]
    assert store.search("fair", limit=-5, offset=-1).hits == ()


@settings(max_examples=80, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.text() | st.text(alphabet='"*^:(){}-+ ANDORNEAR\x00\ud800', max_size=12))
def test_no_query_is_an_error(store, text):
    found = store.search(text, Filters(category=text, topic=text, year=text))
    assert found.total <= 3
    store.search(text)


def test_there_are_three_audiences(store):
    with pytest.raises(InputError, match="no such audience"):
        store.search("fair", audience="everybody")


def test_it_finds_what_looking_at_everything_finds(tmp_path):
    """Every document that holds the words, and no other, in a database of hundreds."""
    publication, archive, secrets = make_archive(400, 34)
    store = Store.open(tmp_path / "newsletter.db")
    with transaction(store.engine, writes=True) as connection:
        write_issues(connection, archive.issues)
        write_entries(connection, archive.entries)
    refresh(store.engine, publication, "internal")
    held = {entry.id: _words_by_hand(entry, archive) for entry in archive.entries}
    for asked in (["agents"], ["fair", "agents"], ["noisy", "votes", "trust"]):
        expected = {entry.id for entry in archive.entries if set(asked) <= held[entry.id]}
        found = store.search(" ".join(asked) + " ", limit=1000)
        assert {hit.entry for hit in found.hits} == expected
        assert len(expected) > 5
    for secret in secrets[:40]:
        assert store.search(secret, audience="public").total == 0
    store.close()


def _words_by_hand(entry, archive):
    """All words of an entry as a reader sees it: references by the titles that they show."""
    text = f"{entry.summary} {entry.opinion} {entry.prerequisites} {entry.read_more} {entry.notes}"
    for key, other in archive.by_id.items():
        text = text.replace(f"<@@>(@#{key}@)", other.title).replace(f"(@#{key}@)", "")
    rest = (entry.title, entry.authors, entry.category, entry.venue, entry.summarizer)
    return set(words(" ".join((text, *rest))))
