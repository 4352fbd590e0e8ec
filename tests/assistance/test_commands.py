import sys

import pytest

from comity.assistance.commands import CommandDrafter
from comity.core.errors import InputError


def python(code, seconds=30.0):
    return CommandDrafter((sys.executable, "-c", code), seconds)


def test_prompt_in_reply_out():
    upper = "import sys; sys.stdout.write(sys.stdin.read().upper())"
    assert python(upper)("grüße\n") == "GRÜSSE\n"


def test_no_shell_reads_the_command(tmp_path):
    target = tmp_path / "made"
    assert CommandDrafter.read(f"command: echo hi > {target}")("") == f"hi > {target}\n"
    assert not target.exists()


@pytest.mark.parametrize("text", ["", "cat", "command:", "command:  ", "model: cat", 'command: "x'])
def test_what_names_no_command(text):
    with pytest.raises(InputError, match="no such model"):
        CommandDrafter.read(text)


def test_failures_are_named():
    with pytest.raises(InputError, match=r"status 3.*no key"):
        python("import sys; sys.stderr.write('no key'); sys.exit(3)")("")
    with pytest.raises(InputError, match="cannot run"):
        CommandDrafter(("no-such-program-anywhere",))("")
    with pytest.raises(InputError, match="too long"):
        python("import time; time.sleep(60)", 0.2)("")


def test_what_is_no_text_is_read_all_the_same():
    found = python("import sys; sys.stdout.buffer.write(b'\\xff ok')")("")
    assert found.endswith(" ok")
