"""The sheet that readers may download: in both forms, the same bytes for the same content."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator

from comity.newsletter.editions import addresses
from comity.newsletter.editions.offline import packed
from comity.newsletter.model.withholding import View
from comity.newsletter.sheets.exporting import sheet_bytes

MADE = re.compile(rb"(<dcterms:(created|modified)\b[^>]*>)[^<]*")
THEN = rb"\g<1>1980-01-01T00:00:00Z"


def sheets(view: View) -> Iterator[tuple[str, bytes]]:
    """Yield the public sheet in each form, with its address.

    Cells are written anew from what the audience may see: cells that were kept as an editor wrote
    them never leave the publication.
    """
    yield addresses.SHEET_XLSX, dateless(sheet_bytes(view, "public", ".xlsx"))
    yield addresses.SHEET_CSV, sheet_bytes(view, "public", ".csv")


def dateless(workbook: bytes) -> bytes:
    """Return a workbook that does not tell when it was made."""
    with zipfile.ZipFile(io.BytesIO(workbook)) as package:
        parts = {name: MADE.sub(THEN, package.read(name)) for name in package.namelist()}
    return packed(parts)
