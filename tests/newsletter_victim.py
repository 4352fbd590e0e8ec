"""A program that sends issue 12 of a folder, made to be killed: folder, port, connections."""

import asyncio
import sys
import time
from pathlib import Path

from comity.newsletter.delivery.bodies import Content
from comity.newsletter.delivery.ledger import State
from comity.newsletter.delivery.office import Office
from comity.newsletter.delivery.resolving import RelayLog
from comity.newsletter.delivery.sending import Sending
from comity.newsletter.delivery.tokens import Secret
from comity.newsletter.model.publication import Post, Publication
from comity.newsletter.store.store import Store

SECRET = Secret(bytes(range(32)))
CONTENT = Content("RL #12: Rivers", "Rivers meet.\n" * 40, "<p>Rivers meet.</p>\n" * 40)


def publication(port, connections):
    post = Post(
        sender="letters@example.org",
        bounces="bounces@example.org",
        host="127.0.0.1",
        port=port,
        per_second=1e9,
        per_domain=1e9,
        at_once=connections,
    )
    return Publication("River Letters", "RL", "https://letters.example.org", post=post)


def main(folder, port, connections, log):
    store = Store.open(Path(folder) / "newsletter.db")
    office = Office(publication(port, connections), Path(folder), store.engine, SECRET)
    sending = Sending(office, 12, lambda without: CONTENT)
    resolver = RelayLog(Path(log), SECRET, time.time(), settling=0.0) if log else None
    left = asyncio.run(sending.run(resolver=resolver))
    sys.stdout.write(f"{sending.ledger.counts()[State.SENT]} sent, {len(left)} unknown")
    store.close()


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]), int(sys.argv[3]), sys.argv[4])
