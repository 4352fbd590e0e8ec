"""An issue mailed to its editor from the desk, over a real relay."""

import pytest

from comity.newsletter.delivery.keys import make_secret
from newsletter_desk import Editor, make_app, write_folder
from newsletter_relay import Relay


@pytest.fixture
def relay(tmp_path):
    with Relay(tmp_path / "mail.log") as made:
        yield made


@pytest.fixture
def mailing(tmp_path, relay):
    """An editor of a publication that can mail."""
    folder = write_folder(tmp_path / "publication")
    make_secret(folder)
    with (folder / "publication.toml").open("a", encoding="utf-8") as settings:
        settings.write(
            "\n[post]\n"
            'sender = "letters@example.org"\nbounces = "bounces@example.org"\nhost = "127.0.0.1"\n'
            f"port = {relay.port}\n"
        )
    app = make_app(folder)
    yield Editor(app)
    app.state.shelf.store.close()


def test_the_test_goes_to_one_address(mailing, relay):
    answer = mailing.post("/desk/issues/3/test", {"address": "ada@example.org"})
    assert "Mailed to ada@example.org." in answer.text
    (mail,) = relay.taken
    assert mail.recipient == "ada@example.org"
    assert mail.message["Subject"].startswith("[Test] ")
    assert "unseen draft summary" not in str(mail.message["Subject"])


@pytest.mark.parametrize("address", ["", "nobody", "a@b@c", "a@example.org\r\nBcc: b@example.org"])
def test_what_is_no_address_gets_no_mail(mailing, relay, address):
    assert mailing.post("/desk/issues/3/test", {"address": address}).status_code == 422
    assert relay.taken == []


def test_a_publication_that_cannot_mail_says_so(ada):
    answer = ada.post("/desk/issues/3/test", {"address": "ada@example.org"})
    assert answer.status_code == 422
    assert "no address to send from" in answer.text.lower() or "post" in answer.text


def test_readers_sign_up_on_the_same_server(mailing):
    mailing.client.cookies.clear()
    page = mailing.get("/readers/subscribe")
    assert page.status_code == 200
    assert "Get Commons Weekly" in page.text
