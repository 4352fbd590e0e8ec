import os
import stat

import pytest

from comity.core.errors import InputError
from comity.newsletter.delivery.keys import make_secret, secret_of, write_private


def test_a_secret_is_made_once_and_only_its_owner_reads_it(tmp_path):
    path = make_secret(tmp_path)
    kept = path.read_bytes()
    assert make_secret(tmp_path) == path
    assert path.read_bytes() == kept
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700
    assert secret_of(tmp_path).sign("x") == secret_of(tmp_path).sign("x")


def test_a_missing_secret_is_not_made_in_passing(tmp_path):
    with pytest.raises(InputError, match="cannot read the secret"):
        secret_of(tmp_path)
    assert not (tmp_path / "keys").exists()


@pytest.mark.parametrize("text", ["", "xyz", "ab" * 31, "ab" * 33])
def test_what_is_no_secret_is_named(tmp_path, text):
    write_private(tmp_path / "keys" / "links.secret", text.encode())
    with pytest.raises(InputError, match="not a secret"):
        secret_of(tmp_path)


def test_a_secret_that_others_read_is_refused(tmp_path):
    os.chmod(make_secret(tmp_path), 0o644)
    with pytest.raises(InputError, match="others can read"):
        secret_of(tmp_path)


def test_no_private_file_is_overwritten(tmp_path):
    path = tmp_path / "keys" / "a"
    write_private(path, b"one")
    with pytest.raises(InputError, match="already"):
        write_private(path, b"two")
    assert path.read_bytes() == b"one"
