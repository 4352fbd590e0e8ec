"""A workbook as a zip archive of XML: which parts it has, and what its cells share.

The archive's directory states how large each part becomes, and `zipfile` unpacks no part further
than that: the sum bounds what reading can cost. A document type, which alone can define entities
that grow (the "billion laughs"), stands in no workbook and is refused.

Source: ECMA-376, part 1 (SpreadsheetML), 12.3 and 18.
"""

from __future__ import annotations

import posixpath
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import NamedTuple
from xml.etree.ElementTree import Element, ParseError
from zipfile import BadZipFile, ZipFile
from zlib import error as ZlibError

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import iterparse

from comity.core.errors import InputError, SizeError
from comity.newsletter.sheets.limits import MOST_PARTS, MOST_UNPACKED
from comity.newsletter.sheets.xlsx_text import unescape

WORKBOOK = "/officeDocument"
SHARED = "/sharedStrings"
STYLES = "/styles"
HYPERLINK = "/hyperlink"
COMMENTS = "/comments"
"""Ends of the names of relationships, the same in both dialects of the format."""


class Target(NamedTuple):
    """Where a relationship leads."""

    kind: str
    path: str


class SheetPart(NamedTuple):
    """A worksheet: its name and its part."""

    name: str
    path: str


@dataclass(frozen=True)
class Package:
    """An open workbook."""

    file: str
    archive: ZipFile = field(repr=False)

    def events(self, part: str, *kinds: str) -> Iterator[tuple[str, Element]]:
        """Yield the events of a part's elements; raise `InputError` where it is broken."""
        try:
            with self.archive.open(part) as stream:
                yield from iterparse(stream, events=kinds or ("end",), forbid_dtd=True)
        except DefusedXmlException as error:
            raise InputError(
                "a workbook with entities of its own", file=self.file, place=part
            ) from error
        except KeyError as error:
            raise InputError("a workbook without a part", file=self.file, place=part) from error
        except (ParseError, LookupError, UnicodeError) as error:
            raise InputError(
                "a broken workbook", file=self.file, place=part, found=str(error)
            ) from error

    def targets(self, part: str) -> dict[str, Target]:
        """Return where the relationships of a part lead, by their id."""
        folder, name = posixpath.split(part)
        path = posixpath.join(folder, "_rels", f"{name}.rels")
        if path not in self._names:
            return {}
        found = {}
        for _, element in self.events(path):
            if local(element.tag) == "Relationship":
                target = element.get("Target", "")
                if element.get("TargetMode") != "External":
                    target = posixpath.normpath(posixpath.join("/", folder, target)).lstrip("/")
                found[element.get("Id", "")] = Target(element.get("Type", ""), target)
        return found

    @cached_property
    def sheets(self) -> tuple[SheetPart, ...]:
        """Worksheets in the order of their tabs."""
        targets = self.targets(self._workbook)
        found = []
        for _, element in self.events(self._workbook):
            if local(element.tag) == "sheet":
                name = next(v for k, v in element.items() if local(k) == "id")
                if name in targets and targets[name].kind.endswith("/worksheet"):
                    found.append(SheetPart(element.get("name", ""), targets[name].path))
        return tuple(found)

    @cached_property
    def strings(self) -> tuple[str, ...]:
        """Texts that cells share."""
        part = self._shared(SHARED)
        if part is None:
            return ()
        found: list[str] = []
        root: Element | None = None
        for event, element in self.events(part, "start", "end"):
            if event == "start":
                root = element if root is None else root
            elif local(element.tag) == "si":
                found.append(text_of(element))
                if root is not None:
                    root.clear()
        return tuple(found)

    @cached_property
    def dates(self) -> dict[int, str]:
        """Formats of dates, by the number of the style that shows them."""
        from openpyxl.styles.numbers import BUILTIN_FORMATS, is_date_format

        part = self._shared(STYLES)
        if part is None:
            return {}
        codes = dict(BUILTIN_FORMATS)
        styles: list[int] = []
        for _, element in self.events(part):
            if local(element.tag) == "numFmt":
                codes[int(element.get("numFmtId", 0))] = element.get("formatCode", "")
            elif local(element.tag) == "cellXfs":
                styles = [int(xf.get("numFmtId", 0)) for xf in element]
        shown = {place: codes.get(number, "") for place, number in enumerate(styles)}
        return {place: code for place, code in shown.items() if code and is_date_format(code)}

    @cached_property
    def counts_from_1904(self) -> bool:
        """Whether dates are counted from 1904, not from 1900."""
        return any(
            local(element.tag) == "workbookPr" and element.get("date1904") in ("1", "true")
            for _, element in self.events(self._workbook)
        )

    @cached_property
    def _names(self) -> frozenset[str]:
        return frozenset(self.archive.namelist())

    @cached_property
    def _workbook(self) -> str:
        for target in self.targets("").values():
            if target.kind.endswith(WORKBOOK):
                return target.path
        raise InputError("not a workbook", file=self.file, expected="an .xlsx or .csv file")

    def _shared(self, kind: str) -> str | None:
        targets = self.targets(self._workbook).values()
        return next((target.path for target in targets if target.kind.endswith(kind)), None)


@contextmanager
def open_package(path: Path) -> Iterator[Package]:
    """Yield a workbook; raise `InputError` where it is broken, or would grow beyond measure."""
    try:
        with ZipFile(path) as archive:
            parts = archive.infolist()
            unpacked = sum(part.file_size for part in parts)
            if len(parts) > MOST_PARTS or unpacked > MOST_UNPACKED:
                raise SizeError(
                    "the workbook is too large once it is unpacked",
                    file=str(path),
                    found=f"{len(parts):,} parts of {unpacked:,} bytes",
                    expected=f"at most {MOST_PARTS:,} parts of {MOST_UNPACKED:,} bytes",
                )
            yield Package(str(path), archive)
    except (BadZipFile, ZlibError, EOFError, NotImplementedError, RuntimeError) as error:
        raise InputError("a broken workbook", file=str(path), found=str(error)) from error


def local(tag: str) -> str:
    """Return a name without its namespace."""
    return tag.rpartition("}")[2]


def text_of(element: Element) -> str:
    """Return a text made of runs, without the readings that may stand beside it."""
    pieces = []
    for child in element:
        name = local(child.tag)
        if name == "t":
            pieces.append(child.text or "")
        elif name == "r":
            pieces += [run.text or "" for run in child if local(run.tag) == "t"]
    return unescape("".join(pieces))
