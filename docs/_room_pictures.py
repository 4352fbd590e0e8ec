"""Make the pictures of the tutorial on rooms in docs/images, as Chromium shows them.

.venv/bin/python docs/_room_pictures.py

It serves rooms on loopback, and two people meet there in two languages.
"""

from __future__ import annotations

import io
import os
import socket
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[1]
IMAGES = ROOT / "docs" / "images"
WIDTH = 1120
COLOURS = 200
MARGIN = 24

ANA = {"option-0-0": 100, "option-0-1": 55, "option-0-2": 0, "option-1-0": 100, "option-1-1": 0,
       "weight-0": 60, "weight-1": 90, "no-deal": 30}  # fmt: skip
BO = {"option-0-0": 0, "option-0-1": 60, "option-0-2": 100, "option-1-0": 0, "option-1-1": 100,
      "weight-0": 90, "weight-1": 40, "no-deal": 20}  # fmt: skip
"""Where each puts its sliders."""


@contextmanager
def server() -> Iterator[str]:
    """Yield the address of a server of rooms with an empty database."""
    import uvicorn

    from comity.rooms.service.app import create_app
    from comity.rooms.service.settings import Settings

    with socket.socket() as listening, tempfile.TemporaryDirectory() as folder:
        listening.bind(("127.0.0.1", 0))
        address = f"http://127.0.0.1:{listening.getsockname()[1]}"
        app = create_app(Settings(database=f"sqlite:///{folder}/rooms.db", base_url=address))
        running = uvicorn.Server(uvicorn.Config(app, log_config=None, timeout_graceful_shutdown=1))
        thread = threading.Thread(target=running.run, kwargs={"sockets": [listening]})
        thread.start()
        while not running.started:
            time.sleep(0.05)
        yield address
        running.should_exit = True
        thread.join()


def keep(page: Any, name: str, first: str, last: str) -> None:
    """Keep what lies between two elements, in few colours, so that the file is small."""
    from PIL import Image

    page.evaluate("document.activeElement.blur(); scrollTo(0, 0)")
    page.wait_for_timeout(800)
    above, below = (page.locator(s).first.bounding_box() for s in (first, last))
    top, bottom = above["y"] - MARGIN, below["y"] + below["height"] + MARGIN
    clip = {"x": 0, "y": max(0, top), "width": WIDTH, "height": bottom - max(0, top)}
    image = Image.open(io.BytesIO(page.screenshot(full_page=True, clip=clip)))
    few = image.convert("RGB").quantize(COLOURS, dither=Image.Dither.NONE)
    few.save(IMAGES / f"room-{name}.png", optimize=True)


def slide(page: Any, wishes: dict[str, int]) -> None:
    """Put sliders where a party wants them."""
    script = "(e, v) => { e.value = v; e.dispatchEvent(new Event('input')); }"
    for name, value in wishes.items():
        page.locator(f"#mine-{name}").evaluate(script, str(value))


def open_room(page: Any, address: str) -> list[str]:
    """Describe a dispute on the front page; return the links of its seats."""
    page.goto(address)
    keep(page, "front", "header.site", ".examples")
    page.goto(f"{address}/open?about=own")
    page.fill("#own-title", "The flat")
    page.fill("#own-parties", "Ana\nBo")
    page.locator(".issue-name").fill("rent Ana pays")
    page.locator(".issue-options").fill("400, 500, 600")
    page.click("#add-issue")
    page.locator(".issue-name").nth(1).fill("big room")
    page.locator(".issue-options").nth(1).fill("Ana, Bo")
    keep(page, "describe", "h1", "#own-form button[type=submit]")
    page.locator("#own-form button[type=submit]").click()
    page.wait_for_selector("#ready", state="visible")
    page.locator("#open-form button[type=submit]").click()
    page.wait_for_selector("#opened", state="visible")
    keep(page, "links", "#opened-heading", "#links")
    links: list[str] = page.locator("#links .copy input").evaluate_all(
        "all => all.map(e => e.value)"
    )
    return links


def meet(ana: Any, bo: Any, links: list[str]) -> None:
    """Play the room to its end."""
    for page, link in ((ana, links[0]), (bo, links[1])):
        page.goto(link)
        page.wait_for_selector("#join", state="visible")
    keep(bo, "rules", ".eyebrow", "#join")
    for page, wishes in ((ana, ANA), (bo, BO)):
        page.click("#join")
        page.wait_for_selector("#step-view", state="visible")
        slide(page, wishes)
    ana.wait_for_selector("#seal:not([disabled])")
    keep(ana, "view", ".steps", "#seal")
    for page in (ana, bo):
        page.wait_for_selector("#seal:not([disabled])")
        page.click("#seal")
    for page in (ana, bo):
        page.wait_for_selector("#step-table", state="visible")
    keep(ana, "table", ".steps", "#differences")
    for page in (ana, bo):
        page.click("#accept")
    for page in (ana, bo):
        page.wait_for_selector("#checks .ticks")
    keep(bo, "end", ".steps", "#download")


def workbench(page: Any, address: str) -> None:
    """Open a view on the workbench."""
    page.goto(f"{address}/workbench")
    page.wait_for_selector("#bench-gains table")
    page.locator("#bench-views summary").first.click()
    keep(page, "workbench", ".bench", "#bench-picture")


def main() -> None:
    """Serve, meet, and keep the pictures."""
    from playwright.sync_api import sync_playwright

    with server() as address, sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=os.environ.get("COMITY_CHROMIUM", "/usr/bin/chromium"),
            args=["--no-sandbox"],
        )
        size = {"width": WIDTH, "height": 800}
        ana, bo = (
            browser.new_context(locale=locale, viewport=size).new_page()
            for locale in ("en-US", "es-ES")
        )
        meet(ana, bo, open_room(ana, address))
        workbench(ana, address)
        browser.close()


if __name__ == "__main__":
    main()
