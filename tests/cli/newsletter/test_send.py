import os
import signal
import sqlite3
import subprocess
import sys
import threading
import time
from dataclasses import replace

import pytest

from comity.cli import main
from comity.core.database import transaction
from comity.newsletter.delivery.addresses import parse
from comity.newsletter.delivery.keys import make_secret, secret_of
from comity.newsletter.delivery.ledger import Ledger, State
from comity.newsletter.delivery.readers import Origin, Readers
from comity.newsletter.delivery.turns import alone
from comity.newsletter.model.columns import EmailStatus, Publicity
from comity.newsletter.sheets.cells import Cell
from comity.newsletter.sheets.keeping import write_cells
from comity.newsletter.store.store import DATABASE, Store
from newsletter_relay import Relay
from newsletter_small import ARCHIVE

SETTINGS = """
name = "Commons Weekly"
short = "CW"
url = "https://commons.example.org/news"
categories = ["Communication"]

[post]
sender = "letters@example.org"
bounces = "bounces@example.org"
host = "127.0.0.1"
port = {port}
per_second = 1000000.0
per_domain = 1000000.0
"""


@pytest.fixture
def relay(tmp_path):
    with Relay(tmp_path / "mail.log") as made:
        yield made


@pytest.fixture
def folder(tmp_path, relay):
    (tmp_path / "publication.toml").write_text(SETTINGS.replace("{port}", str(relay.port)))
    make_secret(tmp_path)
    store = Store.open(tmp_path)
    store.save_entries(ARCHIVE.entries)
    for issue in ARCHIVE.issues:
        store.save_issue(issue)
    store.close()
    return tmp_path


@pytest.fixture
def enrol(folder):
    def made(*addresses):
        store = Store.open(folder)
        readers = Readers(store.engine, secret_of(folder))
        with transaction(store.engine, writes=True) as connection:
            for address in addresses:
                readers.add(connection, parse(address), "", Origin("test"))
        store.close()

    return made


@pytest.fixture
def send(folder, capsys):
    def run(*arguments):
        status = main(["newsletter", "send", *arguments, "--folder", str(folder)])
        printed = capsys.readouterr()
        return status, printed.out, printed.err

    return run


def archive_of(folder):
    store = Store.open(folder)
    try:
        return store.load()
    finally:
        store.close()


def test_an_issue_goes_to_all_and_is_marked_as_sent(send, folder, relay, enrol):
    enrol("ann@a.org", "bob@b.org")
    status, out, err = send("3", "--yes")
    assert (status, err) == (0, "")
    assert out == "CW #3: 2 mails to send\nCW #3: 2 sent\nCW #3 is sent; 1 entry marked\n"
    assert sorted(mail.recipient for mail in relay.taken) == ["ann@a.org", "bob@b.org"]
    archive = archive_of(folder)
    assert archive.issue(3).sent
    assert archive.by_id["HHHHHHHHHH"].email_status is EmailStatus.SENT
    status, out, _ = send("3", "--yes")
    assert status == 0
    assert "0 mails to send, 2 sent before" in out
    assert len(relay.taken) == 2


def test_a_test_goes_to_one_address_and_marks_nothing(send, folder, relay, enrol):
    enrol("ann@a.org")
    assert send("3", "--test", "me@example.org") == (0, "mailed to me@example.org\n", "")
    assert [mail.recipient for mail in relay.taken] == ["me@example.org"]
    assert archive_of(folder).issue(3).is_draft


def test_nothing_goes_where_nobody_can_be_asked(send, relay, enrol):
    enrol("ann@a.org")
    status, _, err = send("3")
    assert status == 2
    assert "--yes" in err
    assert relay.taken == []


def test_an_issue_that_was_sent_before_this_ledger_is_refused(send, relay, enrol):
    enrol("ann@a.org")
    status, _, err = send("1", "--yes")
    assert status == 2
    assert "was sent before" in err
    assert relay.taken == []


def test_an_issue_that_went_out_by_other_means_is_marked_alone(send, folder, relay, enrol):
    enrol("ann@a.org")
    status, out, _ = send("3", "--mark-only")
    assert (status, out) == (0, "CW #3 is marked as sent; 1 entry with it\n")
    assert archive_of(folder).issue(3).sent
    assert send("3", "--yes")[0] == 2
    assert relay.taken == []


def test_an_issue_with_faults_is_refused(send, folder, relay, enrol):
    enrol("ann@a.org")
    store = Store.open(folder)
    (entry,) = [e for e in store.load().entries if e.id == "HHHHHHHHHH"]
    store.save_entries([replace(entry, public=Publicity.WITH_EDITS)])
    store.close()
    status, _, err = send("3", "--yes")
    assert status == 2
    assert "only after edits" in err
    assert relay.taken == []
    assert send("3", "--test", "me@example.org")[0] == 0
    assert len(relay.taken) == 1


def test_an_issue_that_is_not_there_is_named(send):
    status, _, err = send("99", "--yes")
    assert status == 2
    assert "no such issue" in err.lower()


def test_refused_and_unknown_readers_are_named(send, folder, relay, enrol):
    enrol("ann@a.org", "bob@b.org", "eve@c.org")
    relay.answers["recipient", "ann@a.org"] = ["550 5.1.1 No such user"]
    relay.lost.add("bob@b.org")
    status, out, err = send("3", "--yes")
    assert status == 1
    assert "CW #3: 1 unknown, 1 sent, 1 refused" in out
    assert "refused: ann@a.org: 550 5.1.1 No such user" in err
    assert "unknown: bob@b.org" in err
    assert archive_of(folder).issue(3).is_draft
    status, out, _ = send("3", "--yes", "--give-up-unknown")
    assert status == 0
    assert archive_of(folder).issue(3).sent
    assert len(relay.taken) == 2


def test_an_issue_was_sent_when_its_sending_began(send, folder, relay, enrol):
    """What is corrected while mails go out is in none of them, so the next issue tells it."""
    enrol("bob@b.org")
    relay.lost.add("bob@b.org")
    send("3", "--yes")
    began = "2026-11-24T09:00:00+00:00"
    with sqlite3.connect(folder / "newsletter.db") as database:
        database.execute("UPDATE sendings SET begun = ?", [began])
    database.close()
    assert send("3", "--yes", "--give-up-unknown")[0] == 0
    issue = archive_of(folder).issue(3)
    assert (issue.sent, issue.date) == (began, "2026-11-24")


def test_the_relays_log_settles_what_is_unknown(send, folder, relay, enrol):
    enrol("ann@a.org", "bob@b.org")
    relay.lost.add("bob@b.org")
    assert send("3", "--yes")[0] == 1
    status, out, _ = send("3", "--yes", "--relay-log", str(relay.log))
    assert status == 0
    assert "2 sent" in out
    assert len(relay.taken) == 2


def test_to_repeat_is_a_choice(send, relay, enrol):
    enrol("bob@b.org")
    relay.lost.add("bob@b.org")
    assert send("3", "--yes")[0] == 1
    relay.lost.clear()
    status, out, err = send("3", "--retry-unknown")
    assert (status, len(relay.taken)) == (2, 1)
    assert "CW #3: 0 mails to send and 1 once more, 0 sent before, 1 unknown" in out
    assert "nobody is here to ask" in err
    assert send("3", "--yes", "--retry-unknown")[0] == 0
    assert len(relay.taken) == 2
    assert len({mail.message_id for mail in relay.taken}) == 1


def test_both_choices_at_once_are_refused(send):
    assert send("3", "--retry-unknown", "--give-up-unknown")[0] == 2


def test_a_relay_that_bars_us_ends_with_one_line(send, folder, relay, enrol):
    enrol("ann@a.org")
    relay.answers["sender", "*"] = ["553 5.7.1 Not you"] * 9
    status, out, err = send("3", "--yes")
    assert status == 2
    assert "1 waiting" in out
    assert err.count("\n") == 1
    assert "no mail from this sender" in err
    store = Store.open(folder)
    assert Ledger(store.engine, 3).counts()[State.WAITING] == 1
    store.close()


def test_an_issue_without_readers_stays_a_draft_until_an_editor_says_that_it_is_out(
    send, folder, relay
):
    status, out, err = send("3", "--yes")
    assert (status, out) == (2, "")
    assert "nobody to send to" in err
    assert "--mark-only" in err
    assert archive_of(folder).issue(3).is_draft
    assert "has not begun" in send("3", "--status")[1]
    assert send("3", "--mark-only")[0] == 0
    assert not archive_of(folder).issue(3).is_draft
    assert relay.taken == []


@pytest.mark.skipif(os.name != "posix", reason="needs signals")
def test_ctrl_c_ends_cleanly_and_the_same_command_goes_on(send, folder, relay, enrol):
    enrol(*(f"r{k}@a.org" for k in range(40)))
    program = "import sys; from comity.cli import main; sys.exit(main(sys.argv[1:]))"
    command = [sys.executable, "-c", program, "newsletter", "send", "3", "--yes"]
    with subprocess.Popen([*command, "--folder", str(folder)], stdout=subprocess.PIPE) as run:

        def interrupt(place, address):
            if place == "taken" and len(relay.taken) == 5:
                run.send_signal(signal.SIGINT)

        relay.acts.append(interrupt)
        out = run.communicate()[0].decode()
    relay.acts.clear()
    assert run.returncode == 130
    assert "40 mails to send" in out
    assert f"{40 - len(relay.taken)} waiting, {len(relay.taken)} sent" in out
    assert len(relay.taken) < 40
    assert send("3", "--yes")[0] == 0
    assert len({mail.recipient for mail in relay.taken}) == len(relay.taken) == 40


def test_a_cell_that_could_not_be_read_keeps_an_issue_from_being_sent(send, folder, relay, enrol):
    enrol("ann@a.org")
    store = Store.open(folder)
    store.save_entries([replace(store.load().by_id["HHHHHHHHHH"], public=Publicity.NO)])
    with transaction(store.engine, writes=True) as connection:
        cells = {("HHHHHHHHHH", "public"): Cell("Yess")}
        write_cells(connection, ["HHHHHHHHHH"], ["public"], cells)
    store.close()
    status, out, err = send("3", "--yes")
    assert status == 2
    assert "unknown word (found 'Yess')" in err
    assert "must be mended before sending" in out
    assert relay.taken == []


@pytest.mark.skipif(os.name != "posix", reason="needs signals")
def test_ctrl_c_twice_ends_at_once_and_leaves_what_was_on_its_way_unknown(
    send, folder, relay, enrol
):
    enrol("ann@a.org")
    program = "import sys; from comity.cli import main; sys.exit(main(sys.argv[1:]))"
    command = [sys.executable, "-c", program, "newsletter", "send", "3", "--yes"]
    ended = threading.Event()
    pipes = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, "text": True}
    with subprocess.Popen([*command, "--folder", str(folder)], **pipes) as run:

        def hold(place, address):
            if place == "words":
                run.send_signal(signal.SIGINT)
                assert "once more ends at once" in run.stderr.readline()
                run.send_signal(signal.SIGTERM)
                assert ended.wait(60)

        relay.acts.append(hold)
        out = run.stdout.read()
        ended.set()
        rest = run.stderr.read()
    relay.acts.clear()
    relay.wait_until_idle()
    assert (run.returncode, rest) == (130, "")
    assert out.endswith("CW #3: 1 claimed\n")
    assert relay.taken == []
    status, out, err = send("3", "--yes")
    assert status == 1
    assert "unknown: ann@a.org" in err


def test_only_one_program_sends_at_a_time(send, folder, relay, enrol):
    enrol("ann@a.org")
    with alone(folder):
        status, _, err = send("3", "--yes")
    assert status == 2
    assert "another program is sending" in err
    assert relay.taken == []
    assert send("3", "--yes")[0] == 0


def test_a_database_that_others_lock_for_seconds_loses_nothing(send, folder, relay, enrol):
    enrol(*(f"r{k}@a.org" for k in range(8)))
    other = sqlite3.connect(folder / DATABASE, isolation_level=None, check_same_thread=False)
    locked = threading.Event()

    def lock():
        other.execute("BEGIN IMMEDIATE")
        locked.set()
        time.sleep(1.5)
        other.execute("COMMIT")

    def act(place, address):
        if place == "taken" and len(relay.taken) == 3 and not locked.is_set():
            threading.Thread(target=lock).start()
            assert locked.wait(60)

    relay.acts.append(act)
    status, out, err = send("3", "--yes")
    assert (status, err) == (0, "")
    assert "8 sent" in out
    assert len({mail.recipient for mail in relay.taken}) == len(relay.taken) == 8
    other.close()


def test_the_status_of_an_issue_mails_nobody(send, relay, enrol):
    enrol("ann@a.org", "bob@b.org")
    assert send("3", "--status") == (0, "CW #3: its sending has not begun\n", "")
    relay.answers["recipient", "ann@a.org"] = ["550 5.1.1 No such user"]
    send("3", "--yes")
    taken = len(relay.taken)
    status, out, err = send("3", "--status")
    assert (status, err, len(relay.taken)) == (0, "", taken)
    first, *others = out.splitlines()
    assert first.startswith("CW #3: begun 2")
    assert ", finished 2" in first
    assert others == [
        "2 readers: 1 refused, 1 sent",
        "came back since: nothing",
        "left since: 0, of them by a complaint: 0",
        "refused: ann@a.org: 550 5.1.1 No such user",
    ]


@pytest.mark.skipif(os.name != "posix", reason="needs a terminal")
@pytest.mark.parametrize(
    ("interrupts", "ends"), [(True, (130, "stopped by Ctrl-C")), (False, (2, "the input ended"))]
)
def test_ctrl_c_at_the_question_sends_nothing(folder, relay, enrol, interrupts, ends):
    import pty

    enrol("ann@a.org")
    program = "import sys; from comity.cli import main; sys.exit(main(sys.argv[1:]))"
    command = [sys.executable, "-c", program, "newsletter", "send", "3", "--folder", str(folder)]
    ours, theirs = pty.openpty()
    with subprocess.Popen(command, stdin=theirs, stdout=theirs, stderr=theirs) as run:
        os.close(theirs)
        assert "Send?" in read_until(ours, "Send?")
        if interrupts:
            run.send_signal(signal.SIGINT)
        else:
            os.write(ours, b"\x04")
        said = read_until(ours, ends[1])
        # A terminal must be read, or who writes to it waits.
        read_until(ours, None)
    os.close(ours)
    assert run.returncode == ends[0]
    assert ends[1] in said
    assert relay.taken == []


def read_until(terminal, words):
    """Read what a program says on a terminal, until some words or its end."""
    said = ""
    while words is None or words not in said:
        try:
            part = os.read(terminal, 1000)
        except OSError:  # the other end is closed
            break
        if not part:
            break
        said += part.decode()
    return said
