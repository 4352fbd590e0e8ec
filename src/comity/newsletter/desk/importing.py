"""Importing at the desk: a file of references, or a sheet, is shown first and stored when told."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from fastapi import APIRouter, Request
from fastapi.responses import RedirectResponse, Response

from comity.core.errors import InputError
from comity.newsletter.desk.access import Desk, Fields, File, Lists
from comity.newsletter.desk.rendering import content_of, desk_page
from comity.newsletter.desk.shelf import Content
from comity.newsletter.desk.uploads import Upload, Uploads
from comity.newsletter.importing.adding import add, candidates
from comity.newsletter.importing.reading import read_bytes
from comity.newsletter.sheets.importing import Plan, apply, plan_import
from comity.newsletter.sheets.reading import ZIP, read_sheet
from comity.newsletter.store.store import Store

SHEETS = (".csv", ".xlsx")
MOST_SHOWN = 500
"""Faults of a sheet that a page lists."""

importing = APIRouter(prefix="/desk/import", include_in_schema=False)


@importing.get("")
def choose(request: Request, editor: Desk, added: int = 0) -> Response:
    """Return the page on which a file is chosen."""
    return desk_page(request, "import", editor, added=added)


@importing.post("")
def show(request: Request, editor: Desk, file: File) -> Response:
    """Return what a file proposes; nothing is stored yet."""
    upload = Upload(*file)
    content = content_of(request)
    key = _uploads(request).keep(upload)
    if upload.content.startswith(ZIP) or upload.name.lower().endswith(SHEETS):
        plan = _plan(request, content, upload)
        return desk_page(
            request,
            "import_sheet",
            editor,
            content=content,
            upload=upload,
            key=key,
            plan=plan,
            shown=plan.faults[:MOST_SHOWN],
            most_shown=MOST_SHOWN,
        )
    reading = read_bytes(upload.content, upload.name)
    return desk_page(
        request,
        "import_references",
        editor,
        content=content,
        upload=upload,
        key=key,
        faults=reading.faults,
        candidates=candidates(reading.proposals, content.archive),
    )


@importing.post("/references")
def take_references(request: Request, editor: Desk, fields: Lists) -> Response:
    """Store the references that were picked."""
    upload = _uploads(request).get((fields.get("upload") or [""])[0])
    proposals = read_bytes(upload.content, upload.name).proposals
    picked = {int(text) for text in fields.get("pick[]", []) if text.isascii() and text.isdigit()}
    entries = add(_store(request), [p for n, p in enumerate(proposals) if n in picked])
    return RedirectResponse(f"/desk/import?added={len(entries)}", 303)


@importing.post("/sheet")
def take_sheet(request: Request, editor: Desk, fields: Fields) -> Response:
    """Store a sheet as it was shown; where something is wrong, only if told so."""
    upload = _uploads(request).get(fields.get("upload", ""))
    plan = _plan(request, content_of(request), upload)
    if plan.faults and fields.get("anyway") != "1":
        raise InputError(
            "the sheet has faults", place=upload.name, found=f"{len(plan.faults):,} faults"
        )
    apply(_store(request), plan)
    return RedirectResponse(f"/desk/import?added={plan.new + plan.changed}", 303)


def _plan(request: Request, content: Content, upload: Upload) -> Plan:
    with _as_file(upload) as path:
        table = read_sheet(path)
    folder = _store(request).folder
    return plan_import(table, content.archive, content.publication, folder=folder)


@contextmanager
def _as_file(upload: Upload) -> Iterator[Path]:
    """Yield a file that holds an upload, under a name of ours; errors name the one it came by."""
    with tempfile.TemporaryDirectory(prefix="comity-desk-") as folder:
        path = Path(folder) / f"upload{'.xlsx' if upload.content.startswith(ZIP) else '.csv'}"
        path.write_bytes(upload.content)
        try:
            yield path
        except InputError as error:
            error.file = upload.name
            raise


def _uploads(request: Request) -> Uploads:
    uploads: Uploads = request.app.state.uploads
    return uploads


def _store(request: Request) -> Store:
    store: Store = request.app.state.shelf.store
    return store
