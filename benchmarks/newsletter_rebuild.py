"""Rebuilding everything: pages, feeds, search index, sheets, the offline edition, and all mails."""

from __future__ import annotations

import itertools
import subprocess
import sys
import tempfile
import time
from pathlib import Path

RUNS = 3
LIMIT = 20.0
"""Seconds within which everything is to be rebuilt."""


def measure() -> list[str]:
    """Return the section of the page."""
    with tempfile.TemporaryDirectory() as scratch:
        folder = _publication(Path(scratch) / "news")
        first, size = _command(folder)
        again = [_command(folder)[0] for _ in range(RUNS)]
        phases, mails, entries, issues = _inside(folder)
        peer = _mkdocs(folder, Path(scratch) / "peer")
    best = min(again)
    rows = [f"| of which {words} | {seconds:.1f} |" for words, seconds in phases]
    verdict = "within" if max(first, *again) <= LIMIT else "over"
    return [
        "## Rebuilding everything",
        "",
        f"`comity newsletter build` on {entries:,} entries in {issues} issues: {size}.",
        f"The whole site is made anew each time, {verdict} the {LIMIT:.0f} s that it may take.",
        "",
        "| step | seconds |",
        "|---|---|",
        f"| the command, for the first time | {first:.1f} |",
        f"| the command again, best of {RUNS} | {best:.1f} |",
        *rows,
        f"| all {issues} mails, HTML and plain text | {mails:.1f} |",
        f"| MkDocs on the same texts, one page an entry and an issue | {peer:.1f} |",
        "",
        f"MkDocs, with the theme and search that it brings, takes {peer / best:.1f} times as long",
        "for pages and a search index alone: it makes no feeds, sheets or offline edition, and",
        "knows no references. It is a general tool; this is one site.",
    ]


def _publication(folder: Path) -> Path:
    sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))
    from newsletter_small import put_publication
    from newsletter_world import make_archive

    publication, archive, _ = make_archive()
    return put_publication(folder, publication, archive)


def _command(folder: Path) -> tuple[float, str]:
    """Return how long the command takes, and what it made."""
    command = "from comity.cli import main; raise SystemExit(main())"
    started = time.perf_counter()
    done = subprocess.run(
        [sys.executable, "-c", command, "newsletter", "build", "--anyway", "-f", str(folder)],
        capture_output=True,
        text=True,
        check=True,
    )
    site = done.stdout.splitlines()[0]
    return time.perf_counter() - started, site.partition(": ")[2]


def _inside(folder: Path) -> tuple[list[tuple[str, float]], float, int, int]:
    """Return the time of each phase of a build, that of all mails, and how much there is."""
    from comity.newsletter.editions.build import write_site
    from comity.newsletter.editions.email import email
    from comity.newsletter.editions.preparing import prepare
    from comity.newsletter.publication.reading import read_publication
    from comity.newsletter.store.store import Store

    moments: list[tuple[str, float]] = []

    def step(words: str, _: float) -> None:
        if not moments or moments[-1][0] != words:
            moments.append((words, time.perf_counter()))

    store = Store.open(folder)
    made = prepare(store, read_publication(folder), "public", step)
    write_site(made.site, made.folder, made.sheets, step)
    step("end", 1.0)
    store.close()
    pairs = itertools.pairwise(moments)
    phases = [(words, later - moment) for (words, moment), (_, later) in pairs]
    started = time.perf_counter()
    for edition in made.site.editions.values():
        email(made.site.view, edition)
    mails = time.perf_counter() - started
    return phases, mails, len(made.site.view.archive.entries), len(made.site.editions)


def _mkdocs(folder: Path, scratch: Path) -> float:
    """Return how long MkDocs takes for the texts of the same publication."""
    import json

    archive = json.loads((folder / "out/site/archive.json").read_text("utf-8"))
    docs = scratch / "docs"
    docs.mkdir(parents=True)
    (scratch / "mkdocs.yml").write_text("site_name: Peer\ntheme: mkdocs\n")
    (docs / "index.md").write_text("# Peer\n")
    by_issue: dict[int, list[str]] = {}
    for entry in archive["entries"]:
        parts = ("summary", "opinion", "prerequisites", "read_more")
        body = "\n\n".join([f"# {entry['title']}", *(entry[p] for p in parts if entry[p])])
        (docs / f"{entry['id']}.md").write_text(body, encoding="utf-8")
        if entry["issue"] is not None:
            by_issue.setdefault(entry["issue"], []).append(body.replace("# ", "## ", 1))
    for number, bodies in by_issue.items():
        text = "\n\n".join([f"# Issue {number}", *bodies])
        (docs / f"issue-{number}.md").write_text(text, encoding="utf-8")
    started = time.perf_counter()
    subprocess.run(
        [sys.executable, "-m", "mkdocs", "build", "--quiet"],
        cwd=scratch,
        check=True,
        capture_output=True,
    )
    return time.perf_counter() - started
