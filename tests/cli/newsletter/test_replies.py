import json
import mailbox
import sqlite3
from contextlib import closing

import pytest

from comity.cli import main
from comity.core.database import transaction
from comity.newsletter.delivery.keys import make_secret, secret_of
from comity.newsletter.delivery.tokens import Sent
from comity.newsletter.feedback.automatic import Sort
from comity.newsletter.feedback.keeping import read_reply, strip
from comity.newsletter.feedback.mailboxes import Maildir
from comity.newsletter.store.store import Store
from newsletter_imap import PASSWORD, Folder, imap_server
from newsletter_replies import ENTRIES, examples, filled_store, mail

WORDS = {example.name: example.data for example in examples()}


@pytest.fixture
def run(tmp_path, capsys):
    (tmp_path / "publication.toml").write_text('name = "Cooperation Notes"\nshort = "AN"\n')
    make_secret(tmp_path)
    filled_store(tmp_path).close()

    def replies(*arguments):
        status = main(["newsletter", "replies", *arguments, "--folder", str(tmp_path)])
        printed = capsys.readouterr()
        return status, printed.out, printed.err

    return replies


@pytest.fixture
def box(tmp_path):
    def filled(*mails):
        box = mailbox.Maildir(tmp_path / "mail", create=True)
        for data in mails:
            box.add(data)
        box.close()
        return str(tmp_path / "mail")

    return filled


def ids(run, *options):
    return [reply["id"] for reply in json.loads(run("list", "--json", *options)[1])["replies"]]


def test_from_a_mail_to_printed_words(run, box, tmp_path):
    status, out, err = run("take", box(WORDS["en-gmail-interleaved"], WORDS["auto-subject-de"]))
    assert (status, err) == (0, "")
    assert out.startswith("1 new; set aside: 1 automatic\n")
    (name,) = ids(run)
    shown = run("show", name[:5])[1]
    assert "issue 12 (likely: its subject names AN #12)" in shown
    assert "-> river Dividing a river (certain: stands below words quoted" in shown
    assert run("publish", name)[0] == 2
    assert "not clear with which entry (found trust or river" in run("approve", name)[2]
    out = run("approve", name, "--entry", "river", "--paragraph", "3", "--name", "J.")[1]
    assert "approved, consent unasked" in out
    letter = run("ask", name)[1]
    assert "    My grandmother's village had a rule like that" in letter
    assert "found consent asked" in run("publish", name)[2]
    assert "consent given" in run("consent", name, "given", "--how", "mail of 6 May")[1]
    assert "[published, consent given]" in run("publish", name)[1]
    store = Store.open(tmp_path)
    (printed,) = store.load().replies
    store.close()
    assert (printed.entry, printed.name) == ("river", "J.")
    with Store.open(tmp_path) as store, transaction(store.engine, writes=True) as connection:
        strip(connection, read_reply(connection, name))
    listed = run("list")[1]
    assert "  somebody forgotten  [published, consent given]  My grandmother's" in listed
    assert "\nfrom somebody forgotten, " in run("show", name)[1]
    assert "[approved" in run("withdraw", name)[1]
    assert "[dismissed" in run("dismiss", name)[1]
    assert run("forget", name)[1] == f"erased {name}\n"
    assert ids(run) == []
    assert run("list")[1] == "none\n"
    assert run("forget", "--address", "uwe@example.de")[1] == "erased 1 mail from uwe@example.de\n"
    assert run("forget")[0] == 2


def test_ctrl_c_keeps_what_was_read(run, box, monkeypatch):
    data = [*WORDS.values()][:3]
    mails = Maildir.mails

    def stopped(self, known):
        yield from [*mails(self, known)][:2]
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(Maildir, "mails", stopped)
        status, _, err = run("take", box(*data))
    assert (status, err) == (130, "error: stopped by Ctrl-C; what was read before is kept\n")
    sorts = [word for sort in Sort for word in ("--sort", sort)]
    assert len(ids(run, *sorts)) == 2
    assert run("take", box())[0] == 0
    assert len(ids(run, *sorts)) == 3


def test_where_the_file_may_hold_what_was_erased_that_is_said(run, box, tmp_path, monkeypatch):
    run("take", box(WORDS["en-gmail-interleaved"]))
    (name,) = ids(run)
    with closing(sqlite3.connect(tmp_path / "newsletter.db", isolation_level=None)) as reader:
        reader.execute("BEGIN")
        reader.execute("SELECT * FROM feedback").fetchall()
        monkeypatch.setattr("comity.core.database.BUSY_SECONDS", 0.01)
        status, out, err = run("forget", name)
    assert (status, out) == (1, f"erased {name}\n")
    assert "may still hold what was erased" in err


def test_what_was_set_aside_can_be_looked_at(run, box):
    run("take", box(*WORDS.values()))
    assert len(ids(run, "--sort", "bounce")) == 3
    assert ids(run, "--state", "published") == []
    assert ids(run, "--issue", "11") == []
    assert len(ids(run, "--issue", "12")) == len(ids(run))


def test_the_only_entry_is_taken_without_being_named(run, box):
    run("take", box(WORDS["en-apple-top"]))
    (name,) = ids(run)
    assert run("approve", name)[0] == 0
    assert json.loads(run("show", name, "--json")[1])["entry"] == "trust"


def test_mail_ids_that_the_publication_signed_are_certain(run, box, tmp_path):
    signed = secret_of(tmp_path).message_id("example.org", Sent(11, "a" * 16))
    run("take", box(mail("Yes.", Subject="hello", In_Reply_To=signed)))
    (reply,) = json.loads(run("list", "--json")[1])["replies"]
    assert (reply["issue"]["issue"], reply["issue"]["sure"]) == (11, "certain")


def test_imap(run, tmp_path):
    (tmp_path / "password").write_text(PASSWORD)
    with imap_server(Folder({1: mail("One."), 2: mail("Two.")})) as folder:
        place = f"imap://jane%40example.net@127.0.0.1:{folder.port}/INBOX"
        for count in (2, 0):
            status, out, _ = run("take", place, "--password-file", str(tmp_path / "password"))
            assert (status, out.split()[0]) == (0, str(count))


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["take", "nowhere"], "no mailbox there"),
        (["take", __file__], "not a mailbox"),
        (["show", "abc"], "there is no such reply"),
        (["list", "--state", "odd"], "no such state"),
        (["list", "--sort", "odd"], "no such sort"),
        (["consent", "abc", "perhaps", "--how", "x"], "no word on consent"),
    ],
)
def test_bad_input(run, arguments, message):
    status, out, err = run(*arguments)
    assert (status, out) == (2, "")
    assert message in err


def test_entries_of_the_fixture_are_those_of_the_corpus():
    assert {entry.id for entry in ENTRIES} >= {e for x in examples() for e in x.entries}
