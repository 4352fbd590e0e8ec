"""How fast a newsletter's tools are, part by part.

Run ``.venv/bin/python benchmarks/newsletter.py --report docs/results/newsletter.md``. Each part is
a module ``newsletter_<part>.py`` with a function ``measure() -> list[str]``, the Markdown lines of
its section; ``--only PART`` measures one and leaves the other sections of the page as they are.
"""

from __future__ import annotations

import argparse
import os
import platform
import re
import sqlite3
from collections.abc import Callable, Mapping
from importlib import import_module
from importlib.metadata import version
from pathlib import Path

PARTS = ("import", "query", "rebuild", "audio", "mail")
HEAD = """\
# Speed of the newsletter

Measured by `benchmarks/newsletter.py` on a synthetic publication (`tests/newsletter_world.py`, seed
0): 2,000 entries in 170 issues with some 900 references between them, unless a section says
otherwise. Times are of the wall clock; each section names its machine.
"""


def main() -> None:
    """Measure what is asked for and write or print the page."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("--only", choices=PARTS, action="append")
    parser.add_argument("--report", type=Path)
    given = parser.parse_args()
    there = _sections(given.report)
    for part in given.only or PARTS:
        measure = _measure(part)
        if measure is not None:
            there[part] = "\n".join([*measure(), "", machine()])
            print(there[part], flush=True)
            if given.report:
                given.report.write_text(_page(there), encoding="utf-8")


def machine() -> str:
    """Return the line that says on what a section was measured."""
    libraries = ", ".join(f"{name} {version(name)}" for name in ("numpy", "openpyxl", "sqlalchemy"))
    return (
        f"*{_processor()}, {os.cpu_count()} cores; Python {platform.python_version()},"
        f" SQLite {sqlite3.sqlite_version}, {libraries}.*"
    )


def _processor() -> str:
    try:
        lines = Path("/proc/cpuinfo").read_text(encoding="utf-8")
    except OSError:
        return platform.processor() or platform.machine()
    match = re.search(r"model name\s*:\s*(.+)", lines)
    return match[1] if match else platform.machine()


def _measure(part: str) -> Callable[[], list[str]] | None:
    try:
        return import_module(f"newsletter_{part}").measure
    except ModuleNotFoundError as error:
        if error.name != f"newsletter_{part}":
            raise
        return None


def _sections(page: Path | None) -> dict[str, str]:
    """Return the sections of a page by their part."""
    if page is None or not page.exists():
        return {}
    parts = re.split(r"<!-- (\w+) -->\n", page.read_text(encoding="utf-8"))
    return {name: text.strip() for name, text in zip(parts[1::2], parts[2::2], strict=True)}


def _page(sections: Mapping[str, str]) -> str:
    bodies = [f"<!-- {part} -->\n{sections[part]}\n" for part in PARTS if part in sections]
    return "\n".join([HEAD, *bodies])


if __name__ == "__main__":
    main()
