"""A reader in a browser: from asking, by the mail that confirms it, to choosing and leaving."""

import re
import time

import pytest

from comity.newsletter.delivery.keys import make_secret
from newsletter_desk import write_folder
from newsletter_relay import Relay
from newsletter_serving import Desk
from rooms_people import PATIENCE, Person

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def relay():
    with Relay() as made:
        yield made


@pytest.fixture(scope="module")
def desk(tmp_path_factory, relay):
    folder = write_folder(tmp_path_factory.mktemp("readers") / "publication")
    make_secret(folder)
    with (folder / "publication.toml").open("a", encoding="utf-8") as settings:
        settings.write(
            f'\n[post]\nsender = "letters@example.org"\nhost = "127.0.0.1"\nport = {relay.port}\n'
        )
    running = Desk(folder)
    yield running
    running.stop()


@pytest.fixture
def reader(browser, desk):
    """A function that gives somebody a browser; fails on what a page complains of."""
    people = []

    def come(**options):
        people.append(Person(browser, desk.url, **options))
        return people[-1]

    yield come
    for one in people:
        one.context.close()
    assert [complaint for one in people for complaint in one.complaints] == []


def link_to(relay, address):
    """The path of the link that an address was mailed, once it was."""
    for _ in range(PATIENCE // 50):
        for mail in relay.taken:
            if mail.recipient == address:
                return re.search(r"/readers/\S+", mail.message.get_content())[0]
        time.sleep(0.05)
    raise AssertionError(f"no mail to {address}")


def join(one, relay, address):
    one.go("/readers/subscribe")
    one.page.fill("#address", address)
    one.page.check("#agreed")
    one.page.click("main button")
    one.reads("h1", "Look into your mailbox")
    one.go(link_to(relay, address))
    one.reads("h1", "Do you want Commons Weekly?")
    one.page.click("main button")
    one.reads("h1", "Welcome")


@pytest.mark.parametrize("scripts", [True, False])
def test_from_asking_to_leaving(reader, relay, scripts):
    address = f"ann-{scripts}@example.org"
    one = reader(java_script_enabled=scripts)
    join(one, relay, address)
    one.reads("main", "a…@example.org gets the next issue")
    one.page.click("text=Choose categories")
    one.reads("h1", "What you get")
    one.page.uncheck("text=Reputation")
    one.page.click("text=Save")
    one.reads("main", "Saved.")
    assert not one.page.is_checked("text=Reputation")
    assert one.page.is_checked("text=Contracts")
    one.page.click("text=Send me nothing more")
    one.reads("h1", "It is stopped")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_no_serious_fault_and_no_page_is_too_wide(reader, relay, scheme):
    one = reader(color_scheme=scheme, viewport={"width": 320, "height": 800})
    found = {}

    def look(name):
        wide = one.page.evaluate("document.documentElement.scrollWidth > innerWidth")
        found[name] = [*one.faults(), *(["too wide"] if wide else [])]

    one.go("/readers/subscribe")
    look("subscribe")
    join(one, relay, f"{scheme}@example.org")
    look("welcome")
    one.page.click("text=Choose categories")
    one.reads("h1", "What you get")
    look("choices")
    assert {name: faults for name, faults in found.items() if faults} == {}
