import hashlib
import hmac
from base64 import b32encode

import pytest

from comity.newsletter.delivery.tokens import Purpose, Secret, Sent, new_id

KEY = bytes(range(32))
SECRET = Secret(KEY)
READER = "abcdefgh234567ab"
SENT = Sent(12, READER)


def test_a_signature_is_plain_hmac_sha256():
    text = f"11:unsubscribe{len(READER)}:{READER}".encode()
    digest = hmac.new(KEY, text, hashlib.sha256).digest()
    signature = b32encode(digest).decode().rstrip("=").lower()[:26]
    assert SECRET.word(Purpose.UNSUBSCRIBE, READER) == f"{READER}.{signature}"


@pytest.mark.parametrize("purpose", list(Purpose))
def test_a_word_is_good_for_its_own_purpose_alone(purpose):
    word = SECRET.word(purpose, READER, "77")
    read = {other: SECRET.read(other, word) for other in Purpose}
    assert {other for other, parts in read.items() if parts} == {purpose}
    assert read[purpose] == (READER, "77")


def test_every_changed_letter_spoils_a_word():
    word = SECRET.word(Purpose.CONFIRM, READER)
    for place, letter in enumerate(word):
        other = word[:place] + ("b" if letter != "b" else "c") + word[place + 1 :]
        assert SECRET.read(Purpose.CONFIRM, other) is None


@pytest.mark.parametrize("word", ["", ".", "...", READER, "ä.ö", "\ud800", "x" * 10_000, "\x00.\n"])
def test_what_was_never_signed_is_not_ours(word):
    assert SECRET.read(Purpose.CONFIRM, word) is None


def test_parts_cannot_be_moved_between_words():
    assert SECRET.sign("ab", "c") != SECRET.sign("a", "bc")
    assert Secret(bytes(32)).read(Purpose.CONFIRM, SECRET.word(Purpose.CONFIRM, READER)) is None


def test_a_return_path_names_issue_and_reader():
    path = SECRET.return_path("bounces@lists.example.org", SENT)
    assert path.startswith(f"bounces+12-{READER}-")
    assert len(path.partition("@")[0]) <= 64
    assert SECRET.read_return_path(path) == SENT
    assert SECRET.read_return_path(f"<{path.upper()}>") == SENT
    assert SECRET.read_return_path(path.replace("+12-", "+13-")) is None
    assert SECRET.read_return_path("bounces@lists.example.org") is None


def test_a_message_id_is_the_same_each_time_and_found_among_others():
    name = SECRET.message_id("example.org", SENT)
    assert name == SECRET.message_id("example.org", SENT)
    later = SECRET.message_id("example.org", Sent(13, READER))
    assert SECRET.read_message_id(f"<x.y@example.com> {name} <12.{READER}.{'a' * 12}@z>") == SENT
    assert SECRET.read_message_id(f"{name}\r\n {later}") == Sent(13, READER)
    assert SECRET.read_message_id("nothing") is None


def test_hidden_addresses_need_the_secret():
    assert SECRET.hide("ann@example.org") == SECRET.hide("ann@example.org")
    assert SECRET.hide("ann@example.org") != Secret(bytes(32)).hide("ann@example.org")
    assert "ann" not in SECRET.hide("ann@example.org")


def test_ids_of_readers_are_random_words_of_one_length():
    made = {new_id() for _ in range(1000)}
    assert len(made) == 1000
    assert all(len(name) == 16 and name.isalnum() and name == name.lower() for name in made)
