from datetime import UTC, datetime, timedelta

import pytest

from comity.newsletter.delivery.tokens import Secret
from comity.newsletter.model.publication import Post, Publication
from comity.newsletter.store.store import Store


class Clock:
    """A clock that stands still until it is told to go on."""

    def __init__(self):
        self.time = datetime(2026, 3, 1, 12, tzinfo=UTC)

    def __call__(self):
        return self.time

    def pass_by(self, **spans):
        self.time += timedelta(**spans)


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def secret():
    return Secret(bytes(range(32)))


@pytest.fixture
def publication():
    return Publication(
        name="River Letters",
        short="RL",
        url="https://letters.example.org",
        editor="Ann Editor",
        post=Post(
            sender="letters@example.org",
            reply_to="editor@example.org",
            bounces="bounces@example.org",
        ),
    )


@pytest.fixture
def store(tmp_path):
    made = Store.open(tmp_path / "newsletter.db")
    yield made
    made.close()


@pytest.fixture
def engine(store):
    return store.engine


@pytest.fixture
def office(engine, secret, clock, publication, tmp_path):
    from comity.newsletter.delivery.office import Office

    return Office(publication, tmp_path, engine, secret, clock=clock)


@pytest.fixture
def enrol(office):
    """Make readers of addresses, in order; return their ids by address."""
    from comity.core.database import transaction
    from comity.newsletter.delivery.addresses import parse
    from comity.newsletter.delivery.readers import Origin

    def made(*addresses):
        with transaction(office.engine, writes=True) as connection:
            return {
                address: office.readers.add(connection, parse(address), "", Origin("test"))
                for address in addresses
            }

    return made


@pytest.fixture
def world(tmp_path):
    """Readers and their sender, of as many as a test asks for."""
    from newsletter_killing import World

    made = []

    def make(readers, connections=4):
        made.append(World(tmp_path, readers, connections))
        return made[0]

    yield make
    for each in made:
        each.store.close()
