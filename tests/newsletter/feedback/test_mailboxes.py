import mailbox
import os

import pytest

from comity.core.errors import InputError
from comity.newsletter.feedback import mailboxes
from comity.newsletter.feedback.mailboxes import Maildir, Mbox, open_mailbox
from newsletter_replies import mail


def nothing_known(_):
    return False


def maildir(path, *mails):
    box = mailbox.Maildir(path, create=True)
    for data in mails:
        box.add(data)
    box.close()
    return path


def test_maildir_mails_are_found_and_stay_as_they_were(tmp_path):
    path = maildir(tmp_path / "mail", mail("One"), mail("Two"))
    before = sorted(os.listdir(path / "new"))
    box = open_mailbox(str(path))
    found = list(box.mails(nothing_known))
    assert sorted(f.data for f in found) == [mail("One"), mail("Two")]
    assert sorted(os.listdir(path / "new")) == before
    assert list(box.mails({f.key for f in found}.__contains__)) == []


def test_a_mail_keeps_its_key_when_somebody_reads_it(tmp_path):
    path = maildir(tmp_path / "mail", mail("One"))
    (before,) = Maildir(path).mails(nothing_known)
    (name,) = os.listdir(path / "new")
    os.rename(path / "new" / name, path / "cur" / f"{name}:2,S")
    (after,) = Maildir(path).mails(nothing_known)
    assert before == after


def test_mbox_mails_are_found_and_escaped_lines_are_as_they_were(tmp_path):
    path = tmp_path / "mbox"
    box = mailbox.mbox(path, create=True)
    for text in ("From here on\n>From there", "Two"):
        box.add(mailbox.mboxMessage(mail(text).replace(b"\r\n", b"\n")))
    box.close()
    before = path.read_bytes()
    found = list(open_mailbox(str(path)).mails(nothing_known))
    assert len(found) == 2
    assert b"\nFrom here on\n" in found[0].data
    assert {f.key for f in found} == {""}
    assert path.read_bytes() == before


def test_mails_that_are_too_large_are_told_apart(tmp_path, monkeypatch):
    monkeypatch.setattr(mailboxes, "MOST_BYTES", 300)
    path = maildir(tmp_path / "mail", mail("x" * 400))
    (found,) = Maildir(path).mails(nothing_known)
    assert found.data is None
    box = mailbox.mbox(tmp_path / "mbox", create=True)
    box.add(mail("x" * 400))
    box.close()
    (found,) = Mbox(tmp_path / "mbox").mails(nothing_known)
    assert found.data is None


@pytest.mark.parametrize("name", ["nothing", "folder"])
def test_places_that_are_no_mailbox(tmp_path, name):
    (tmp_path / "folder").mkdir()
    with pytest.raises(InputError, match="no mailbox there"):
        open_mailbox(str(tmp_path / name))


def test_an_empty_file_holds_no_mails(tmp_path):
    (tmp_path / "mbox").touch()
    assert list(Mbox(tmp_path / "mbox").mails(nothing_known)) == []


@pytest.mark.parametrize(
    "data",
    [
        b"\x89PNG\r\n\x1a\n" + b"\0" * 100,
        b"address,source\nann@example.org,x\n",
        b"Fromage\n",
        mail("A mail alone."),
        b"x" * 3000,
    ],
)
def test_a_file_that_is_no_mailbox_is_refused(tmp_path, data):
    (tmp_path / "file").write_bytes(data)
    with pytest.raises(InputError, match=r"not a mailbox.*mbox format"):
        open_mailbox(str(tmp_path / "file"))


@pytest.mark.parametrize("data", [b"", b"\n", b"\nFrom ann Mon Mar  2 2026\nSubject: x\n\nHi\n"])
def test_a_mailbox_may_be_empty_or_begin_with_empty_lines(tmp_path, data):
    (tmp_path / "mbox").write_bytes(data)
    found = open_mailbox(str(tmp_path / "mbox")).mails(nothing_known)
    assert len(list(found)) == data.count(b"From ")
