import asyncio
from dataclasses import replace

import pytest

from comity.core.errors import InputError
from comity.newsletter.delivery.letters import Letter
from comity.newsletter.delivery.mailer import Result, client, hand_over
from comity.newsletter.model.publication import Post
from newsletter_relay import Relay

LETTER = Letter("s@example.org", "ann@example.org", b"Message-ID: <a@b>\r\n\r\n.\r\n..x\r\nend\r\n")
TO = "ann@example.org"


@pytest.fixture
def relay():
    with Relay() as made:
        yield made


def send(relay, tmp_path, claim=None, letters=(LETTER,)):
    async def every():
        smtp = client(Post(host="127.0.0.1", port=relay.port), tmp_path)
        await smtp.connect()
        try:
            return [await hand_over(smtp, letter, claim) for letter in letters]
        finally:
            smtp.close()

    outcomes = asyncio.run(every())
    return outcomes[0] if len(outcomes) == 1 else outcomes


def test_a_mail_arrives_byte_for_byte(relay, tmp_path):
    outcome = send(relay, tmp_path)
    assert (outcome.result, outcome.code) == (Result.TAKEN, 250)
    (mail,) = relay.taken
    assert (mail.sender, mail.recipient, mail.raw) == (LETTER.sender, TO, LETTER.message)


@pytest.mark.parametrize(
    ("place", "answer", "result", "at_recipient"),
    [
        ("sender", "450 4.7.1 Later", Result.LATER, False),
        ("sender", "553 5.7.1 Not you", Result.BARRED, False),
        ("recipient", "451 4.7.1 Greylisted", Result.LATER, True),
        ("recipient", "550 5.1.1 Nobody", Result.REFUSED, True),
        ("end", "452 4.3.1 Full", Result.LATER, False),
        ("end", "554 5.7.1 Spam", Result.REFUSED, False),
        ("recipient", "421 4.3.2 Closing", Result.CLOSED, True),
    ],
)
def test_every_answer_has_its_meaning(relay, tmp_path, place, answer, result, at_recipient):
    address = LETTER.sender if place == "sender" else TO
    relay.answers[place, address] = [answer]
    outcome = send(relay, tmp_path)
    assert (outcome.result, outcome.at_recipient) == (result, at_recipient)
    assert f"{outcome.code} {outcome.words}" == answer
    assert relay.taken == []


def test_the_line_is_ready_again_after_a_refusal(relay, tmp_path):
    relay.answers["recipient", TO] = ["550 5.1.1 Nobody"]
    relay.answers["end", TO] = ["451 4.3.0 Later"]
    outcomes = send(relay, tmp_path, letters=[LETTER] * 3)
    assert [x.result for x in outcomes] == [Result.REFUSED, Result.LATER, Result.TAKEN]
    assert len(relay.taken) == 1


def test_a_mail_is_claimed_after_its_recipient_and_before_its_words(relay, tmp_path):
    order = []
    relay.acts.append(lambda place, address: order.append(place))

    async def claim():
        order.append("claim")
        return True

    send(relay, tmp_path, claim)
    assert order == ["recipient", "claim", "words", "taken"]


def test_a_mail_that_nobody_claims_does_not_go(relay, tmp_path):
    claims = iter([False, True])

    async def claim():
        return next(claims)

    outcomes = send(relay, tmp_path, claim, [LETTER] * 2)
    assert [x.result for x in outcomes] == [Result.DROPPED, Result.TAKEN]


def test_a_line_lost_at_the_end_leaves_the_mail_unknown(relay, tmp_path):
    relay.lost.add(TO)
    assert send(relay, tmp_path).result == Result.UNKNOWN
    assert len(relay.taken) == 1


def test_a_password_is_not_shown_to_the_net(tmp_path):
    post = Post(host="relay.example.org", user="ann", password_file="word")
    with pytest.raises(InputError, match="readable"):
        client(post, tmp_path)
    with pytest.raises(InputError, match="cannot read the password"):
        client(replace(post, tls="tls"), tmp_path)
    (tmp_path / "word").write_text("secret\n")
    (tmp_path / "word").chmod(0o644)
    with pytest.raises(InputError, match="others can read"):
        client(replace(post, tls="tls"), tmp_path)
    (tmp_path / "word").chmod(0o600)
    assert client(replace(post, tls="tls"), tmp_path).use_tls
    with pytest.raises(InputError, match="no such setting"):
        client(Post(tls="ssl"), tmp_path)
