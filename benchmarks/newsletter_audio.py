"""How long it takes to read an issue aloud, by engine."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT / "tests"))

from comity.newsletter.audio.engines import make_engine  # noqa: E402
from comity.newsletter.audio.recording import Recording, record  # noqa: E402
from comity.newsletter.audio.script import Script  # noqa: E402
from comity.newsletter.editions.assemble import assemble  # noqa: E402
from comity.newsletter.model.publication import Voice  # noqa: E402
from comity.newsletter.model.withholding import View, withhold  # noqa: E402
from newsletter_world import make_archive  # noqa: E402

WORDS = 2_400
"""The issue whose length is nearest to this is read."""
VOICES: Mapping[str, Voice | None] = {
    "espeak-ng": Voice(),
    "Piper": Voice("piper", os.environ["PIPER_VOICE"]) if "PIPER_VOICE" in os.environ else None,
}
"""Engines with a voice; Piper's is the file that the variable names."""


def measure() -> list[str]:
    """Return the section on recordings."""
    publication, archive, _ = make_archive()
    view = withhold(publication, archive, "public")
    number = min(view.archive.by_issue, key=lambda n: abs(_words(view, n) - WORDS))
    rows, versions = [], []
    for name, voice in VOICES.items():
        if voice is None or shutil.which(voice.program or voice.engine) is None:
            rows.append(f"| {name} | not installed here | | | | | |")
            continue
        spoken = replace(view, publication=replace(publication, voice=voice))
        rows.append(f"| {name} | {_row(Script(spoken, assemble(spoken, number)))} |")
        versions.append(make_engine(voice).identity)
    return [
        "## Audio",
        "",
        "One issue of usual length, from its edition to a tagged mp3 of even loudness with",
        "chapters and transcript. The real-time factor is the time it takes over the time it",
        "plays: at 0.1 an hour is recorded in six minutes. Loudness is that of the mp3.",
        "",
        "| engine | words | plays, s | speaking, s | the rest, s | real-time factor | LUFS |",
        "|---|---|---|---|---|---|---|",
        *rows,
        "",
        f"{', '.join([*versions, _ffmpeg()])}.",
    ]


def _words(view: View, number: int) -> int:
    entries = view.archive.by_issue[number]
    return sum(len(f"{e.title} {e.summary} {e.opinion}".split()) for e in entries)


def _row(script: Script) -> str:
    begun: dict[str, float] = {}
    with tempfile.TemporaryDirectory() as folder:
        start = time.perf_counter()
        done = record(
            script,
            Path(folder) / "site",
            Path(folder) / "work",
            step=lambda words, share: begun.setdefault(words, time.perf_counter()) and None,
        )
        end = time.perf_counter()
    return _cells(done, begun["putting it together"] - start, end - begun["putting it together"])


def _cells(done: Recording, speaking: float, rest: float) -> str:
    plays = done.audio.seconds
    factor = (speaking + rest) / plays
    return (
        f"{done.words:,} | {plays:,.0f} | {speaking:.1f} | {rest:.1f} | {factor:.3f} | "
        f"{done.loudness.integrated:.1f}"
    )


def _ffmpeg() -> str:
    told = subprocess.run(["ffmpeg", "-version"], capture_output=True, text=True, check=True)
    found = re.match(r"ffmpeg version (\S+)", told.stdout)
    return f"ffmpeg {found[1] if found else ''}".strip()
