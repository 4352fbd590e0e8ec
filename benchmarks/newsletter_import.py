"""How long a sheet of 2,000 rows takes from file to database, and back."""

from __future__ import annotations

import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from random import Random

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT / "tests"))

from comity.newsletter.model.archive import Archive  # noqa: E402
from comity.newsletter.model.withholding import withhold  # noqa: E402
from comity.newsletter.sheets.exporting import export_sheet, read_kept  # noqa: E402
from comity.newsletter.sheets.importing import apply, plan_import  # noqa: E402
from comity.newsletter.sheets.reading import read_sheet  # noqa: E402
from comity.newsletter.store.store import Store  # noqa: E402
from newsletter_world import make_world  # noqa: E402

RUNS = 5
STEPS = ("read", "check", "store", "write")


def measure() -> list[str]:
    """Return the section on importing."""
    rows = []
    for form in ("editor", "public"):
        for suffix in (".xlsx", ".csv"):
            runs = [_run(form, suffix) for _ in range(RUNS)]
            best = {step: sorted(run[step] for run in runs)[RUNS // 2] for step in STEPS}
            total = sum(best[step] for step in STEPS[:3])
            cells = " | ".join(f"{best[step]:.2f}" for step in STEPS[:3])
            spent = sorted(run["processor"] for run in runs)[RUNS // 2]
            told = f"**{total:.2f}** | {spent:.2f} | {best['write']:.2f}"
            rows.append(f"| {form} | `{suffix}` | {cells} | {told} |")
    return [
        "## Import and export",
        "",
        "2,000 rows into an empty database: reading the file; checking every cell, binding all",
        "references and naming faults; storing in one transaction. Seconds of the wall clock,",
        f"medians of {RUNS} runs, and of the processor for the whole import.",
        "",
        "| form | file | read | check | store | import | import, processor | export |",
        "|---|---|---|---|---|---|---|---|",
        *rows,
    ]


def _run(form: str, suffix: str) -> dict[str, float]:
    with tempfile.TemporaryDirectory() as folder:
        world = make_world(form)
        path = world.write(Path(folder) / f"sheet{suffix}")
        found: dict[str, float] = {}
        begun = time.process_time()
        with _timed(found, "read"):
            table = read_sheet(path)
        with _timed(found, "check"):
            plan = plan_import(table, Archive(()), world.publication, rng=Random(0))
        assert not plan.faults
        store = Store.open(Path(folder) / "newsletter.db")
        with _timed(found, "store"):
            apply(store, plan)
        found["processor"] = time.process_time() - begun
        view = withhold(world.publication, store.load(), "internal")
        with _timed(found, "write"):
            export_sheet(Path(folder) / f"out{suffix}", view, form, read_kept(store, form))
        store.close()
        return found


@contextmanager
def _timed(found: dict[str, float], step: str) -> Iterator[None]:
    start = time.perf_counter()
    yield
    found[step] = time.perf_counter() - start
