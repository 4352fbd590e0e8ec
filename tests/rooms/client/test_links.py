import pytest

from comity.core.errors import InputError
from comity.rooms.client.links import Link, is_exposed, server_address

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


EXPOSED = {
    "http://rooms.example": True,
    "http://10.0.0.7:8000": True,
    "http://localhost.example": True,
    "https://10.0.0.7": False,
    "http://[::1]:8000": False,
    "http://127.3.2.1": False,
    "http://a.localhost": False,
    "": False,
}


@pytest.mark.parametrize("address", EXPOSED)
def test_who_could_listen(address):
    assert is_exposed(address) is EXPOSED[address]
