"""How many mails a second a sender hands over, and what one mail costs before it goes."""

from __future__ import annotations

import asyncio
import multiprocessing
import sys
import tempfile
import time
from dataclasses import replace
from multiprocessing.connection import Connection
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))

import aiosmtplib

from comity.core.database import transaction
from comity.newsletter.delivery.addresses import parse
from comity.newsletter.delivery.bodies import Content
from comity.newsletter.delivery.ledger import State
from comity.newsletter.delivery.letters import Recipient
from comity.newsletter.delivery.office import Office
from comity.newsletter.delivery.readers import Origin
from comity.newsletter.delivery.sending import Sending
from comity.newsletter.delivery.signing import Signer, make_key
from comity.newsletter.delivery.tokens import Secret
from comity.newsletter.model.publication import Post, Publication
from comity.newsletter.store.store import Store

READERS = 500
LETTERS = 200
WORDS = "Rivers meet, and whoever lives along them has to agree on the water. "
CONTENT = Content("RL #12: Rivers", WORDS * 150, f"<p>{WORDS * 3}</p>\n" * 100)
KEYS = {"none": None, "ed25519": "ed25519", "rsa 2048": "rsa"}
CONNECTIONS = (1, 4, 16)
SAID = (
    "One issue of {size} kB to {readers:,} readers over the loopback, to a relay in Python"
    " (aiosmtpd) in a process of its own that takes everything. Each mail is claimed and settled"
    " on the disk (`synchronous=FULL`). No rate limits it. The last row is aiosmtplib alone,"
    " handing over one unsigned mail again and again: after a crash nobody would know who has it."
)


def measure() -> list[str]:
    """Return the section on mail."""
    context = multiprocessing.get_context("spawn")
    here, there = context.Pipe()
    relay = context.Process(target=_relay, args=(there,))
    relay.start()
    port = here.recv()
    size = len(CONTENT.text) + len(CONTENT.html)
    lines = [
        "## Mail",
        "",
        SAID.format(size=size // 1000, readers=READERS),
        "",
        "| signature | writing and signing one mail, ms | "
        + " | ".join(f"mails/s, {n} connection{'s' * (n > 1)}" for n in CONNECTIONS)
        + " |",
        "|" + " --- |" * (2 + len(CONNECTIONS)),
    ]
    for name, kind in KEYS.items():
        signer = Signer("example.org", "s1", make_key(kind)) if kind else None
        speeds = [_speed(port, signer, connections) for connections in CONNECTIONS]
        cells = " | ".join(f"{speed:.0f}" for speed in speeds)
        lines.append(f"| {name} | {_cost(signer):.2f} | {cells} |")
    bare = [_bare_speed(port, connections) for connections in CONNECTIONS]
    cells = " | ".join(f"{speed:.0f}" for speed in bare)
    lines.append(f"| none, aiosmtplib alone | 0 | {cells} |")
    here.send("end")
    relay.join()
    return lines


def _speed(port: int, signer: Signer | None, connections: int) -> float:
    with tempfile.TemporaryDirectory() as folder:
        office = _office(Path(folder), port, signer, connections)
        with transaction(office.engine, writes=True) as connection:
            for k in range(READERS):
                address = parse(f"reader{k}@host{k % 50}.example")
                office.readers.add(connection, address, "", Origin("benchmark"))
        sending = Sending(office, 12, lambda without: CONTENT)
        begun = time.perf_counter()
        asyncio.run(sending.run())
        seconds = time.perf_counter() - begun
        assert sending.ledger.counts()[State.SENT] == READERS
        office.engine.dispose()
        return READERS / seconds


def _bare_speed(port: int, connections: int) -> float:
    """Return mails a second of the library below, which keeps no account of them."""
    with tempfile.TemporaryDirectory() as folder:
        office = _office(Path(folder), port, None, 1)
        to = Recipient("a" * 16, parse("ann@example.org"), "Ann")
        mail = office.sealed(office.stationery.issue(CONTENT, to, 12, office.clock()))
        office.engine.dispose()
    begun = time.perf_counter()
    asyncio.run(_hand_over(port, mail.message, connections))
    return READERS / (time.perf_counter() - begun)


async def _hand_over(port: int, mail: bytes, connections: int) -> None:
    waiting = iter(range(READERS))

    async def one() -> None:
        async with aiosmtplib.SMTP(hostname="127.0.0.1", port=port, use_tls=False) as relay:
            for k in waiting:
                reader = f"reader{k}@host{k % 50}.example"
                await relay.sendmail("bounces@example.org", [reader], mail)

    await asyncio.gather(*(one() for _ in range(connections)))


def _cost(signer: Signer | None) -> float:
    with tempfile.TemporaryDirectory() as folder:
        office = _office(Path(folder), 25, signer, 1)
        to = Recipient("a" * 16, parse("ann@example.org"), "Ann")
        now = office.clock()
        begun = time.perf_counter()
        for number in range(LETTERS):
            office.sealed(office.stationery.issue(CONTENT, to, number, now))
        seconds = time.perf_counter() - begun
        office.engine.dispose()
        return 1000 * seconds / LETTERS


def _office(folder: Path, port: int, signer: Signer | None, connections: int) -> Office:
    post = Post(
        sender="letters@example.org",
        bounces="bounces@example.org",
        host="127.0.0.1",
        port=port,
        per_second=1e9,
        per_domain=1e9,
        at_once=connections,
    )
    publication = Publication("River Letters", "RL", "https://letters.example.org")
    store = Store.open(folder / "newsletter.db")
    settings = replace(publication, post=post)
    return Office(settings, folder, store.engine, Secret(bytes(32)), signer)


def _relay(line: Connection) -> None:
    from newsletter_relay import Relay

    class Mouth(Relay):
        def take(self, mail) -> None:
            return

    with Mouth() as relay:
        line.send(relay.port)
        line.recv()


if __name__ == "__main__":
    print("\n".join(measure()))
