"""The application as a whole."""

import time
from datetime import UTC, datetime, timedelta

import pytest
from starlette.testclient import TestClient

from comity.core.errors import InputError
from comity.newsletter.delivery.addresses import parse
from comity.newsletter.delivery.readers import Origin, Readers
from comity.newsletter.delivery.tokens import Secret
from comity.newsletter.desk.app import ROUTERS
from newsletter_desk import make_app


def test_a_folder_that_is_no_publication_is_refused(tmp_path):
    with pytest.raises(InputError, match="not the folder of a publication"):
        make_app(tmp_path)


def test_it_begins_and_ends(folder):
    app = make_app(folder)
    with TestClient(app, base_url="http://testserver") as client:
        assert client.get("/").status_code == 200
    # The database is closed: no connection is left.
    assert app.state.shelf.store.engine.pool.checkedin() == 0


def test_it_erases_at_its_start_who_never_confirmed(folder):
    app = make_app(folder)
    engine = app.state.shelf.store.engine
    past = datetime.now(UTC) - timedelta(days=15)
    readers = Readers(engine, Secret(bytes(32)), lambda: past)
    readers.sign_up(parse("ann@example.org"), "Ann", Origin("web"))
    with TestClient(app, base_url="http://testserver"):
        until = time.monotonic() + 30
        while readers.all() and time.monotonic() < until:
            time.sleep(0.01)
        assert readers.all() == []


def test_the_path_that_takes_everything_is_the_last():
    paths = [route.path for router in ROUTERS for route in router.routes]
    assert paths[-1] == "/{address:path}"
    assert not any(":path}" in path for path in paths[:-1])


def test_no_description_of_the_paths_is_published(reader):
    for path in ("/docs", "/redoc", "/openapi.json"):
        assert reader.get(path).status_code == 404
