import re
from email import message_from_bytes
from email.policy import default

from comity.newsletter.delivery.addresses import parse
from comity.newsletter.delivery.notices import confirming, notice
from comity.newsletter.delivery.readers import CONFIRM_WITHIN, Origin

ANN = parse("ann@example.org")


def link_in(letter):
    message = message_from_bytes(letter.message, policy=default)
    return re.search(r"https://\S+", message.get_content())[0]


def test_a_link_to_confirm_names_who_asked_until_it_is_too_old(office, clock):
    reader = office.readers.sign_up(ANN, "", Origin("web"))
    link = link_in(notice(office.stationery, reader, clock()))
    word = link.rpartition("/")[2]
    assert "/readers/confirm/" in link
    assert confirming(office.secret, word, clock()) == reader.id
    clock.pass_by(seconds=CONFIRM_WITHIN.total_seconds() + 1)
    assert confirming(office.secret, word, clock()) is None


def test_a_later_date_cannot_be_put_into_a_link(office, clock):
    reader = office.readers.sign_up(ANN, "", Origin("web"))
    word = link_in(notice(office.stationery, reader, clock())).rpartition("/")[2]
    name, until, signature = word.split(".")
    assert confirming(office.secret, f"{name}.{int(until) + 1}.{signature}", clock()) is None
    assert confirming(office.secret, "", clock()) is None


def test_whoever_reads_already_is_told_so_and_confirms_nothing(office, clock):
    reader = office.readers.sign_up(ANN, "", Origin("web"))
    office.readers.confirm(reader.id, Origin("web"))
    clock.pass_by(days=1)
    again = office.readers.sign_up(ANN, "", Origin("web"))
    letter = notice(office.stationery, again, clock())
    assert "/readers/preferences/" in link_in(letter)
    assert b"confirm" not in letter.message.lower()


def test_a_notice_goes_to_the_address_without_the_name_that_somebody_gave(office, clock):
    reader = office.readers.sign_up(ANN, "Buy pills at http://x.example", Origin("web"))
    assert b"pills" not in notice(office.stationery, reader, clock()).message
