import pytest

from comity.core.errors import InputError
from comity.rooms.client.links import Link, server_address

TOKEN = "q" * 43


@pytest.mark.parametrize(
    ("text", "server"),
    [
        (f"https://rooms.example/s/{TOKEN}", "https://rooms.example"),
        (f"  http://127.0.0.1:8000/s/{TOKEN}/\n", "http://127.0.0.1:8000"),
        (f"https://one.example/below/it/s/{TOKEN}", "https://one.example/below/it"),
    ],
)
def test_a_link_names_its_server_and_holds_a_token(text, server):
    link = Link.read(text)
    assert (link.server, link.token) == (server, TOKEN)
    assert Link.read(str(link)) == link
    assert TOKEN not in repr(link)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "rooms.example",
        "https://rooms.example/",
        "https://rooms.example/s/short",
        f"ftp://rooms.example/s/{TOKEN}",
        f"https:///s/{TOKEN}",
        f"https://rooms.example:port/s/{TOKEN}",
        f"https://rooms.example/s/{TOKEN}?next=elsewhere",
        f"https://rooms.example/s/{TOKEN}/../{TOKEN}",
    ],
)
def test_what_is_no_link(text):
    with pytest.raises(InputError) as caught:
        Link.read(text)
    assert TOKEN not in str(caught.value)


@pytest.mark.parametrize("text", ["", "host", "file:///etc", "http://h:0x", "http://h?x=1"])
def test_what_is_no_server(text):
    with pytest.raises(InputError, match="address of a server"):
        server_address(text)
