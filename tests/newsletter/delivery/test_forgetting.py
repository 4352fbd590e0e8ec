import base64
import gzip
import quopri
import zipfile
from dataclasses import replace
from urllib.parse import quote

import pytest
from sqlalchemy import insert

from comity.core.database import transaction
from comity.newsletter.delivery.addresses import parse
from comity.newsletter.delivery.forgetting import forget, naming_forgotten
from comity.newsletter.delivery.ledger import Ledger, State
from comity.newsletter.delivery.readers import Origin
from comity.newsletter.delivery.returning import take_back
from comity.newsletter.delivery.suppression import Reason, suppress, suppressed
from comity.newsletter.delivery.tokens import Sent
from comity.newsletter.feedback import consent, keeping
from comity.newsletter.feedback.automatic import Sort
from comity.newsletter.feedback.reply import Consent
from comity.newsletter.feedback.taking import Reading
from comity.newsletter.model.entry import Entry
from comity.newsletter.model.issue import AuthorReply, Issue
from comity.newsletter.store.backups import back_up
from comity.newsletter.store.tables.desk import DRAFTS
from newsletter_replies import mail
from newsletter_returns import QMAIL, RETURNS

ANN = "ann@example.com"
"""Whom the mails in `newsletter_returns` are about."""
WEB = Origin("web")


def spelt(word):
    """The word in every spelling, made by the tools that mail programs use."""
    yield from (word, word.upper(), word.title(), quote(word, safe=""))
    yield quopri.encodestring(word.replace("@", "=40").encode(), quotetabs=True).decode()
    yield word.replace("@", "=40")
    yield word.replace("@", "&#64;")
    for before in ("", "a", "ab"):
        coded = base64.b64encode(f"{before}{word}".encode()).decode().rstrip("=")
        yield coded[4:-2] if before else coded[:-2]


def holders(folder, word=ANN):
    """The files of a folder that hold a word in any spelling."""
    return {
        path.name
        for path in folder.rglob("*")
        if path.is_file()
        for data in [path.read_bytes()]
        if any(
            form.encode() in data or form.lower().encode() in data.lower() for form in spelt(word)
        )
    }


class Listed:
    name = "listed"

    def __init__(self, *mails):
        self.all = mails

    def mails(self, known):
        from comity.newsletter.feedback.mailboxes import Found

        yield from (Found(str(k), data) for k, data in enumerate(self.all))


@pytest.fixture
def ann(office, store, enrol):
    """Somebody of whom as much is kept as can be."""
    store.save_entries([Entry("RIVER", "Dividing a river")])
    store.save_issue(Issue(12, sent="2026-02-20T09:00:00+00:00"))
    asked = office.readers.sign_up(parse("Ann@Example.com"), f"Ann ({ANN})", WEB)
    office.readers.confirm(asked.id, WEB)
    office.readers.choose(asked.id, ["Lakes"], WEB)
    enrol("bob@example.com")
    ledger = Ledger(office.engine, 12)
    ledger.begin("d", office.secret, office.clock())
    with transaction(office.engine, writes=True) as connection:
        ledger.settle(connection, asked.id, State.REFUSED, f"550 5.1.1 <{ANN}>: no such user")
    return asked.id


def take(store, office, *mails):
    reading = Reading(
        office.publication,
        store.load(),
        returned=lambda data: take_back([data], office.readers),
        forgotten=naming_forgotten(office.readers),
    )
    return reading.take(store.engine, Listed(*mails))


def returned(office, reader, text):
    sent = Sent(12, reader)
    path = office.secret.return_path("bounces@example.org", sent)
    name = office.secret.message_id("example.org", sent)
    return text.replace("{path}", path).replace("{id}", name).encode()


def mails_of(office, reader):
    yield from (returned(office, reader, text) for text, _ in RETURNS.values())
    yield mail("Mine.", From=f"Ann <{ANN}>", Message_ID=f"<1.{ANN}>")
    yield mail("Away until May.", From=ANN.upper(), Auto_Submitted="auto-replied")
    yield mail(f"So it is.\n\nOn Sunday {ANN} wrote:\n> Mine.\n", From="Bob <bob@example.com>")
    coded = base64.b64encode(f"To: {ANN}\n".encode() * 3).decode()
    yield mail(f"{coded}\n", From="MAILER-DAEMON@mx.example.org", Subject="Undelivered Mail")
    yield mail(f"See {quote(ANN)}.", From="carol@example.com", Subject=f"Fwd: {ANN.title()}")


def test_no_byte_in_the_folder_tells_an_address_that_was_forgotten(office, store, ann):
    take(store, office, *mails_of(office, ann))
    assert holders(store.folder)
    before = len(keeping.replies(store.engine, sorts=tuple(Sort)))
    found = forget(store, office.readers, parse("ANN@example.com"))
    assert found.reader
    assert found.clean
    assert (found.printed, found.named, found.files, found.related) == ((), (), (), ())
    assert holders(store.folder) == set()
    left = keeping.replies(store.engine, sorts=tuple(Sort))
    assert len(left) == before - found.mails
    assert {reply.address for reply in left if reply.sort is Sort.REPLY} == {
        "bob@example.com",
        "carol@example.com",
    }
    assert any(reply.text.startswith("So it is.") for reply in left)
    with transaction(store.engine, writes=False) as connection:
        assert suppressed(connection) == {
            office.secret.hide(ANN): "its reader asked to be forgotten"
        }
    assert [str(reader.address) for reader in office.readers.all()] == ["bob@example.com"]


def test_an_address_that_a_line_breaks_is_taken_out_of_mails(office, store, ann):
    broken = "See ann=40exam=\nple.com for more."
    theirs = mail(broken, From="Carol <carol@example.com>")
    machine = mail(broken, From="MAILER-DAEMON@mx.example.org", Subject="Undelivered Mail")
    (name,) = take(store, office, theirs, machine).replies
    assert "ann=40exam" in keeping.reply(store.engine, name).text
    assert forget(store, office.readers, parse(ANN)).mails == 1
    (left,) = keeping.replies(store.engine, sorts=tuple(Sort))
    assert left.text == "See (an address that was erased) for more."


def test_mails_that_were_erased_do_not_come_back_by_the_mailbox_they_lie_in(office, store, ann):
    mails = [*mails_of(office, ann)]
    take(store, office, *mails)
    forget(store, office.readers, parse(ANN))
    assert take(store, office, *mails).replies == ()
    late = QMAIL.replace("This is a permanent", "Once more: this is a permanent")
    taken = take(store, office, returned(office, ann, late))
    assert taken.set_aside["bounce"] == 1
    assert holders(store.folder) == set()


def test_the_reason_for_silence_is_that_they_asked(office, store, ann):
    with transaction(store.engine, writes=True) as connection:
        suppress(connection, office.secret.hide(ANN), Reason.RETURNED, office.clock())
    forget(store, office.readers, parse(ANN))
    assert naming_forgotten(office.readers)(f"about <{ANN.upper()}>.")
    assert not naming_forgotten(office.readers)("about bob@example.com")


def test_what_they_agreed_to_print_stays_without_its_mail(office, store, ann):
    (name,) = take(store, office, mail("Mine.", From=f"Ann <{ANN}>")).replies
    consent.approve(store.engine, name, "RIVER")
    consent.record(store.engine, name, Consent.GIVEN, f"mail of {ANN}, 6 May")
    consent.publish(store.engine, name)
    found = forget(store, office.readers, parse(ANN))
    assert (found.mails, found.printed) == (1, (name,))
    assert holders(store.folder) == set()
    assert [reply.text for reply in store.load().replies] == ["Mine."]
    kept = keeping.reply(store.engine, name)
    assert (kept.address, kept.name, kept.subject, kept.pieces) == ("", "", "", ())
    consent.forget(store.engine, name)
    assert store.load().replies == ()


def test_what_editors_wrote_is_named_and_stays(office, store, ann):
    store.save_entries([Entry("TRUST", "Trust", notes=f"by {ANN}")])
    store.add_reply(AuthorReply("RIVER", "Ann", "2026-01-01", f"Write to {ANN}"))
    with transaction(store.engine, writes=True) as connection:
        row = {"entry": "new", "editor": "Eve", "before": "{}", "fields": f'{{"notes": "{ANN}"}}'}
        connection.execute(insert(DRAFTS).values(row | {"time": ""}))
    (store.folder / "lists").mkdir()
    (store.folder / "lists" / "old.csv").write_text(f"address\n{ANN}\n")
    found = forget(store, office.readers, parse(ANN))
    assert found.named == (
        "author_replies 1: text",
        "desk_drafts new: fields",
        "entries TRUST: notes",
    )
    assert found.files == ("lists/old.csv",)


def test_what_editors_took_out_is_not_left_in_the_search_index(office, store, ann):
    entry = Entry("TRUST", f"Trust in {ANN}", notes=f"by {ANN}")
    store.save_entries([entry])
    for audience in ("internal", "preview"):
        assert store.search("trust", audience=audience).total == 1
    store.save_entries([replace(entry, title="Trust", notes="")])
    assert ANN.encode() in (store.folder / "newsletter.db-wal").read_bytes()
    found = forget(store, office.readers, parse(ANN))
    assert (found.named, found.files) == ((), ())
    assert holders(store.folder) == set()
    for audience in ("internal", "preview"):
        assert store.search("trust", audience=audience).total == 1
        assert store.search("ann", audience=audience).total == 0


def test_copies_of_all_kinds_are_named(office, store, ann):
    store.save_entries([Entry("TRUST", "Trust", notes=f"by {ANN}")])
    (store.folder / "old").mkdir()
    back_up(store, store.folder / "old" / "newsletter.db")
    with zipfile.ZipFile(store.folder / "lists.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("list.csv", f"address\n{ANN}\n" * 9)
    (store.folder / "list.csv.gz").write_bytes(gzip.compress(f"address\n{ANN}\n".encode() * 9))
    (store.folder / "wide.csv").write_text(f"address\n{ANN}\n", encoding="utf-16")
    (store.folder / "others.csv").write_text(f"address\njo{ANN}\n", encoding="utf-16")
    (store.folder / "broken.gz").write_bytes(b"\x1f\x8b")
    found = forget(store, office.readers, parse(ANN))
    assert found.named == ("entries TRUST: notes",)
    broken, *files = found.files
    assert broken.startswith("broken.gz (")
    assert files == ["list.csv.gz", "lists.zip", "old/newsletter.db", "wide.csv"]


def test_other_addresses_of_the_same_mailbox_are_told(office, store, ann, enrol):
    enrol("ann+news@example.com", "joann@example.com")
    take(store, office, mail("Mine.", From="Ann+Lists@example.com"))
    found = forget(store, office.readers, parse(ANN))
    assert found.related == ("ann+lists@example.com", "ann+news@example.com")
    assert len(office.readers.all()) == 3


def test_to_forget_somebody_unknown_keeps_them_off_all_lists(office, store):
    found = forget(store, office.readers, parse(ANN))
    assert (found.reader, found.mails) == (False, 0)
    with transaction(store.engine, writes=False) as connection:
        assert [*suppressed(connection)] == [office.secret.hide(ANN)]
