"""The names that a user of the newsletter needs, each from its own module."""

import subprocess
import sys

import comity.newsletter


def test_every_name_is_there():
    for name in comity.newsletter.__all__:
        assert getattr(comity.newsletter, name).__module__.startswith("comity.newsletter.")


def test_nothing_heavy_is_loaded_before_it_is_used():
    heavy = ("sqlalchemy", "jinja2", "markdown_it")
    code = f"import sys, comity.newsletter; print([m for m in {heavy} if m in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
