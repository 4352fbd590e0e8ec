"""Readers, a relay that holds the knife, and a sender that is started again and again.

At a chosen place of a chosen mail the relay kills the sender and waits until it is dead; only then
it goes on. So each window is met exactly, whatever the speed of the machine.
"""

import subprocess
import sys
from pathlib import Path

import newsletter_victim
from comity.core.database import transaction
from comity.newsletter.delivery.addresses import parse
from comity.newsletter.delivery.ledger import Ledger
from comity.newsletter.delivery.readers import Origin, Readers
from comity.newsletter.store.store import Store

PLACES = ("recipient", "words", "taken")
"""Before the mail is claimed; claimed and not sent; taken by the relay and not known here."""


class Killer:
    """Kills the sender when it is at a place for the n-th time."""

    def __init__(self, relay, place, count):
        self.relay, self.place, self.count = relay, place, count
        self.victim = None
        relay.acts.append(self.act)

    def act(self, place, address):
        if place == self.place and self.victim is not None:
            self.count -= 1
            if self.count == 0:
                self.victim.kill()
                self.victim.wait()
                self.address = address


class World:
    """Readers, a relay, and a sender that can be started again and again."""

    def __init__(self, folder, readers, connections=4):
        self.folder, self.connections = folder, connections
        self.log = folder / "mail.log"
        self.store = Store.open(folder / "newsletter.db")
        self.addresses = [f"reader{k}@host{k % 17}.example" for k in range(readers)]
        known = Readers(self.store.engine, newsletter_victim.SECRET)
        with transaction(self.store.engine, writes=True) as connection:
            for address in self.addresses:
                known.add(connection, parse(address), "", Origin("test"))

    def start(self, relay, asks=True):
        script = Path(newsletter_victim.__file__)
        log = str(self.log) if asks else ""
        settings = [str(self.folder), str(relay.port), str(self.connections), log]
        return subprocess.Popen(
            [sys.executable, str(script), *settings],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )

    def run(self, relay, killer=None, asks=True):
        """Run a sender until it ends or is killed; return its last words."""
        with self.start(relay, asks) as victim:
            if killer is not None:
                killer.victim = victim
            words, errors = victim.communicate()
        relay.wait_until_idle()
        assert errors == ""
        return words.strip()

    def counts(self):
        ledger = Ledger(self.store.engine, 12)
        return {state: n for state, n in ledger.counts().items() if n}

    def assert_everybody_has_one(self, relay):
        assert sorted(mail.recipient for mail in relay.taken) == sorted(self.addresses)
        assert len({mail.message_id for mail in relay.taken}) == len(self.addresses)
