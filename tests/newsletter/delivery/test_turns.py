import subprocess
import sys

import pytest

from comity.core.errors import InputError
from comity.newsletter.delivery.turns import alone

HOLD = """
import sys
from pathlib import Path
from comity.newsletter.delivery.turns import alone
with alone(Path(sys.argv[1])):
    print("holding", flush=True)
    sys.stdin.read()
"""


def test_one_holds_the_turn_and_gives_it_back(tmp_path):
    refused = pytest.raises(InputError, match="another program is sending")
    with alone(tmp_path), refused, alone(tmp_path):
        pass
    with alone(tmp_path):
        pass


def test_a_killed_program_holds_no_turn(tmp_path):
    other = subprocess.Popen(
        [sys.executable, "-c", HOLD, str(tmp_path)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    with other:
        assert other.stdout.readline() == "holding\n"
        with pytest.raises(InputError, match="another program"), alone(tmp_path):
            pass
        other.kill()
    with alone(tmp_path):
        pass
