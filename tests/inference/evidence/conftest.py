"""Where the real data lie, for the tests that read them."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest


@pytest.fixture
def real() -> Callable[[str], Path]:
    """Return the path of a file of real data; the test is skipped where it is absent."""

    def find(name: str) -> Path:
        folder = os.environ.get("COMITY_DATA")
        path = Path(folder or ".") / name
        if not folder or not path.exists():
            pytest.skip(f"set COMITY_DATA to a folder that holds {name}")
        return path

    return find
