"""Programs that are missing, that fail, and that do not end."""

import sys

import pytest

from comity.core.errors import InputError
from comity.newsletter.audio import failures
from comity.newsletter.audio.failures import RecordingError, find, run


def test_what_to_install_is_named():
    with pytest.raises(InputError, match=r"no no-such-program; expected apt install it"):
        find("no-such-program", "apt install it")
    assert find(sys.executable, "Python") == sys.executable


def test_a_program_gets_its_input_and_answers():
    echo = "import sys; sys.stdout.write(sys.stdin.read().upper())"
    assert run([sys.executable, "-c", echo], given="grüße", what="shouting").stdout == "GRÜSSE"


def test_a_failure_shows_the_last_words():
    script = "import sys; print('first\\nsecond\\nthird\\nfourth', file=sys.stderr); sys.exit(3)"
    with pytest.raises(RecordingError) as error:
        run([sys.executable, "-c", script], what="encoding")
    assert "encoding failed" in str(error.value)
    assert "status 3: second / third / fourth" in str(error.value)


def test_what_does_not_end_is_ended(monkeypatch):
    monkeypatch.setattr(failures, "LONGEST", 0.2)
    with pytest.raises(RecordingError, match="does not end"):
        run([sys.executable, "-c", "import time; time.sleep(60)"], what="speaking")


def test_what_cannot_start_is_said(tmp_path):
    with pytest.raises(RecordingError, match="cannot start"):
        run([str(tmp_path / "nothing")], what="speaking")
