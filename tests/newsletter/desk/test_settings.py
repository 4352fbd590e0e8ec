"""What a server is told."""

from pathlib import Path

import pytest

from comity.core.errors import InputError
from comity.newsletter.desk.settings import Settings


def test_origins():
    settings = Settings(Path(), base_url="https://a.example:8443/")
    assert (settings.origin, settings.secure) == ("https://a.example:8443", True)
    assert not Settings(Path()).secure


@pytest.mark.parametrize("url", ["", "a.example", "ftp://a.example", "https://a.example/path"])
def test_other_addresses_are_refused(url):
    with pytest.raises(InputError, match="not the address of a server"):
        Settings(Path(), base_url=url)
