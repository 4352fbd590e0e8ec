from dataclasses import replace

import pytest

from comity.core.errors import InputError
from comity.newsletter.feedback import imap
from comity.newsletter.feedback.imap import Imap
from comity.newsletter.feedback.mailboxes import open_mailbox
from newsletter_imap import PASSWORD, Folder, certificate, imap_server
from newsletter_replies import mail

MAILS = {3: mail("One"), 5: mail("Two", Subject="x"), 9: mail("Three ) {12}\r\n* 1 FETCH")}


@pytest.fixture
def password(tmp_path):
    path = tmp_path / "password"
    path.write_text(f"{PASSWORD}\n", encoding="utf-8")
    return str(path)


def box(folder, password, path="/INBOX"):
    return open_mailbox(f"imap://jane%40example.net@127.0.0.1:{folder.port}{path}", password)


def test_mails_are_read_once_and_nothing_is_marked(password):
    with imap_server(Folder(dict(MAILS))) as folder:
        found = list(box(folder, password).mails(lambda _: False))
        assert [(f.key, f.data) for f in found] == [(f"7.{n}", data) for n, data in MAILS.items()]
        known = {f.key for f in found}
        folder.mails[12] = mail("Four")
        (new,) = box(folder, password).mails(known.__contains__)
        assert new.key == "7.12"
        changing = ("SELECT", "STORE", "EXPUNGE", "COPY", "MOVE", "APPEND")
        assert not any(word in line.upper() for line in folder.asked for word in changing)
        assert all("PEEK" in line for line in folder.asked if "BODY" in line)


def test_a_folder_made_anew_is_read_anew(password):
    with imap_server(Folder(dict(MAILS))) as folder:
        known = {f.key for f in box(folder, password).mails(lambda _: False)}
        folder.generation = 8
        found = [f.key for f in box(folder, password).mails(known.__contains__)]
        assert found == ["8.3", "8.5", "8.9"]


def test_what_came_before_the_line_went_dead_is_there(password):
    with imap_server(Folder(dict(MAILS), hang_up_after=2)) as folder:
        found: list[str] = []
        keys = (f.key for f in box(folder, password).mails(lambda _: False))
        with pytest.raises(InputError, match="does not answer"):
            found.extend(keys)
        assert found == ["7.3", "7.5"]


def test_large_mails_are_not_fetched(password):
    with imap_server(Folder(dict(MAILS), claims={5: imap.MOST_BYTES + 1})) as folder:
        found = {f.key: f.data is None for f in box(folder, password).mails(lambda _: False)}
        assert found == {"7.3": False, "7.5": True, "7.9": False}
        assert not any("FETCH 5 (BODY" in line for line in folder.asked)


def test_wrong_passwords_and_folders_are_told(password, tmp_path):
    wrong = tmp_path / "wrong"
    wrong.write_text("battery staple", encoding="utf-8")
    with imap_server(Folder()) as folder:
        with pytest.raises(InputError, match=r"does not answer.*wrong password"):
            list(box(folder, str(wrong)).mails(lambda _: False))
        with pytest.raises(InputError, match="no such folder"):
            list(box(folder, password, "/Other").mails(lambda _: False))


def test_no_server(password):
    with imap_server(Folder()) as folder:
        port = folder.port
    with pytest.raises(InputError, match="does not answer"):
        list(box(Folder(port=port), password).mails(lambda _: False))


def test_no_password_goes_over_an_open_line_to_another_machine(password, monkeypatch):
    with imap_server(Folder()) as folder:
        monkeypatch.setattr(imap, "LOCAL", frozenset())
        with pytest.raises(InputError, match="offers no encryption"):
            list(box(folder, password).mails(lambda _: False))
        assert not any(line.upper().startswith("LOGIN") for line in folder.asked)


@pytest.mark.parametrize("scheme", ["imaps", "imap"])
def test_encrypted_lines(password, tmp_path, scheme):
    keys = certificate(tmp_path)
    plain = scheme == "imap"
    with imap_server(Folder(dict(MAILS), tls=keys.server, starts_plain=plain)) as folder:
        place = f"{scheme}://jane@localhost:{folder.port}/INBOX"
        trusting = replace(Imap.at(place, password), context=keys.client)
        assert len(list(trusting.mails(lambda _: False))) == 3
        assert ("STARTTLS" in folder.asked) == plain
        folder.asked.clear()
        with pytest.raises(InputError, match="CERTIFICATE_VERIFY_FAILED"):
            list(Imap.at(place, password).mails(lambda _: False))
        assert not any(line.upper().startswith("LOGIN") for line in folder.asked)


@pytest.mark.parametrize(
    ("place", "message"),
    [
        ("imaps://example.org/INBOX", "not an address"),
        ("imaps://jane@/INBOX", "not an address"),
        ("imaps://jane@example.org:99999999/INBOX", "not an address"),
        ("imaps://jane:secret@example.org/INBOX", "does not belong into an address"),
    ],
)
def test_addresses_that_cannot_be_used(place, message, password):
    with pytest.raises(InputError, match=message) as caught:
        open_mailbox(place, password)
    assert "secret" not in str(caught.value)


def test_addresses(password):
    found = Imap.at("imaps://jane@example.org", password)
    assert (found.port, found.folder, found.password) == (993, "INBOX", PASSWORD)
    assert PASSWORD not in repr(found)
    assert Imap.at("imap://a@b/x%20y", password).folder == "x y"
    with pytest.raises(InputError, match="no password"):
        Imap.at("imaps://jane@example.org", "")
