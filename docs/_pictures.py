"""Make docs/images/report.png: the top of the report on the river, as Chromium shows it.

.venv/bin/python docs/_pictures.py
"""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

ROOT = Path(__file__).parents[1]
WIDTH, HEIGHT = 1180, 775


def main() -> None:
    """Write the report, open it, and keep what stands above the fold."""
    from playwright.sync_api import sync_playwright

    from comity.cli import main as comity

    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        page = Path(folder) / "river.html"
        case = ROOT / "examples" / "river.toml"
        comity(["agree", str(case), "--report", str(page), "--study", "200", "--quiet"])
        browser = playwright.chromium.launch(
            executable_path=os.environ.get("COMITY_CHROMIUM", "/usr/bin/chromium"),
            args=["--no-sandbox"],
        )
        view = browser.new_page(viewport={"width": WIDTH, "height": HEIGHT})
        view.goto(page.as_uri())
        view.screenshot(path=str(ROOT / "docs" / "images" / "report.png"))
        browser.close()


if __name__ == "__main__":
    main()
