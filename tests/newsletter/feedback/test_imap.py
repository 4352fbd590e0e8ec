from dataclasses import replace
from urllib.parse import quote

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


@pytest.mark.parametrize("knows_plain", [True, False])
def test_wrong_passwords_are_told(tmp_path, knows_plain):
    wrong = tmp_path / "wrong"
    wrong.write_text("battery staple", encoding="utf-8")
    with imap_server(Folder(knows_plain=knows_plain)) as folder:
        with pytest.raises(InputError, match=r"let us in .*AUTHENTICATIONFAILED. wrong pass"):
            list(box(folder, str(wrong)).mails(lambda _: False))
        assert not any("EXAMINE" in line for line in folder.asked)


@pytest.mark.parametrize("user", ["jürgen", "two words", 'a "b" \\c'])
def test_any_letters_may_stand_in_user_and_password(tmp_path, user):
    path = tmp_path / "password"
    path.write_text('päß "wort" \\\n', encoding="utf-8")
    with imap_server(Folder(dict(MAILS), user=user, password='päß "wort" \\')) as folder:
        place = f"imap://{quote(user)}@127.0.0.1:{folder.port}/INBOX"
        assert len(list(open_mailbox(place, str(path)).mails(lambda _: False))) == 3
        folder.knows_plain = False
        with pytest.raises(InputError, match="cannot be told"):
            list(open_mailbox(place, str(path)).mails(lambda _: False))


def test_a_server_that_knows_only_login(password):
    with imap_server(Folder(dict(MAILS), knows_plain=False)) as folder:
        assert len(list(box(folder, password).mails(lambda _: False))) == 3


LISTED = (
    '(\\Noselect \\HasChildren) "." Lists',
    '(\\HasNoChildren) "." Lists.B&APw-ro',
    '(\\HasNoChildren) "." INBOX',
)
"""What Dovecot 2.3 answered, but for the names."""


@pytest.mark.parametrize("path", ["/Lists/B%C3%BCro", "/Lists.B%C3%BCro", "/Lists/Bu%CC%88ro"])
def test_folders_in_folders_by_the_names_that_people_read(password, path):
    names = frozenset({"Lists.B&APw-ro"})
    with imap_server(Folder(dict(MAILS), names=names, listed=LISTED)) as folder:
        assert len(list(box(folder, password, path).mails(lambda _: False))) == 3


@pytest.mark.parametrize("path", ["/Other", "/Lists"])
def test_what_folders_there_are_is_told(password, path):
    told = r"no such folder.*not there.* INBOX, Lists/Büro\)"
    with imap_server(Folder(listed=LISTED)) as folder, pytest.raises(InputError, match=told):
        list(box(folder, password, path).mails(lambda _: False))


def test_a_mail_that_was_erased_meanwhile_is_passed_over(password):
    with imap_server(Folder(dict(MAILS), expunged=frozenset({5}))) as folder:
        assert [f.key for f in box(folder, password).mails(lambda _: False)] == ["7.3", "7.9"]


def test_mails_are_listed_some_at_once(password, monkeypatch):
    monkeypatch.setattr(imap, "LISTED_AT_ONCE", 2)
    with imap_server(Folder(dict(MAILS))) as folder:
        assert [f.key for f in box(folder, password).mails(lambda _: False)] == [
            "7.3",
            "7.5",
            "7.9",
        ]
        assert [line for line in folder.asked if line.startswith("FETCH")] == [
            "FETCH 1:2 (UID)",
            "FETCH 3:3 (UID)",
        ]


def test_an_empty_folder(password):
    with imap_server(Folder()) as folder:
        assert list(box(folder, password).mails(lambda _: False)) == []


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
        assert not any(line.upper().startswith(("LOGIN", "AUTH")) for line in folder.asked)


@pytest.mark.parametrize("scheme", ["imaps", "imap"])
def test_encrypted_lines(password, tmp_path, scheme):
    keys = certificate(tmp_path)
    plain = scheme == "imap"
    kept = Folder(dict(MAILS), user="jane", tls=keys.server, starts_plain=plain)
    with imap_server(kept) as folder:
        place = f"{scheme}://jane@localhost:{folder.port}/INBOX"
        trusting = replace(Imap.at(place, password), context=keys.client)
        assert len(list(trusting.mails(lambda _: False))) == 3
        assert ("STARTTLS" in folder.asked) == plain
        folder.asked.clear()
        with pytest.raises(InputError, match=r"certificate is not trusted.*self-signed"):
            list(Imap.at(place, password).mails(lambda _: False))
        assert not any(line.upper().startswith(("LOGIN", "AUTH")) for line in folder.asked)


@pytest.mark.parametrize(
    ("place", "message"),
    [
        ("imaps://example.org/INBOX", "not an address"),
        ("imaps://jane@/INBOX", "not an address"),
        ("imaps://ja%0Ane@example.org/INBOX", "not an address"),
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
