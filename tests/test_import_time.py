"""Importing comity loads nothing heavy: checked by what is loaded, not by a clock."""

import subprocess
import sys

import pytest

HEAVY = {
    "arviz",
    "fastapi",
    "jax",
    "jinja2",
    "joblib",
    "matplotlib",
    "numba",
    "numpyro",
    "pandas",
    "pyarrow",
    "pydantic",
    "quantecon",
    "requests",
    "scipy",
    "sklearn",
    "socketserver",
    "torch",
    "urllib.request",
}

ASK_FOR_HELP = """
import contextlib, io
from comity.cli import main
sys.argv = ["comity", "--help"]
with contextlib.suppress(SystemExit), contextlib.redirect_stdout(io.StringIO()):
    main()
"""


def loaded_by(statement: str) -> set[str]:
    """Names of all modules in a fresh interpreter after a statement."""
    code = f"import sys\n{statement}\nprint(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    return set(done.stdout.split())


@pytest.mark.parametrize("module", ["comity", "comity.core", "comity.games", "comity.inference"])
def test_importing_loads_nothing_heavy(module):
    assert loaded_by(f"import {module}") & HEAVY == set()


def test_help_loads_nothing_heavy():
    pytest.importorskip("comity.cli", exc_type=ModuleNotFoundError)
    assert loaded_by(ASK_FOR_HELP) & HEAVY == set()


def test_the_check_sees_what_is_loaded():
    assert "scipy" in loaded_by("import scipy")
