"""What `import comity as co` offers."""

import subprocess
import sys

import pytest

import comity as co


@pytest.mark.parametrize("name", co.__all__)
def test_every_name_is_there(name):
    assert getattr(co, name) is not None
    assert name in dir(co)


def test_nothing_else_is_listed():
    assert dir(co) == co.__all__
    assert not [name for name in dir(co) if name.startswith("_")]


def test_other_names_are_not():
    with pytest.raises(AttributeError, match="no attribute 'agreee'"):
        _ = co.agreee


def test_verbs_are_functions_whatever_was_imported_before():
    """A module may bear the name of its function."""
    code = (
        "import comity.agreement, comity.solutions.solve, comity as co;"
        "assert all(map(callable, [co.agree, co.compare, co.solve, co.study, co.verify]))"
    )
    subprocess.run([sys.executable, "-c", code], check=True)
