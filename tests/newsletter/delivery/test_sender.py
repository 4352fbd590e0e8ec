import asyncio
import socket
from itertools import chain, repeat

import pytest

from comity.newsletter.delivery.ledger import Ledger
from comity.newsletter.delivery.letters import Letter
from comity.newsletter.delivery.line import Unreachable
from comity.newsletter.delivery.mailer import client
from comity.newsletter.delivery.pace import Pace
from comity.newsletter.delivery.readers import Origin
from comity.newsletter.delivery.sender import BACKOFF, RESTS, Sender, Stopped
from comity.newsletter.model.publication import Post
from newsletter_relay import Relay

AT_ONCE = (0.0, 0.0, 0.0)
NO_RESTS = (0.0,) * 9
ANN, BOB = "ann@a.org", "bob@b.org"


@pytest.fixture
def relay():
    with Relay() as made:
        yield made


@pytest.fixture
def ledger(office):
    return Ledger(office.engine, 12, lambda: office.clock().timestamp())


@pytest.fixture
def send(office, ledger, relay):
    def run(compose=None, during=None, **settings):
        async def whole():
            def letter(job):
                message = f"Message-ID: <{job.to.reader}@x>\r\n\r\nHello\r\n".encode()
                return Letter("s@example.org", str(job.to.address), message)

            sender = Sender(
                ledger,
                compose or letter,
                lambda: client(Post(host="127.0.0.1", port=relay.port), office.folder),
                Pace(1e9, 1e9),
                **{"backoff": AT_ONCE, "rests": NO_RESTS, **settings},
            )
            if during is not None:
                loop = asyncio.get_running_loop()

                def stop():
                    loop.call_soon_threadsafe(sender.stop)

                relay.acts.append(lambda place, address: during(stop, place, address))
            await sender.run()

        ledger.begin("d", office.secret, office.clock())
        asyncio.run(whole())

    return run


def count(ledger):
    return {state.name: n for state, n in ledger.counts().items() if n}


def test_everybody_gets_one_mail(send, relay, ledger, enrol):
    addresses = [f"r{k}@d{k % 7}.org" for k in range(60)]
    enrol(*addresses)
    told = []
    send(tell=lambda done, total: told.append((done, total)))
    assert sorted(mail.recipient for mail in relay.taken) == sorted(addresses)
    assert count(ledger) == {"SENT": 60}
    assert told == [(k, 60) for k in range(1, 61)]
    send()
    assert len(relay.taken) == 60


def test_what_is_greylisted_goes_at_a_later_trial(send, relay, ledger, enrol):
    enrol(ANN, BOB)
    relay.answers["recipient", ANN] = ["451 4.7.1 Greylisted", "450 4.2.0 Later"]
    send()
    assert sorted(mail.recipient for mail in relay.taken) == [ANN, BOB]
    assert count(ledger) == {"SENT": 2}


def test_whoever_is_never_taken_is_given_up_with_the_relays_words(send, relay, ledger, enrol):
    enrol(ANN, BOB)
    relay.answers["recipient", ANN] = ["452 4.2.2 Over quota"] * 10
    noted = []
    send(
        refused=lambda connection, job, outcome: noted.append((job.to.address.local, outcome.code))
    )
    assert count(ledger) == {"SENT": 1, "REFUSED": 1}
    ((address, words),) = ledger.refused()
    assert str(address) == ANN
    assert words == "tried 4 times; 452 4.2.2 Over quota"
    assert noted == [("ann", 452)]
    assert len(relay.answers["recipient", ANN]) == 6


def test_what_is_refused_is_not_tried_again_until_somebody_asks(send, relay, ledger, enrol):
    enrol(ANN, BOB)
    relay.answers["recipient", ANN] = ["550 5.1.1 No such user"]
    send()
    send()
    assert count(ledger) == {"SENT": 1, "REFUSED": 1}
    ledger.retry_refused()
    send()
    assert count(ledger) == {"SENT": 2}
    assert len(relay.taken) == 2


def test_a_line_that_the_relay_closes_is_made_anew(send, relay, ledger, enrol):
    enrol(*(f"r{k}@a.org" for k in range(12)))
    relay.answers["recipient", "*"] = ["421 4.7.0 Too many mails on one line"] * 3
    send(connections=2)
    assert count(ledger) == {"SENT": 12}
    assert len({mail.recipient for mail in relay.taken}) == len(relay.taken) == 12


def test_a_mail_whose_line_was_lost_at_its_end_is_not_repeated(send, relay, ledger, enrol):
    enrol(ANN, BOB)
    relay.lost.add(ANN)
    send()
    assert count(ledger) == {"SENT": 1, "UNKNOWN": 1}
    assert [str(each.address) for each in ledger.find_unknown()] == [ANN]
    send()
    assert len(relay.taken) == 2


def test_a_sender_whom_the_relay_bars_stops_and_loses_nobody(send, relay, ledger, enrol):
    enrol(ANN, BOB)
    relay.answers["sender", "*"] = ["553 5.7.1 Sender not owned by user"] * 4
    with pytest.raises(Stopped, match="no mail from this sender"):
        send(connections=1)
    assert count(ledger) == {"WAITING": 2}


@pytest.mark.parametrize("place", ["sender", "recipient"])
def test_a_relay_that_closes_each_line_is_given_rest_and_then_up(
    send, relay, ledger, enrol, place, monkeypatch
):
    enrol(*(f"r{k}@a.org" for k in range(30)))
    relay.answers[place, "*"] = ["421 4.7.0 Come back tomorrow"] * 10
    rested = []

    async def pause(self, seconds):
        rested.extend([seconds] if seconds > 0.01 else [])

    monkeypatch.setattr(Sender, "_pause", pause)
    with pytest.raises(Stopped, match=r"closed the line.*421 4.7.0 Come back.*same command later"):
        send(connections=1, rests=RESTS)
    assert relay.answers[place, "*"] == []
    assert len(rested) == len(RESTS) - 1
    assert all(rest / 2 <= took <= rest for took, rest in zip(rested, RESTS[1:], strict=True))
    assert count(ledger) == {"WAITING": 30}
    send()
    assert count(ledger) == {"SENT": 30}


def test_one_mail_that_the_relay_never_hears_out_stops_no_others(send, relay, ledger, enrol):
    enrol(ANN, *(f"r{k}@b.org" for k in range(9)))
    relay.answers["recipient", ANN] = ["421 4.3.0 Cannot look that up"] * 20
    send(connections=1)
    assert count(ledger) == {"SENT": 9, "REFUSED": 1}
    ((_, words),) = ledger.refused()
    assert words == "tried 4 times; 421 4.3.0 Cannot look that up"


def test_who_is_to_stop_does_not_rest_first(send, relay, ledger, enrol):
    enrol(ANN)
    relay.answers["recipient", ANN] = ["421 4.7.0 Come back tomorrow"]
    send(during=lambda stop, place, address: stop(), rests=(3600.0,))
    assert count(ledger) == {"WAITING": 1}


def test_many_refusals_in_a_row_stop_the_run(send, relay, ledger, enrol):
    enrol(*(f"r{k}@a.org" for k in range(100)))
    relay.answers["end", "*"] = ["554 5.7.1 Looks like spam"] * 100
    with pytest.raises(Stopped, match="too many mails in a row"):
        send(connections=1)
    assert count(ledger) == {"REFUSED": 25, "WAITING": 75}


def test_a_run_that_is_stopped_ends_cleanly_and_can_go_on(send, relay, ledger, enrol):
    enrol(*(f"r{k}@a.org" for k in range(40)))

    def during(stop, place, address):
        if place == "taken" and len(relay.taken) == 10:
            stop()

    send(during=during)
    found = count(ledger)
    assert set(found) == {"SENT", "WAITING"}
    assert 10 <= found["SENT"] == len(relay.taken) <= 14
    relay.acts.clear()
    send()
    assert count(ledger) == {"SENT": 40}
    assert len({mail.recipient for mail in relay.taken}) == len(relay.taken) == 40


def test_who_leaves_midway_gets_nothing_more(send, relay, ledger, enrol, office):
    ids = enrol(ANN, BOB)

    def during(stop, place, address):
        if place == "recipient" and address == ANN:
            office.readers.leave(ids[ANN], Origin("web"))

    send(during=during, connections=1)
    assert [mail.recipient for mail in relay.taken] == [BOB]
    assert count(ledger) == {"SENT": 1, "WITHDRAWN": 1}


def test_who_chooses_midway_gets_what_they_want_now(send, relay, ledger, enrol, office):
    ids = enrol(ANN, BOB)
    made = []

    def compose(job):
        made.append((str(job.to.address), job.without))
        return Letter("s@example.org", str(job.to.address), b"Message-ID: <a@x>\r\n\r\nHi\r\n")

    def during(stop, place, address):
        if place == "recipient" and address == ANN:
            office.readers.choose(ids[ANN], ["Floods"], Origin("web"))

    send(compose, during=during, connections=1)
    assert made == [(ANN, frozenset()), (BOB, frozenset()), (ANN, frozenset({"Floods"}))]
    assert count(ledger) == {"SENT": 2}


def test_who_may_not_be_mailed_any_more_gets_nothing(send, relay, ledger, enrol):
    enrol(ANN, BOB)
    send(may=lambda connection, job: str(job.to.address) != ANN)
    assert [mail.recipient for mail in relay.taken] == [BOB]
    assert count(ledger) == {"SENT": 1, "WITHDRAWN": 1}


@pytest.mark.parametrize("let_in", [0, 1])
def test_a_relay_that_allows_fewer_connections_gets_fewer(relay, ledger, enrol, office, let_in):
    enrol(*(f"r{n}@a.org" for n in range(12)))
    ledger.begin("d", office.secret, office.clock())
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))  # and never listens
        ports = chain([relay.port] * let_in, repeat(closed.getsockname()[1]))

        def compose(job):
            message = f"Message-ID: <{job.to.reader}@x>\r\n\r\nHello\r\n".encode()
            return Letter("s@example.org", str(job.to.address), message)

        def dial():
            return client(Post(host="127.0.0.1", port=next(ports)), office.folder)

        async def run():
            pace = Pace(1e9, 1e9)
            await Sender(ledger, compose, dial, pace, connections=4, waits=()).run()

        if let_in:
            asyncio.run(run())
        else:
            with pytest.raises(Unreachable):
                asyncio.run(run())
    assert count(ledger) == ({"SENT": 12} if let_in else {"WAITING": 12})


def test_a_reader_who_wants_nothing_of_it_gets_no_mail(send, relay, ledger, enrol):
    enrol(ANN)
    send(compose=lambda job: None)
    assert relay.taken == []
    assert count(ledger) == {"EMPTY": 1}


def test_who_wanted_nothing_of_it_and_wants_it_now_gets_it(send, relay, ledger, enrol, office):
    ids = enrol(ANN, BOB)
    office.readers.choose(ids[BOB], ["Floods"], Origin("web"))

    def compose(job):
        if job.without:
            return None
        return Letter("s@example.org", str(job.to.address), b"Message-ID: <a@x>\r\n\r\nHi\r\n")

    def during(stop, place, address):
        if place == "recipient" and address == ANN:
            office.readers.choose(ids[BOB], [], Origin("web"))

    send(compose, during=during, connections=1)
    assert [mail.recipient for mail in relay.taken] == [ANN, BOB]
    assert count(ledger) == {"SENT": 2}


def test_a_relay_that_is_gone_stops_the_run_and_loses_nobody(
    send, relay, ledger, enrol, monkeypatch
):
    enrol(ANN)
    relay.port = 9  # discard: nobody listens there
    with pytest.raises(Unreachable):
        send(waits=())
    assert count(ledger) == {"WAITING": 1}


def test_trials_last_long_enough_for_grey_lists_and_a_broken_night():
    assert 300 <= BACKOFF[0] <= 900
    assert list(BACKOFF) == sorted(BACKOFF)
    assert 6 * 3600 <= sum(BACKOFF) <= 24 * 3600
