from datetime import UTC, datetime, timedelta

import pytest

from comity.cli.newsletter._post import office_of, opened, readers_of
from comity.core.errors import InputError
from comity.newsletter.delivery.addresses import parse
from comity.newsletter.delivery.keys import make_secret, secret_of
from comity.newsletter.delivery.readers import Origin, Readers


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "publication.toml").write_text('name = "CW"\nshort = "CW"\n')
    return tmp_path


def test_readers_need_a_secret_and_no_settings_to_mail(folder):
    with opened(str(folder)) as (publication, store):
        with pytest.raises(InputError, match="secret"):
            readers_of(store)
        make_secret(folder)
        assert readers_of(store).all() == []
        with pytest.raises(InputError, match="no address to send from"):
            office_of(publication, store)


@pytest.mark.parametrize("command", [office_of, lambda _, store: readers_of(store)])
@pytest.mark.parametrize(("days", "left"), [(15, []), (13, ["ann@example.org"])])
def test_requests_that_nobody_confirmed_end_with_any_command(folder, command, days, left):
    with (folder / "publication.toml").open("a") as settings:
        settings.write('[post]\nsender = "letters@example.org"\n')
    make_secret(folder)
    with opened(str(folder)) as (publication, store):
        past = datetime.now(UTC) - timedelta(days=days)
        readers = Readers(store.engine, secret_of(folder), lambda: past)
        readers.sign_up(parse("ann@example.org"), "Ann", Origin("web"))
        command(publication, store)
        assert [str(reader.address) for reader in readers.all()] == left


def test_a_folder_that_is_no_publication_is_named(tmp_path):
    with pytest.raises(InputError), opened(str(tmp_path)):
        pass
