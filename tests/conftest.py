"""What every test may ask for."""

import os
from collections.abc import Iterator
from pathlib import Path

import hypothesis
import numpy as np
import pytest

os.environ.setdefault("MPLBACKEND", "agg")

ROOT = Path(__file__).parents[1]
IN_CI = os.environ.get("CI", "").lower() in {"1", "true"}

# A browser that calls nobody on its own.
QUIET_CHROMIUM = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)

# No deadlines: a slow machine is not a bug. CI draws the same examples every time.
hypothesis.settings.register_profile("local", deadline=None, max_examples=50)
hypothesis.settings.register_profile("ci", deadline=None, max_examples=50, derandomize=True)
hypothesis.settings.load_profile("ci" if IN_CI else "local")


@pytest.fixture
def rng() -> np.random.Generator:
    """A generator that starts from the same seed in every test."""
    return np.random.default_rng(20261123)


@pytest.fixture(scope="session")
def repository() -> Path:
    """The root of the repository."""
    return ROOT


@pytest.fixture(scope="session")
def examples() -> Path:
    """The folder of Cases that ship with comity."""
    return ROOT / "examples"


def absent(reason: str) -> None:
    """Skip on a person's machine; fail in CI, where nothing may be missing."""
    (pytest.fail if IN_CI else pytest.skip)(reason)


@pytest.fixture(scope="session")
def chromium() -> str:
    """The path of a Chromium, from COMITY_CHROMIUM or as Debian installs it."""
    path = os.environ.get("COMITY_CHROMIUM", "/usr/bin/chromium")
    if not os.access(path, os.X_OK):
        absent(f"no Chromium at {path}; install it or name one in COMITY_CHROMIUM")
    return path


@pytest.fixture(scope="module")
def browser(chromium: str) -> Iterator:
    """A headless Chromium, one for each file.

    Playwright holds an event loop as long as it runs, and tests of servers run their own.
    """
    try:
        from playwright.sync_api import sync_playwright
    except ImportError:
        absent("playwright is missing: pip install 'comity[browser]'")
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=chromium, args=[*QUIET_CHROMIUM])
        yield running
        running.close()


@pytest.fixture
def page(browser) -> Iterator:
    """An empty page of 1280 x 900; the test fails on any script error or request for a network."""
    complaints: list[str] = []
    context = browser.new_context(viewport={"width": 1280, "height": 900}, offline=True)
    page = context.new_page()
    page.set_default_timeout(30_000)
    page.on("pageerror", lambda error: complaints.append(f"script error: {error}"))
    page.on(
        "console",
        lambda message: message.type == "error" and complaints.append(f"console: {message.text}"),
    )
    page.on(
        "request",
        lambda request: (
            request.url.startswith(("file:", "data:", "blob:", "about:"))
            or complaints.append(f"asked the network for {request.url}")
        ),
    )
    yield page
    context.close()
    assert not complaints
