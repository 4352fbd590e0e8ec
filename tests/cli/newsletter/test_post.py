import pytest

from comity.cli.newsletter._post import office_of, opened, readers_of
from comity.core.errors import InputError
from comity.newsletter.delivery.keys import make_secret


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


def test_a_folder_that_is_no_publication_is_named(tmp_path):
    with pytest.raises(InputError), opened(str(tmp_path)):
        pass
