import pytest
from hypothesis import given
from hypothesis import strategies as st

from comity.newsletter.delivery.bounces import read_bounce
from comity.newsletter.delivery.tokens import Purpose, Secret, Sent
from newsletter_returns import ABUSE, NO_PATH, NO_RETURNS, NOBODYS, RETURNS

SECRET = Secret(bytes(range(32)))
SENT = Sent(12, "abcdefgh234567ab")


def filled(text):
    path = SECRET.return_path("bounces@example.org", SENT)
    text = text.replace("{path}", path).replace("{id}", SECRET.message_id("example.org", SENT))
    text = text.replace("{leave}", SECRET.word(Purpose.UNSUBSCRIBE, SENT.reader))
    return text.replace("\n", "\r\n").encode("ascii")


@pytest.mark.parametrize("name", RETURNS)
def test_a_return_says_whose_it_is_and_what_it_means(name):
    text, kind = RETURNS[name]
    bounce = read_bounce(filled(text), SECRET)
    assert (bounce.sent, bounce.kind, bounce.is_complaint) == (SENT, kind, False)


@pytest.mark.parametrize("name", NO_RETURNS)
def test_what_tells_of_no_failure_is_none(name):
    assert read_bounce(filled(NO_RETURNS[name]), SECRET) is None


def test_a_complaint_is_told_from_a_return():
    bounce = read_bounce(filled(ABUSE), SECRET)
    assert (bounce.sent, bounce.kind, bounce.is_complaint) == (SENT, None, True)
    fraud = filled(ABUSE.replace("Feedback-Type: abuse", "Feedback-Type: not-spam"))
    assert read_bounce(fraud, SECRET) is None


def test_a_forged_return_names_no_mail_of_ours():
    bounce = read_bounce(filled(NOBODYS), SECRET)
    assert bounce.sent is None


@pytest.mark.parametrize("text", [NO_PATH, ABUSE.replace("{path}", "letters@example.org")])
def test_a_message_id_alone_names_no_mail(text):
    assert read_bounce(filled(text), SECRET).sent == SENT
    other = SECRET.word(Purpose.UNSUBSCRIBE, "b" * 16)
    for forged in ("", other, SECRET.word(Purpose.PREFERENCES, SENT.reader)):
        assert read_bounce(filled(text.replace("{leave}", forged)), SECRET).sent is None


def test_the_words_of_our_own_mail_say_nothing():
    text, _ = RETURNS["exim"]
    bounce = read_bounce(filled(text), SECRET)
    assert "mailbox is full" not in bounce.words


def test_words_and_status_are_kept():
    bounce = read_bounce(filled(RETURNS["postfix"][0]), SECRET)
    assert bounce.status == "5.1.1"
    assert bounce.words == "550 5.1.1 <ann@example.com>: User unknown"


def test_a_mail_has_one_digest():
    data = filled(RETURNS["qmail"][0])
    assert read_bounce(data, SECRET).digest == read_bounce(data, SECRET).digest
    assert read_bounce(data + b"x", SECRET).digest != read_bounce(data, SECRET).digest


@given(st.sampled_from(sorted(RETURNS)), st.integers(0, 3000), st.binary(max_size=20))
def test_broken_mails_are_read_all_the_same(name, place, noise):
    data = filled(RETURNS[name][0])
    read_bounce(data[:place] + noise + data[place + len(noise) :], SECRET)
    read_bounce(noise, SECRET)


def test_parts_in_parts_without_end_are_no_reason_to_stop():
    nested = "".join(
        f'Content-Type: multipart/report; boundary="{n}"\n\n--{n}\n' for n in range(3000)
    )
    text = f"From: MAILER-DAEMON@x.example\nSubject: Returned mail\n{nested}"
    found = read_bounce(text.encode(), SECRET)
    assert found is None or found.sent is None
