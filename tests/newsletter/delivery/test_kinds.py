import pytest

from comity.newsletter.delivery.kinds import kind_of
from comity.newsletter.delivery.suppression import Kind

SAID = [
    ("5.1.1 <ann@example.org>: Recipient address rejected: User unknown", 550, Kind.HARD),
    ("5.1.10 RESOLVER.ADR.RecipientNotFound; Recipient not found", 550, Kind.HARD),
    ("5.2.1 The email account that you tried to reach is disabled", 550, Kind.HARD),
    ("5.4.4 Invalid arguments; Host not found", 0, Kind.HARD),
    ("sorry, no mailbox here by that name. (#5.1.1)", 550, Kind.HARD),
    ("Requested action not taken: mailbox unavailable", 550, Kind.HARD),
    ("dd This user doesn't have a yahoo.example account", 554, Kind.HARD),
    ("Unrouteable address", 0, Kind.HARD),
    ("5.0.0 User unknown in virtual mailbox table", 550, Kind.HARD),
    ("Not here", 550, Kind.HARD),
    ("5.2.2 <ann@example.org>: user is over quota", 552, Kind.FULL),
    ("4.2.2 The recipient's inbox is out of storage space", 452, Kind.FULL),
    ("5.7.1 mailbox full", 552, Kind.POLICY),
    ("Quota exceeded (mailbox for user is full)", 0, Kind.FULL),
    ("Too bad", 552, Kind.FULL),
    ("5.7.1 Message rejected as spam by Content Filtering", 550, Kind.POLICY),
    ("5.7.26 This mail is unauthenticated (DMARC)", 550, Kind.POLICY),
    ("Service unavailable; Client host [192.0.2.1] blocked using a DNSBL", 554, Kind.POLICY),
    ("5.3.4 Message size exceeds fixed limit", 552, Kind.POLICY),
    ("Relay access denied", 554, Kind.POLICY),
    ("4.7.1 Greylisted, please try again in 300 seconds", 451, Kind.POLICY),
    ("Greylisted", 450, Kind.SOFT),
    ("4.4.7 Delivery time expired", 0, Kind.SOFT),
    ("connect to mx.example.org[192.0.2.1]:25: Connection timed out", 0, Kind.SOFT),
    ("", 0, Kind.SOFT),
    ("192.0.2.5.1.1 is not welcome", 0, Kind.SOFT),
]


@pytest.mark.parametrize(("words", "code", "kind"), SAID)
def test_codes_and_words_of_common_servers(words, code, kind):
    assert kind_of(words, code) is kind


def test_a_refusal_of_the_words_is_no_refusal_of_the_reader():
    assert kind_of("No", 550, at_recipient=False) is Kind.POLICY
    assert kind_of("No", 452, at_recipient=False) is Kind.SOFT
    assert kind_of("5.1.1 User unknown", 550, at_recipient=False) is Kind.HARD
