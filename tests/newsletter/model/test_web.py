"""One rule says what an address of the web is, for sheets and for files of references alike."""

import pytest

from comity.newsletter.model.web import is_web_address


@pytest.mark.parametrize(
    "text",
    [
        "https://a.example",
        "http://a.example:8080/x?y=z#w",
        "https://[::1]/x",
        "https://é.example/ü",
    ],
)
def test_addresses_of_the_web(text):
    assert is_web_address(text)


@pytest.mark.parametrize(
    "text",
    [
        "javascript:alert(1)",
        "https://exa\u200bmple.org/",
        "data:text/html,x",
        "//x.example",
        "https://[",
        "https://:80/",
        "https://x.example:port/",
        "https://x.example/a b",
        "https://x.example/a\tb",
        'https://x.example/"',
        "https://x.example/<b>",
        "ftp://x",
        "",
    ],
)
def test_what_is_none(text):
    assert not is_web_address(text)
