import base64
from types import SimpleNamespace

import dkim
import pytest
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric import ed25519, rsa
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

from comity.core.errors import InputError
from comity.newsletter.delivery.addresses import parse
from comity.newsletter.delivery.bodies import Content
from comity.newsletter.delivery.keys import write_private
from comity.newsletter.delivery.letters import Recipient, Stationery
from comity.newsletter.delivery.signing import SIGNED, Signer, make_key, relaxed_body, signer_of
from comity.newsletter.model.publication import Post

KEYS = {kind: make_key(kind) for kind in ("rsa", "ed25519")}


class Verifies:
    """The one piece of Ed25519 that dkimpy takes from elsewhere."""

    def __init__(self, text, encoder):
        self.key = ed25519.Ed25519PublicKey.from_public_bytes(base64.b64decode(text))

    def verify(self, digest, signature):
        try:
            self.key.verify(signature, digest)
        except InvalidSignature:
            raise BadSignature from None


class BadSignature(Exception):
    pass


@pytest.fixture(autouse=True)
def curve(monkeypatch):
    nacl = SimpleNamespace(
        signing=SimpleNamespace(VerifyKey=Verifies),
        encoding=SimpleNamespace(Base64Encoder=None),
        exceptions=SimpleNamespace(BadSignatureError=BadSignature, ValueError=ValueError),
    )
    monkeypatch.setattr(dkim, "nacl", nacl, raising=False)


def verify(message, record):
    name, text = record
    zone = {f"{name}.".encode(): text.encode()}
    return dkim.verify(message, dnsfunc=lambda asked, timeout=5: zone.get(asked))


@pytest.fixture(params=KEYS)
def signer(request):
    return Signer("example.org", "s1", KEYS[request.param], clock=lambda: 1_770_000_000)


@pytest.fixture
def message(publication, secret, clock):
    to = Recipient("a" * 16, parse("ann@bücher.example"), "Änn")
    content = Content("Flüsse " * 30, "Grüße \t \n\n\n  x\n\n\n", "<p>ü</p>")
    return Stationery(publication, secret).issue(content, to, 12, clock()).message


def test_another_program_verifies_the_signature(signer, message):
    assert verify(signer.sign(message), signer.record)


@pytest.mark.parametrize("name", SIGNED)
def test_no_signed_field_can_be_changed_taken_away_or_added(signer, message, name):
    signed = signer.sign(message)
    head, _, rest = signed.partition(b"\r\n\r\n")
    added = head + f"\r\n{name}: eve".encode() + b"\r\n\r\n" + rest
    assert not verify(added, signer.record)
    field = f"\r\n{name}: ".encode()
    start = signed.lower().find(field)
    if start >= 0:
        changed = signed[: start + len(field)] + b"x" + signed[start + len(field) :]
        assert not verify(changed, signer.record)


def test_the_words_of_a_mail_cannot_be_changed(signer, message):
    signed = signer.sign(message)
    assert not verify(signed.replace(b"Gr=C3=BC", b"Gr=C3=B6"), signer.record)
    assert not verify(signed + b"More\r\n", signer.record)


def test_spaces_that_mail_systems_change_do_not_matter(signer, message):
    signed = signer.sign(message).replace(b"List-Id: ", b"List-Id:   ")
    assert verify(signed + b"\r\n", signer.record)


def test_links_of_one_click_are_signed(signer, message):
    listed = signer.sign(message).partition(b" bh=")[0]
    assert b"list-unsubscribe:" in listed
    assert b"list-unsubscribe-post:" in listed


def test_lines_of_a_signature_are_short(signer, message):
    added = signer.sign(message).removesuffix(message)
    assert all(len(line) <= 78 for line in added.split(b"\r\n"))


def test_the_signature_of_the_standards_own_example():
    # RFC 8463, appendix A: key, mail and signature.
    seed = base64.b64decode("nWGxne/9WmC6hEr0kuwsxERJxWl7MmkZcDusAxyuf2A=")
    key = ed25519.Ed25519PrivateKey.from_private_bytes(seed)
    pem = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    signed = ("from", "to", "subject", "date", "message-id")
    signer = Signer("football.example.com", "brisbane", pem, signed, lambda: 1528637909)
    assert signer.record == (
        "brisbane._domainkey.football.example.com",
        "v=DKIM1; k=ed25519; p=11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo=",
    )
    text = (
        b"From: Joe SixPack <joe@football.example.com>\r\n"
        b"To: Suzie Q <suzie@shopping.example.net>\r\n"
        b"Subject: Is dinner ready?\r\n"
        b"Date: Fri, 11 Jul 2003 21:00:37 -0700 (PDT)\r\n"
        b"Message-ID: <20030712040037.46341.5F8J@football.example.com>\r\n"
        b"\r\n"
        b"Hi.\r\n\r\nWe lost the game.  Are you hungry yet?\r\n\r\nJoe.\r\n"
    )
    theirs = (
        b"DKIM-Signature: v=1; a=ed25519-sha256; c=relaxed/relaxed;\r\n"
        b" d=football.example.com; i=@football.example.com;\r\n"
        b" q=dns/txt; s=brisbane; t=1528637909; h=from : to :\r\n"
        b" subject : date : message-id : from : subject : date;\r\n"
        b" bh=2jUSOH9NhtVGCQWNr9BrIAPreKQjO6Sn7XIkfJVOzv8=;\r\n"
        b" b=/gCrinpcQOoIfuHNQIbq4pgh9kyIK3AQUdt9OdqQehSwhEIug4D11Bus\r\n"
        b" Fa3bT3FY5OsU7ZbnKELq+eXdp1Q1Dw==\r\n"
    )
    assert verify(theirs + text, signer.record)
    signed_text = signer.sign(text)
    assert b"bh=2jUSOH9NhtVGCQWNr9BrIAPreKQjO6Sn7XIkfJVOzv8=;" in signed_text
    assert verify(signed_text, signer.record)


@pytest.mark.parametrize(
    ("body", "relaxed"),
    [
        (b"", b""),
        (b"\r\n\r\n", b""),
        (b" C \r\nD \t E\r\n\r\n\r\n", b" C\r\nD E\r\n"),  # RFC 6376, 3.4.5
        (b"no end", b"no end\r\n"),
    ],
)
def test_relaxed_bodies(body, relaxed):
    assert relaxed_body(body) == relaxed


def test_keys_that_do_not_sign_mails_are_refused(tmp_path):
    short = rsa.generate_private_key(public_exponent=65537, key_size=1024)
    pem = short.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    for key in (pem, b"", b"not a key"):
        with pytest.raises(InputError, match="key"):
            Signer("example.org", "s1", key)
    with pytest.raises(InputError, match="no such kind"):
        make_key("dsa")


def test_the_signer_of_a_publication_comes_from_its_folder(tmp_path):
    write_private(tmp_path / "key.pem", KEYS["ed25519"])
    post = Post(dkim_domain="example.org", dkim_selector="s1", dkim_key_file="key.pem")
    signer = signer_of(post, tmp_path)
    assert signer.record == Signer("example.org", "s1", KEYS["ed25519"]).record
    assert signer_of(Post(), tmp_path) is None
    (tmp_path / "key.pem").chmod(0o640)
    with pytest.raises(InputError, match="others can read"):
        signer_of(post, tmp_path)
    (tmp_path / "key.pem").chmod(0o600)
    with pytest.raises(InputError, match="cannot read the key"):
        signer_of(Post(dkim_key_file="other.pem"), tmp_path)
    with pytest.raises(InputError, match="without its domain"):
        signer_of(Post(dkim_key_file="key.pem"), tmp_path)
