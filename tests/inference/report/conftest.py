"""An understanding to report on, one that says little, and one whose names mean harm."""

import pytest

from inference import making


@pytest.fixture(scope="session")
def rich():
    return making.understanding()


@pytest.fixture(scope="session")
def bare():
    return making.bare()


@pytest.fixture(scope="session")
def hostile():
    return making.hostile()
