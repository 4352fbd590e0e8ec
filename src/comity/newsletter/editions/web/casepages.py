"""Reports on the Cases that entries carry: made once, and kept until the Case changes."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

from comity.core.errors import ComityError, InputError
from comity.core.files import write_atomic
from comity.core.page.page import version
from comity.newsletter.model.entry import Entry
from comity.newsletter.model.faults import Fault, Kind

SEED = 0
"""The same Case, the same page."""


@dataclass(frozen=True)
class CasePages:
    """Report pages by entry, and what is wrong with the other Cases."""

    pages: dict[str, str]
    faults: tuple[Fault, ...] = ()


def case_pages(
    entries: Iterable[Entry],
    folder: Path,
    kept: Path,
    progress: Callable[[str], object] = lambda title: None,
) -> CasePages:
    """Return the report page on the Case of each entry that carries one.

    Parameters
    ----------
    folder : where Cases lie; nothing outside it is read.
    kept : folder of pages made earlier, by the digest of their Case.
    progress : called with a title before its report is made, which takes seconds.
    """
    pages: dict[str, str] = {}
    faults: list[Fault] = []
    for entry in entries:
        if entry.case:
            try:
                pages[entry.id] = _page(entry, folder, kept, progress)
            except ComityError as error:
                place = f'"{entry.title}", Case'
                faults.append(Fault(Kind.BAD_CASE, str(error), place=place, entry=entry.id))
    return CasePages(pages, tuple(faults))


def _page(entry: Entry, folder: Path, kept: Path, progress: Callable[[str], object]) -> str:
    from comity.cases import dumps, load

    case = load(_within(folder, entry.case or ""))
    digest = hashlib.sha256(f"{version()}\n{SEED}\n{dumps(case)}".encode()).hexdigest()
    file = kept / f"{digest}.html"
    if file.is_file():
        return file.read_text("utf-8")
    progress(entry.title)
    page = report(case)
    kept.mkdir(parents=True, exist_ok=True)
    write_atomic(file, page)
    return page


def report(case: object) -> str:
    """Return comity's own page on a Case: what `comity agree --report` writes."""
    from comity.agreement import agree, compare
    from comity.agreement.report import gather, render_page

    found = agree(case, rng=SEED)  # type: ignore[arg-type]
    return render_page(gather(found, compare(case, rng=SEED)), seed=SEED)  # type: ignore[arg-type]


def _within(folder: Path, path: str) -> Path:
    file = (folder / path).resolve()
    if not file.is_relative_to(folder.resolve()):
        raise InputError("the Case lies elsewhere", found=path, expected=f"a file in {folder.name}")
    if not file.is_file():
        raise InputError("there is no such Case", found=path, expected=f"a file in {folder.name}")
    return file
