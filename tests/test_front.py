"""What `import comity as co` offers."""

import subprocess
import sys

import pytest

import comity as co


@pytest.mark.parametrize("name", co.__all__)
def test_every_name_is_there(name):
    assert getattr(co, name) is not None
    assert name in dir(co)


def test_other_names_are_not():
    with pytest.raises(AttributeError, match="no attribute 'agreee'"):
        _ = co.agreee


@pytest.mark.parametrize("name", ["agree", "compare", "solve", "load", "verify", "certify"])
def test_verbs_are_functions_whatever_was_imported_before(name):
    """A module may bear the name of its function."""
    code = f"import comity.{name_of_room(name)}, comity as co; assert callable(co.{name})"
    subprocess.run([sys.executable, "-c", code], check=True)


def name_of_room(name):
    return {"solve": "solutions.solve", "load": "cases", "certify": "solutions"}.get(
        name, "agreement"
    )
