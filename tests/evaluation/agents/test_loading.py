"""What a person types becomes an agent, or one clear error."""

import pytest

from comity.agreement.parties import Cautious, PartyBehaviour
from comity.core.errors import InputError
from comity.evaluation.agents.loading import opened
from comity.evaluation.agents.remote import Remote

FILE = """
from comity.agreement.parties import Honest
MADE = Honest()
closed = []

class Mine(Honest):
    def close(self):
        closed.append(1)

def maker():
    return Mine()

class Needy(Honest):
    def __init__(self, what):
        self.what = what

NUMBER = 3
"""


@pytest.fixture
def file(tmp_path):
    path = tmp_path / "planted_agent.py"
    path.write_text(FILE, "utf-8")
    return path


@pytest.mark.parametrize("name", ["MADE", "Mine", "maker"])
def test_from_a_file(file, name):
    with opened(f"{file}:{name}") as agent:
        assert isinstance(agent, PartyBehaviour)


def test_what_was_started_is_ended(file):
    with opened(f"{file}:Mine") as agent:
        closed = type(agent).close.__globals__["closed"]
        assert closed == []
    assert closed == [1]


def test_from_a_module_and_by_kind():
    with opened("comity.agreement.parties:Cautious") as agent:
        assert agent == Cautious()
    with opened("cautious") as agent:
        assert agent == Cautious()


def test_over_the_network():
    with opened("http://127.0.0.1:9/x") as agent:
        assert isinstance(agent, Remote)


@pytest.mark.parametrize(
    ("agent", "message"),
    [
        ("nobody", "no such agent"),
        ("no_such_module:Name", "cannot be loaded"),
        ("no/such/file.py:Name", "no such file"),
        ("comity.agreement.parties:Nobody", "no such name"),
        ("command:", "no command"),
        ("http://", "not an address"),
        ("committed", "needs the option demand"),
        ("comity.agreement.parties:PARTIES", "not an agent"),
    ],
)
def test_what_is_no_agent(agent, message):
    with pytest.raises(InputError, match=message), opened(agent):
        pass


@pytest.mark.parametrize(
    ("name", "message"), [("Needy", "cannot be made"), ("NUMBER", "not an agent")]
)
def test_what_a_file_does_not_hold(file, name, message):
    with pytest.raises(InputError, match=message), opened(f"{file}:{name}"):
        pass


def test_a_file_that_fails(tmp_path):
    file = tmp_path / "broken_agent.py"
    file.write_text("raise RuntimeError('boom')", "utf-8")
    with pytest.raises(InputError, match="RuntimeError: boom"), opened(f"{file}:X"):
        pass


def test_a_checkpoint_that_has_no_part_in_a_case(tmp_path):
    from comity.learning.training.agents import learn

    path = tmp_path / "agent.npz"
    learn("tiny hanabi", "off-belief", path=path)
    with pytest.raises(InputError, match="no part in a Case"), opened(str(path)):
        pass
