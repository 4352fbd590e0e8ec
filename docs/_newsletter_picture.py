"""Make docs/images/newsletter.png: an issue of the example publication, as Chromium shows it.

.venv/bin/python docs/_newsletter_picture.py

It needs espeak-ng and ffmpeg, since the issue shows its recording.
"""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

IMAGE = Path(__file__).parent / "images" / "newsletter.png"
WIDTH, HEIGHT = 1180, 900
ISSUE = 2


def build(folder: Path) -> Path:
    """Return the page of the issue, made in a folder."""
    from comity.cli import main as comity

    for words in (
        ["init", str(folder)],
        ["audio", str(ISSUE), "--folder", str(folder), "--quiet"],
        ["build", "--folder", str(folder), "--quiet"],
    ):
        comity(["newsletter", *words])
    return folder / "out" / "site" / "issues" / str(ISSUE) / "index.html"


def main() -> None:
    """Make the picture."""
    from playwright.sync_api import sync_playwright

    chromium = os.environ.get("COMITY_CHROMIUM", "/usr/bin/chromium")
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as play:
        address = build(Path(folder) / "newsletter").as_uri()
        browser = play.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        page = browser.new_page(viewport={"width": WIDTH, "height": HEIGHT})
        page.goto(address)
        page.screenshot(path=IMAGE)
        browser.close()


if __name__ == "__main__":
    main()
