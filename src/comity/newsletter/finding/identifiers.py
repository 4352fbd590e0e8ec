"""What identifies a work wherever it is named: DOIs, arXiv ids, addresses."""

from __future__ import annotations

import re

LONGEST = 1_000
"""Characters that are looked at."""
DOI = re.compile(r"10\.\d{4,9}/[!-~]+")
DOI_PREFIX = re.compile(r"(?:https?://(?:dx\.)?doi\.org/|doi:\s*)", re.IGNORECASE)
ARXIV = re.compile(
    r"(?:arxiv(?:\.org/(?:abs|pdf|html)/|:|\.)\s*|\A)"
    r"(?P<id>\d{4}\.\d{4,5}|[a-z-]+(?:\.[a-z]{2})?/\d{7})(?:v\d+)?",
    re.IGNORECASE,
)


def doi_of(text: str) -> str:
    """Return the DOI in a text, in lower case, or nothing.

    Examples
    --------
    >>> doi_of("https://doi.org/10.1000/XYZ.1"), doi_of("doi: 10.1000/a,"), doi_of("none")
    ('10.1000/xyz.1', '10.1000/a', '')
    """
    found = DOI.search(DOI_PREFIX.sub("", text[:LONGEST]))
    return found[0].rstrip(".,;").lower() if found else ""


def arxiv_of(text: str) -> str:
    """Return the arXiv id in a text, without its version, or nothing.

    Examples
    --------
    >>> arxiv_of("http://arxiv.org/abs/2101.00001v3"), arxiv_of("arXiv preprint arXiv:cs/0102003")
    ('2101.00001', 'cs/0102003')
    """
    found = ARXIV.search(text[:LONGEST])
    return found["id"].lower() if found else ""
