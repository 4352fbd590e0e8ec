"""People in browsers: what they click in a room, and what their browsers send."""

from __future__ import annotations

import json
from pathlib import Path
from urllib.parse import urlsplit

PATIENCE = 60_000
"""Milliseconds that anything may take: a slow machine is not a bug."""

AXE = Path(__file__).parent / "browser" / "vendor" / "axe.min.js"
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]

WISHES = {
    "Ana": {"option-0-0": 100, "option-0-1": 50, "option-0-2": 0, "option-1-0": 100,
            "option-1-1": 0, "weight-0": 60, "weight-1": 91, "no-deal": 31},
    "Bo": {"option-0-0": 0, "option-0-1": 61, "option-0-2": 100, "option-1-0": 0,
           "option-1-1": 100, "weight-0": 89, "weight-1": 41, "no-deal": 21},
}  # fmt: skip
"""Where each puts its sliders about a flat: both gain by an agreement."""


class Person:
    """Somebody with a browser of their own.

    Attributes
    ----------
    page, context : of the browser.
    sent : (method, path, body) of every request, in order.
    complaints : script errors, errors on the console, requests for other hosts.
    forgiven : parts of complaints that a test brings about itself.

    What a page shows follows what a server sends, when that comes. So nothing here looks at a page
    once: `sees`, `hides`, `reads` and `holds` wait, and say what was there instead if they give up.
    """

    def __init__(self, browser, url: str, language: str = "en-US", **options) -> None:
        self.url = url
        options.setdefault("viewport", {"width": 1280, "height": 900})
        self.context = browser.new_context(locale=language, accept_downloads=True, **options)
        self.context.set_default_timeout(PATIENCE)
        self.page = self.context.new_page()
        self.sent: list[tuple[str, str, str]] = []
        self.complaints: list[str] = []
        self.forgiven: tuple[str, ...] = ()
        self.page.on("request", self._requested)
        self.page.on("pageerror", lambda error: self.complaints.append(f"script: {error}"))
        self.page.on("console", self._said)

    def _requested(self, request) -> None:
        parts = urlsplit(request.url)
        here = f"{parts.scheme}://{parts.netloc}" == self.url
        if not here and parts.scheme not in ("data", "blob", "about"):
            self.complaints.append(f"asked {request.url}")
        self.sent.append((request.method, parts.path, request.post_data or ""))

    def _said(self, message) -> None:
        if message.type == "error" and not any(part in message.text for part in self.forgiven):
            self.complaints.append(f"console: {message.text}")

    def go(self, path: str = "/") -> None:
        """Open a page of the server, or a whole address."""
        self.page.goto(path if "://" in path else self.url + path)

    def sees(self, selector: str) -> None:
        """Wait until something is there."""
        _expect(self.page.locator(selector)).to_be_visible(timeout=PATIENCE)

    def hides(self, selector: str) -> None:
        """Wait until something is not to be seen."""
        _expect(self.page.locator(selector)).to_be_hidden(timeout=PATIENCE)

    def reads(self, selector: str, *words: str) -> None:
        """Wait until some words stand somewhere."""
        for text in words:
            place = _expect(self.page.locator(selector))
            place.to_contain_text(text, use_inner_text=True, timeout=PATIENCE)

    def holds(self, selector: str, value: str) -> None:
        """Wait until a field holds a value."""
        _expect(self.page.locator(selector)).to_have_value(value, timeout=PATIENCE)

    def counts(self, selector: str, number: int) -> None:
        """Wait until there are so many of something."""
        _expect(self.page.locator(selector)).to_have_count(number, timeout=PATIENCE)

    def until(self, condition: str) -> None:
        """Wait until an expression holds in the page, whose policy lets no other code run there."""
        for _ in range(PATIENCE // 50):
            if self.page.evaluate(condition):
                return
            self.page.wait_for_timeout(50)
        raise AssertionError(f"it never came to hold: {condition}")

    def text(self, selector: str) -> str:
        """What stands somewhere, once something does; only for what no longer changes."""
        _expect(self.page.locator(selector)).not_to_have_text(
            "", use_inner_text=True, timeout=PATIENCE
        )
        return self.page.locator(selector).inner_text()

    def describe_flat(self) -> list[str]:
        """From the front page to the links of a room about a flat, for Ana, Bo and a watcher."""
        page = self.page
        self.go("/")
        page.locator('a[href="/open?about=own"]').click()
        page.fill("#own-title", "The flat")
        page.fill("#own-parties", "Ana\nBo")
        page.locator(".issue-name").fill("rent Ana pays")
        page.locator(".issue-options").fill("400, 500, 600")
        page.click("#add-issue")
        page.locator(".issue-name").nth(1).fill("big room")
        page.locator(".issue-options").nth(1).fill("Ana, Bo")
        page.locator("#own-form button[type=submit]").click()
        return self.open_room()

    def open_room(self) -> list[str]:
        """Open the room whose rules are shown; return the links."""
        self.sees("#ready")
        self.page.locator("#open-form button[type=submit]").click()
        self.sees("#opened")
        return self.page.locator("#links .copy input").evaluate_all("all => all.map(e => e.value)")

    def sit(self, link: str) -> None:
        """Take the seat behind a link."""
        self.go(link)
        self.sees("#step-rules")
        self.page.click("#join")
        self.sees("#step-view")

    def slide(self, selector: str, value: float) -> None:
        """Move a slider."""
        script = "(e, v) => { e.value = v; e.dispatchEvent(new Event('input')); }"
        self.page.locator(selector).evaluate(script, str(value))

    def wish(self, name: str) -> None:
        """Put all sliders where a party of the flat wants them."""
        for slider, value in WISHES[name].items():
            self.slide(f"#mine-{slider}", value)

    def seal(self) -> None:
        """Seal the report, as soon as all have taken their seats."""
        self.sees("#seal:not([disabled])")
        self.page.click("#seal")

    def accept(self) -> None:
        """Accept the proposal on the table."""
        self.sees("#step-table")
        self.page.click("#accept")

    def transcript(self, folder: Path) -> dict:
        """The record that the page offers for download."""
        self.sees("#step-end")
        with self.page.expect_download() as waiting:
            self.page.click("#download")
        target = folder / "transcript.json"
        waiting.value.save_as(target)
        return json.loads(target.read_text("utf-8"))

    def faults(self) -> list[str]:
        """What axe-core finds that is serious or critical."""
        self.page.evaluate(AXE.read_text("utf-8"))
        options = {"runOnly": {"type": "tag", "values": RULES}}
        found = self.page.evaluate("options => axe.run(document, options)", options)
        assert found["passes"]
        return [
            f"{fault['id']}: {node['html'][:120]}"
            for fault in found["violations"]
            if fault["impact"] in ("serious", "critical")
            for node in fault["nodes"]
        ]


def _expect(place):
    from playwright.sync_api import expect

    return expect(place)


def seated(person, languages=("en-US", "en-US")) -> tuple[Person, Person]:
    """Ana and Bo in their seats, in a room that Ana opened."""
    ana, bo = (person(language) for language in languages)
    links = ana.describe_flat()
    ana.sit(links[0])
    bo.sit(links[1])
    return ana, bo


def sealed(person, languages=("en-US", "en-US")) -> tuple[Person, Person]:
    """Ana and Bo with a proposal on the table."""
    ana, bo = seated(person, languages)
    for one, name in ((ana, "Ana"), (bo, "Bo")):
        one.wish(name)
        one.seal()
    for one in (ana, bo):
        one.sees("#step-table")
    return ana, bo
