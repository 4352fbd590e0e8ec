"""References as CSL-JSON: what a DOI's registry answers, and what reference managers export."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Mapping
from typing import Any

from comity.core.errors import InputError
from comity.newsletter.finding.identifiers import arxiv_of, doi_of
from comity.newsletter.importing.proposal import Proposal, Reading, gather, versions_of
from comity.newsletter.model.faults import Fault, Kind

TAG = re.compile(
    r"</?(?:i|b|em|strong|sub|sup|scp|sc|span|p|title|italic|bold|jats:[a-z-]{1,20})\b[^<>]{0,200}>",
    re.IGNORECASE,
)
"""Marks of look that registries leave in titles and abstracts."""
KINDS = {"posted-content": "preprint", "post-weblog": "post", "webpage": "post", "thesis": "thesis"}
DATES = ("issued", "published", "published-print", "published-online", "created")


def read_csl(text: str, file: str = "") -> Reading:
    """Return the references of a text: one object, a list, or an answer of Crossref's API.

    Raises `InputError` where it is no JSON at all.
    """
    try:
        data = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise InputError("not JSON", file=file or None, found=str(error)[:80]) from error
    found, faults = [], []
    for number, item in enumerate(_items(data), start=1):
        place = f"{file}: reference {number}".removeprefix(": ")
        if isinstance(item, Mapping):
            found.append(_proposal(item, place))
        else:
            reason = "not a reference"
            faults.append(Fault(Kind.BAD_MARKUP, reason, place=place, expected="an object"))
    return gather(found, faults)


def _items(data: Any) -> list[Any]:
    if isinstance(data, Mapping) and isinstance(data.get("message"), Mapping):
        data = data["message"]
    if isinstance(data, Mapping) and isinstance(data.get("items"), list):
        data = data["items"]
    return data if isinstance(data, list) else [data]


def _proposal(item: Mapping[str, Any], place: str) -> Proposal:
    doi = doi_of(_text(item, "DOI"))
    url = _text(item, "URL")
    arxiv = next(
        (arxiv_of(t) for t in (doi, url, _text(item, "number")) if "arxiv" in t.lower()), ""
    )
    venue = _text(item, "container-title") or _text(item, "publisher")
    year = next((y for name in DATES if (y := _year(item.get(name)))), "")
    kind = KINDS.get(_text(item, "type"), "published")
    title = _text(item, "title")
    subtitle = _text(item, "subtitle")
    whole = f"{title}: {subtitle}" if title and subtitle and subtitle not in title else title
    return Proposal(
        place,
        whole,
        ", ".join(_names(item.get("author") or item.get("editor"))),
        venue,
        year,
        url,
        _text(item, "abstract"),
        versions_of(doi, arxiv, venue, year, url, kind),
    )


def _text(item: Mapping[str, Any], name: str) -> str:
    value = item.get(name)
    if isinstance(value, list):
        value = next((v for v in value if isinstance(v, str)), "")
    if isinstance(value, bool) or not isinstance(value, (str, int)):
        return ""
    return html.unescape(TAG.sub("", str(value))).strip()


def _names(people: Any) -> list[str]:
    names = []
    for person in people if isinstance(people, list) else []:
        if not isinstance(person, Mapping):
            continue
        parts = ("given", "non-dropping-particle", "family", "suffix")
        spoken = " ".join(part for name in parts if (part := _text(person, name)))
        spoken = spoken or _text(person, "literal") or _text(person, "name")
        names.append(spoken.replace(",", ""))
    return [name for name in names if name]


def _year(date: Any) -> str:
    """Return the year in a date of CSL: ``{"date-parts": [[2020, 1]]}``, or words."""
    if not isinstance(date, Mapping):
        return ""
    parts = date.get("date-parts")
    while isinstance(parts, list) and parts:
        parts = parts[0]
    if isinstance(parts, (int, str)) and not isinstance(parts, bool) and str(parts).isdigit():
        return str(parts)[:4]
    found = re.search(r"\d{4}", str(date.get("raw") or date.get("literal") or ""))
    return found[0] if found else ""
