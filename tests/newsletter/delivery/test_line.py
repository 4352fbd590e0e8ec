import asyncio
import datetime
import ssl

import pytest
from aiosmtpd.smtp import AuthResult
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

from comity.core.errors import InputError
from comity.newsletter.delivery.keys import write_private
from comity.newsletter.delivery.line import Line, Unreachable
from comity.newsletter.delivery.mailer import client
from comity.newsletter.model.publication import Post
from newsletter_relay import Relay


def line_to(port, waits, folder):
    async def pause(seconds):
        waits.append(seconds)

    return Line(lambda: client(Post(host="127.0.0.1", port=port), folder), pause)


def test_a_line_is_kept_and_made_anew_where_it_is_lost(tmp_path):
    with Relay() as relay:

        async def run():
            line = line_to(relay.port, [], tmp_path)
            first = await line.smtp()
            assert await line.smtp() is first
            first.close()
            second = await line.smtp()
            assert second is not first
            assert (await second.noop()).code == 250
            await line.close()
            await line.close()

        asyncio.run(run())


def test_a_relay_that_never_answers_is_named_after_some_trials(tmp_path):
    with Relay() as relay:
        port = relay.port
    waits = []
    with pytest.raises(Unreachable, match="does not answer") as caught:
        asyncio.run(line_to(port, waits, tmp_path).smtp())
    assert f"127.0.0.1:{port}" in str(caught.value)
    assert waits == [1.0, 5.0, 25.0]


def authenticate(server, session, envelope, mechanism, data):
    return AuthResult(success=data.login == b"ann" and data.password == b"right", handled=False)


@pytest.mark.parametrize("word", ["right", "wrong"])
def test_user_and_password_are_told_to_the_relay(tmp_path, word):
    write_private(tmp_path / "word", f"{word}\n".encode())
    settings = {"authenticator": authenticate, "auth_require_tls": False}
    with Relay(**settings) as relay:
        post = Post(host="127.0.0.1", port=relay.port, user="ann", password_file="word")

        async def run():
            line = Line(lambda: client(post, tmp_path), waits=())
            await line.smtp()
            await line.close()

        if word == "right":
            asyncio.run(run())
        else:
            with pytest.raises(InputError, match="does not accept user and password"):
                asyncio.run(run())


def stranger(folder):
    """A certificate that nobody vouches for."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "127.0.0.1")])
    now = datetime.datetime.now(datetime.UTC)
    made = x509.CertificateBuilder(
        name,
        name,
        key.public_key(),
        x509.random_serial_number(),
        now - datetime.timedelta(1),
        now + datetime.timedelta(1),
    )
    file = folder / "relay.pem"
    file.write_bytes(
        made.sign(key, hashes.SHA256()).public_bytes(Encoding.PEM)
        + key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    )
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(file)
    return context


def test_a_relay_that_nobody_vouches_for_gets_no_mail(tmp_path):
    waits = []
    with Relay(tls_context=stranger(tmp_path)) as relay:
        post = Post(host="127.0.0.1", port=relay.port, tls="starttls")

        async def pause(seconds):
            waits.append(seconds)

        line = Line(lambda: client(post, tmp_path), pause)
        with pytest.raises(InputError, match="certificate is not trusted") as caught:
            asyncio.run(line.smtp())
        assert "self-signed" in caught.value.found
        assert relay.taken == []
    assert waits == []
