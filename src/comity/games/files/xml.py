"""Parsing XML of unknown origin: no entities, no external files, one clear error."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from comity.core.errors import InputError
from comity.core.files import read_bytes

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element


def read_xml(path: str | Path, root: str) -> Element:
    """Return the root element of an XML file, which must have the tag ``root``.

    Raises `InputError` with line and column where the file is not well formed, and for any
    document type definition: entity bombs and external entities live there.
    """
    from xml.etree.ElementTree import ParseError

    from defusedxml.common import DefusedXmlException
    from defusedxml.ElementTree import fromstring

    file = str(path)
    try:
        element: Element = fromstring(read_bytes(path), forbid_dtd=True)
    except DefusedXmlException as error:
        raise InputError(
            "the file defines a document type or entities",
            file=file,
            found=type(error).__name__,
            expected="plain elements",
        ) from error
    except (ParseError, ValueError, LookupError) as error:
        line, column = getattr(error, "position", (1, 0))
        raise InputError(
            "not well-formed XML",
            file=file,
            place=f"line {line}, column {column + 1}",
            found=str(error).partition(":")[0],
            expected="a whole XML file",
        ) from error
    if element.tag != root:
        raise InputError(
            "wrong kind of file", file=file, found=f"<{element.tag}>", expected=f"<{root}>"
        )
    return element


def attribute(element: Element, name: str, place: str) -> str:
    """Return an attribute that must be there."""
    value = element.get(name)
    if value is None:
        raise InputError("attribute is missing", place=place, expected=f'{name}="..."')
    return value


def number(text: str, place: str) -> float:
    """Return a finite number written as text."""
    try:
        value = float(text)
    except ValueError as error:
        raise InputError("not a number", place=place, found=repr(text)) from error
    if not abs(value) < float("inf"):
        raise InputError("not finite", place=place, found=text, expected="a finite number")
    return value


def whole(text: str, place: str) -> int:
    """Return a whole number written as text."""
    try:
        return int(text)
    except ValueError as error:
        raise InputError("not a whole number", place=place, found=repr(text)) from error
