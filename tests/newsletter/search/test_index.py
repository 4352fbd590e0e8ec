"""An index that followed every change is the one that would be made anew, whatever happened."""

import signal
import subprocess
import sys
from dataclasses import replace
from random import Random

import pytest
from sqlalchemy import select

from comity.core.database import transaction
from comity.newsletter.model.columns import EmailStatus, Publicity
from comity.newsletter.model.entry import Entry
from comity.newsletter.model.issue import Issue
from comity.newsletter.model.publication import Category, Publication
from comity.newsletter.model.withholding import AUDIENCES, withhold
from comity.newsletter.search import index as module
from comity.newsletter.search.document import Documents
from comity.newsletter.search.searching import refresh
from comity.newsletter.store.store import Store
from comity.newsletter.store.tables.search import (
    DOCUMENTS,
    INDEXED,
    LENGTHS,
    LINKS,
    NAMES,
    PAIRS,
    POSTINGS,
)

PUBLICATION = Publication("Fair Play", "FP")
WORDS = ["fair", "fairness", "play", "norms", "trust", "votes", "games", "rules"]
TABLES = (DOCUMENTS, POSTINGS, PAIRS, LENGTHS, INDEXED)


@pytest.fixture
def store(tmp_path):
    store = Store.open(tmp_path / "newsletter.db")
    yield store
    store.close()


def update(store, audience="internal", publication=PUBLICATION):
    return refresh(store.engine, publication, audience)


def content(store, audience):
    with transaction(store.engine, writes=False) as connection:
        mine = [
            connection.execute(
                select(table)
                .where(table.c.audience == audience)
                .order_by(*table.primary_key.columns)
            ).all()
            for table in TABLES
        ]
        links = [connection.execute(select(it).order_by(it.c.key, it.c.row)).all() for it in
                 (NAMES, LINKS)]  # fmt: skip
        return mine, links


def anew(store, audience):
    """What the index would be if it were made now."""
    with transaction(store.engine, writes=True) as connection:
        connection.execute(INDEXED.delete().where(INDEXED.c.audience == audience))
    update(store, audience)
    return content(store, audience)


class Editors:
    """Do whatever comes to their minds, to few entries that refer to each other a lot."""

    def __init__(self, store, seed):
        self.store, self.rng = store, Random(seed)
        self.made = 0

    def act(self):
        self.rng.choice(
            [self.add, self.add, self.correct, self.correct, self.correct, self.decide,
             self.decide, self.remove, self.send, self.move]
        )()  # fmt: skip

    def add(self):
        self.made += 1
        self.store.save_entries([self.changed(Entry(f"E{self.made}", ""))])

    def correct(self):
        if entry := self.any():
            self.store.save_entries([self.changed(entry)])

    def decide(self):
        if entry := self.any():
            public, status = self.rng.choice([*Publicity]), self.rng.choice([*EmailStatus])
            self.store.save_entries([replace(entry, public=public, email_status=status)])

    def remove(self):
        if entry := self.any():
            self.store.remove_entries([entry.id])

    def send(self):
        number = self.rng.randrange(1, 4)
        sent = self.rng.choice(["", "2018-01-01T00:00:00+00:00"])
        self.store.save_issue(Issue(number, sent=sent, opening=self.text(2)))

    def move(self):
        if entry := self.any():
            issue = self.rng.choice([None, 1, 2, 3])
            self.store.save_entries([replace(entry, issue=issue, position=self.rng.randrange(9))])

    def any(self):
        entries = self.store.load().entries
        return self.rng.choice(entries) if entries else None

    def changed(self, entry):
        rng = self.rng
        fields = {
            "title": lambda: " ".join(rng.choices(WORDS[:3], k=rng.randrange(1, 3))),
            "summary": lambda: self.text(5),
            "opinion": lambda: self.text(3),
            "notes": lambda: self.text(1),
            "venue": lambda: self.text(1),
            "category": lambda: rng.choice(["News", "Play"]),
            "rating": lambda: rng.choice([None, 10]),
            "topics": lambda: tuple(rng.choices(WORDS, k=rng.randrange(2))),
            "public": lambda: rng.choice([Publicity.YES, Publicity.NO]),
        }
        some = [*fields] if not entry.title else rng.sample([*fields], 2)
        return replace(entry, **{name: fields[name]() for name in some})

    def text(self, length):
        rng = self.rng
        text = " ".join(rng.choices(WORDS, k=length))
        title = " ".join(rng.choices(WORDS[:3], k=rng.randrange(1, 3)))
        key = f"#E{rng.randrange(1, 9)}"
        ways = ["", f" <@{title}@>", f" <@the {title}@>(@{key}@)", f" <@@>(@{key}@)",
                f" <@shown@>(@{title.upper()}.@)"]  # fmt: skip
        return text + rng.choice(ways)


@pytest.mark.parametrize("seed", range(4))
def test_following_every_change_is_the_same_as_making_anew(store, seed):
    editors = Editors(store, seed)
    for audience in AUDIENCES:
        update(store, audience)
    for step in range(60):
        for _ in range(editors.rng.choice([1, 1, 1, 4])):
            editors.act()
        audience = editors.rng.choice(AUDIENCES)
        update(store, audience)
        if step % 3 == 0:
            followed = content(store, audience)
            assert followed == anew(store, audience)
    assert editors.made > 10


def test_it_follows_and_does_not_make_anew(store, monkeypatch):
    """Else the test above would show nothing."""
    store.save_entries([Entry(str(k), f"Title {k}") for k in range(50)])
    assert update(store) == 50
    monkeypatch.setattr(module, "read_archive", None)
    assert update(store) == 0
    entry = store.load().entries[7]
    store.save_entries([replace(entry, title="Another")])
    assert update(store) == 1
    store.save_entries([replace(entry, title="Another")])
    assert update(store) == 0
    store.remove_entries(["7", "8"])
    assert update(store) == 2
    store.save_issue(Issue(3))
    assert update(store) == 0


def test_a_new_title_changes_those_that_refer_to_it(store):
    store.save_entries(
        [Entry("a", "Old"), Entry("b", "B", summary="See <@@>(@#a@)."), Entry("c", "C")]
    )
    update(store)
    store.save_entries([Entry("a", "New")])
    assert update(store) == 2
    # It is found by what it shows.
    store.save_entries([Entry("d", "D", summary="See <@Later@>.")])
    assert update(store) == 1
    store.save_entries([Entry("e", "Later")])
    assert update(store) >= 1


def texts_there(store, audience):
    with transaction(store.engine, writes=False) as connection:
        return [
            str(row)
            for table in (DOCUMENTS, POSTINGS)
            for row in connection.execute(select(table).where(table.c.audience == audience))
        ]


def test_what_is_withheld_leaves_the_index_at_once(store):
    public = {"public": Publicity.YES, "email_status": EmailStatus.SENT, "issue": 3}
    secret = Entry("s", "Quetzal", summary="Zanzibar", notes="Xylophone", **public)
    other = Entry("o", "Other", summary="As <@@>(@#s@) and <@quetzal@>(@#s@) say.", **public)
    store.save_issue(Issue(3, sent="2018-01-01T00:00:00+00:00"))
    store.save_entries([secret, other])

    def leaks():
        update(store, "public")
        assert content(store, "public") == anew(store, "public")
        return {it for it in ("quetzal", "zanzibar", "xylophone")
                if any(it in text.lower() for text in texts_there(store, "public"))}  # fmt: skip

    assert leaks() == {"quetzal", "zanzibar"}
    for publicity in (Publicity.NO, Publicity.WITH_EDITS):
        store.save_entries([replace(secret, public=publicity)])
        assert leaks() == set()
        store.save_entries([secret])
        assert leaks() == {"quetzal", "zanzibar"}
    store.save_entries([replace(secret, public=Publicity.LINK_ONLY)])
    assert leaks() == {"quetzal"}
    store.save_entries([secret])
    store.save_issue(Issue(3))
    assert leaks() == set()
    store.save_issue(Issue(3, sent="2018-01-01T00:00:00+00:00"))
    assert leaks() == {"quetzal", "zanzibar"}
    store.save_entries([replace(secret, email_status=EmailStatus.PENDING)])
    assert leaks() == set()
    store.remove_entries(["s"])
    # What another entry says of it in its own words stays as it was written.
    assert leaks() == {"quetzal"}


def test_other_settings_make_all_anew(store):
    store.save_entries([Entry(str(k), f"Title {k}", "News") for k in range(5)])
    assert update(store) == 5
    tree = replace(PUBLICATION, categories=(Category("All", (Category("News"),)),))
    assert update(store, publication=tree) == 5
    assert update(store, publication=tree) == 0


def test_every_field_that_is_searched_or_decides_is_followed(store):
    """The triggers look at each column of an entry but its place in the sheet."""
    entry = Entry("a", "Title", summary="Text", public=Publicity.YES)
    store.save_entries([entry])
    update(store)

    def journal():
        with transaction(store.engine, writes=False) as connection:
            return connection.exec_driver_sql("SELECT count(*) FROM search_changes").scalar()

    others = {bool: True, int: 7, str: "other", tuple: ("other",), type(None): "other"}
    for name in Entry.__slots__:
        if name in ("id", "position"):
            continue
        value = others.get(type(getattr(entry, name)))
        value = {"rating": 10, "issue": 3, "public": Publicity.NO, "extra": (("a", "b"),),
                 "email_status": EmailStatus.SENT}.get(name, value)  # fmt: skip
        before = journal()
        store.save_entries([replace(entry, **{name: value})])
        assert journal() == before + 2, name
        store.save_entries([entry])
    before = journal()
    store.save_entries([replace(entry, position=7)])
    assert journal() == before


BUSY = """
import sys
from comity.newsletter.model.publication import Publication
from comity.newsletter.search.searching import refresh
from comity.newsletter.store.store import Store
import sqlalchemy
store = Store.open(sys.argv[1])
after = int(sys.argv[2])
count = 0
@sqlalchemy.event.listens_for(store.engine, "before_cursor_execute")
def stop(connection, cursor, statement, parameters, context, many):
    global count
    count += statement.startswith(("INSERT", "DELETE"))
    if count > after:
        print("here", flush=True)
        sys.stdin.read()
refresh(store.engine, Publication("Fair Play", "FP"), "internal")
print("done", flush=True)
"""


def killed(store, after):
    """Whether a process that brings the index up to date was killed after so many statements."""
    process = subprocess.Popen(
        [sys.executable, "-c", BUSY, str(store.path), str(after)],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
    )  # fmt: skip
    said = process.stdout.readline().strip()
    process.send_signal(signal.SIGKILL)
    process.communicate(timeout=60)
    assert said in ("here", "done")
    return said == "here"


@pytest.mark.slow
@pytest.mark.parametrize("first", [True, False])
def test_a_kill_in_the_middle_leaves_a_right_index(store, first):
    editors = Editors(store, 9)
    for _ in range(20):
        editors.add()
    if not first:
        update(store)
        for _ in range(6):
            editors.act()
    kills = 0
    while killed(store, kills):
        kills += 1
        with transaction(store.engine, writes=False) as connection:
            assert connection.exec_driver_sql("PRAGMA integrity_check").scalar() == "ok"
    assert kills > 5
    update(store)
    followed = content(store, "internal")
    assert followed == anew(store, "internal")


@pytest.mark.slow
def test_each_kill_is_made_good(store):
    """Not only the last: after every kill the next search is right."""
    editors = Editors(store, 10)
    for _ in range(12):
        editors.add()
    update(store)
    for after in range(0, 16, 2):
        editors.act()
        editors.correct()
        killed(store, after)
        update(store)
        followed = content(store, "internal")
        assert followed == anew(store, "internal")


WORKING = """
import sys
from comity.newsletter.search.searching import refresh
from comity.newsletter.model.publication import Publication
from comity.newsletter.store.store import Store
store = Store.open(sys.argv[1])
while not sys.stdin.closed:
    word = sys.stdin.readline().strip()
    if not word:
        break
    print(store.search(word + " ").total, flush=True)
"""


@pytest.mark.slow
def test_two_processes_see_what_the_other_saved(store):
    """One saves, both search, in turn and without saying anything to each other."""
    other = subprocess.Popen(
        [sys.executable, "-c", WORKING, str(store.path)],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
    )  # fmt: skip
    for step in range(30):
        store.save_entries([Entry(f"E{step % 7}", "Fair", summary=f"word{step} common")])
        for word, expected in ((f"word{step}", 1), ("common", min(step + 1, 7)),
                               (f"word{step - 7}", 0)):  # fmt: skip
            if step % 2:
                assert store.search(f"{word} ").total == expected
            other.stdin.write(f"{word}\n")
            other.stdin.flush()
            assert int(other.stdout.readline()) == expected
            assert store.search(f"{word} ").total == expected
    other.communicate(timeout=60)


def test_a_journal_that_was_cut_makes_all_anew(store, monkeypatch):
    monkeypatch.setattr("comity.newsletter.search.changes.forget.__defaults__", (4,))
    store.save_entries([Entry(str(k), f"Title {k}") for k in range(9)])
    for audience in ("internal", "preview"):
        update(store, audience)
    for k in range(9):
        store.save_entries([Entry(str(k), f"Other {k}")])
    update(store, "preview")
    with transaction(store.engine, writes=False) as connection:
        assert connection.exec_driver_sql("SELECT count(*) FROM search_changes").scalar() == 4
    assert update(store) == 9
    followed = content(store, "internal")
    assert followed == anew(store, "internal")


def test_documents_are_those_of_the_whole_view(store):
    editors = Editors(store, 3)
    update(store, "public")
    for _ in range(80):
        editors.act()
        update(store, "public")
    view = withhold(PUBLICATION, store.load(), "public")
    expected = {entry.id: Documents(view).texts(entry) for entry in view.archive.entries}
    with transaction(store.engine, writes=False) as connection:
        mine = DOCUMENTS.c.audience == "public"
        found = dict(connection.execute(select(DOCUMENTS.c["entry", "texts"]).where(mine)).all())
    assert {key: eval(texts) for key, texts in found.items()} == expected
    assert expected
