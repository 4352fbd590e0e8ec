import base64
import re
import stat
import tomllib

import pytest
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    PublicFormat,
    load_pem_private_key,
)

from comity.cli import main

SETTINGS = 'name = "CW"\nshort = "CW"\n[post]\nsender = "letters@example.org"\n'


@pytest.fixture
def run(tmp_path, capsys):
    (tmp_path / "publication.toml").write_text(SETTINGS)

    def key(*arguments):
        status = main(["newsletter", "key", *arguments, "--folder", str(tmp_path)])
        printed = capsys.readouterr()
        return status, printed.out, printed.err

    return key


@pytest.mark.parametrize("kind", ["rsa", "ed25519"])
def test_the_record_holds_the_public_half_of_the_key(run, tmp_path, kind):
    status, out, err = run("--kind", kind)
    assert status == 0
    assert out.startswith("comity._domainkey.example.org. IN TXT ( ")
    strings = re.findall(r'"([^"]*)"', out)
    assert all(len(string) <= 255 for string in strings)
    text = "".join(strings)
    assert text.startswith(f"v=DKIM1; k={kind}; p=")
    path = tmp_path / "keys" / "dkim-comity.pem"
    public = load_pem_private_key(path.read_bytes(), None).public_key()
    form = (
        (Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
        if kind == "rsa"
        else (Encoding.Raw, PublicFormat.Raw)
    )
    assert base64.b64decode(text.rpartition("p=")[2]) == public.public_bytes(*form)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    added = tomllib.loads(err.partition("needs:")[2])["post"]
    assert added == {
        "dkim_domain": "example.org",
        "dkim_selector": "comity",
        "dkim_key_file": "keys/dkim-comity.pem",
    }


def test_a_key_that_is_there_is_kept(run):
    first = run("--kind", "ed25519")[1]
    assert run("--kind", "rsa")[1] == first
    assert run("--kind", "ed25519", "--selector", "second")[1] != first


@pytest.mark.parametrize(
    "arguments", [("--kind", "dsa"), ("--selector", "../x"), ("--selector", "a b")]
)
def test_what_makes_no_key_is_one_line(run, tmp_path, arguments):
    status, _, err = run(*arguments)
    assert status == 2
    assert err.count("\n") == 1
    assert not (tmp_path / "keys").exists()


def test_a_publication_without_a_sender_needs_a_domain(run, tmp_path):
    (tmp_path / "publication.toml").write_text('name = "CW"\nshort = "CW"\n')
    status, _, err = run("--kind", "ed25519")
    assert status == 2
    assert "--domain" in err
    assert run("--kind", "ed25519", "--domain", "example.net")[1].startswith(
        "comity._domainkey.example.net."
    )
