"""Make the pictures of reports in docs/images, as Chromium shows them.

.venv/bin/python docs/_pictures.py
"""

from __future__ import annotations

import contextlib
import os
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[1]
WIDTH, HEIGHT = 1180, 775
MARGIN = 16
EXAMPLES = ROOT / "examples"

REPORTS = {
    "report": ["agree", f"{EXAMPLES}/river.toml", "--study", "200"],
    "last-offer": [
        "understand",
        f"{EXAMPLES}/last_offer.csv",
        "--case",
        f"{EXAMPLES}/last_offer.toml",
    ],
    "card": ["evaluate", f"{EXAMPLES}/agents/fair.py:Fair"],
    "crossplay": ["crossplay", "levers", "--partners", "box"],
}
"""By picture the command whose report it shows."""

BEFORE = {
    "crossplay": [
        ["train", "lever", "--seeds", "8", "--out", "levers"],
        ["train", "lever", "--agent", "other-play", "--seeds", "8", "--out", "levers"],
    ]
}
"""By picture the commands that it needs before."""

Part = dict[str, float]


def top(page: Any) -> Part:
    """Return what stands above the fold."""
    return {"x": 0, "y": 0, "width": WIDTH, "height": HEIGHT}


def prior(page: Any) -> Part:
    """Return where the decision is shown by what one believes, up to the next section."""
    heading = page.get_by_role("heading", name="The decision depends on what you believe")
    following = page.get_by_role("heading", name="What to ask next")
    above, below = heading.bounding_box(), following.bounding_box()
    start = above["y"] - MARGIN
    return {"x": 0, "y": start, "width": WIDTH, "height": below["y"] - start - 5 * MARGIN}


def scores(page: Any) -> Part:
    """Return the scores of an agent, up to the next section."""
    above, below = (
        page.get_by_role("heading", name=name).bounding_box()
        for name in ("Scores", "Its own gain, partner by partner")
    )
    start = above["y"] - MARGIN
    return {"x": 0, "y": start, "width": WIDTH, "height": below["y"] - start - 4 * MARGIN}


def matrix(page: Any) -> Part:
    """Return the matrix of all pairs."""
    found: Part = page.locator("section[aria-labelledby=matrix]").bounding_box()
    return found


SHOWN: dict[str, Callable[[Any], Part]] = {
    "report": top,
    "last-offer": prior,
    "card": scores,
    "crossplay": matrix,
}


def main() -> None:
    """Write each report, open it, and keep the part that is shown."""
    from playwright.sync_api import sync_playwright

    from comity.cli import main as comity

    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=os.environ.get("COMITY_CHROMIUM", "/usr/bin/chromium"),
            args=["--no-sandbox"],
        )
        for name, command in REPORTS.items():
            page = Path(folder) / f"{name}.html"
            with contextlib.chdir(folder):
                for first in BEFORE.get(name, []):
                    comity([*first, "--quiet"])
                comity([*command, "--report", str(page), "--quiet"])
            view = browser.new_page(viewport={"width": WIDTH, "height": HEIGHT})
            view.goto(page.as_uri())
            path = str(ROOT / "docs" / "images" / f"{name}.png")
            view.screenshot(path=path, full_page=True, clip=SHOWN[name](view))
        browser.close()


if __name__ == "__main__":
    main()
