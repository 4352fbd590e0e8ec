"""A publication with secrets in it, and engines of translation that are not."""

from __future__ import annotations

import os
import re
import shutil
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from comity.newsletter.languages.engine import Draft
from comity.newsletter.model.archive import Archive
from comity.newsletter.model.columns import EmailStatus, Publicity
from comity.newsletter.model.entry import Entry
from comity.newsletter.model.issue import Erratum, Issue
from comity.newsletter.model.publication import Category, Publication

SECRET = "zqsecret"
WORDS = {"not": "no", "nobody": "nadie", "agents": "agentes", "and": "y", "share": "comparten"}


@dataclass
class Toy:
    """Knows five words and leaves all others as they are; notes what it is asked."""

    name: str = "Toy 1"
    source: str = "en"
    target: str = "es"
    names: Sequence[str] = ("Alice", "Bob")
    spoil: Callable[[str], str] = str
    asked: list[str] = field(default_factory=list)

    def stand_ins(self) -> Sequence[str]:
        return self.names

    def translate(self, sentences: Sequence[str]) -> list[Draft]:
        self.asked += sentences
        return [Draft(self.spoil(_in_spanish(sentence))) for sentence in sentences]


def _in_spanish(sentence: str) -> str:
    return re.sub(r"\w+", lambda match: WORDS.get(match[0].lower(), match[0]), sentence)


FAKE = """\
#!{python}
import re, sys, time
words = {words}
arguments = sys.argv[1:]
if arguments == ["-l"]:
    print("  eng-spa\\n  spa-eng")
elif arguments == ["-V"]:
    print("Apertium 9.9")
else:
    text = sys.stdin.buffer.read().decode()
    if "slow" in text:
        time.sleep(60)
    if "fail" in text:
        sys.exit("no such thing")
    parts = re.sub("[a-z]+", lambda match: words.get(match[0], match[0]), text).split("\\n\\n")
    more = ["\\n\\nmore" if "merge" in part else "" for part in parts]
    out = [part.replace("odd", "*odd") + rest for part, rest in zip(parts, more)]
    sys.stdout.buffer.write("\\n\\n".join(out).encode())
"""


def fake_apertium(folder: Path, words: Mapping[str, str] | None = None) -> Path:
    """A program that is called as Apertium is, and knows a few words."""
    path = folder / "apertium"
    path.write_text(FAKE.format(python=sys.executable, words=dict(words or {})), encoding="utf-8")
    path.chmod(0o755)
    return path


def apertium() -> None:
    """Skip a test where there is no Apertium for English and Spanish, unless it must be there."""
    if shutil.which("apertium") is None:
        if os.environ.get("COMITY_APERTIUM") == "required":
            pytest.fail("no Apertium; install apertium and apertium-eng-spa")
        pytest.skip("no Apertium")


PUBLICATION = Publication("Test", "T", categories=(Category("Cooperation"),), translations=("es",))


def _entry(name: str, position: int, **fields: object) -> Entry:
    given = {
        "category": "Cooperation",
        "summarizer": "Mark Hope",
        "authors": "Ada Lovelace*, Charles Babbage",
        "email": "T #1",
        "issue": 1,
        "email_status": EmailStatus.SENT,
        "public": Publicity.YES,
        "notes": SECRET,
        "position": position,
    }
    return Entry(name, f"Title of {name}", **{**given, **fields})  # type: ignore[arg-type]


ARCHIVE = Archive(
    (
        _entry(
            "open",
            0,
            summary="Agents do **not** share [the code](https://a.example/x_y) and `run_1`. "
            "Lovelace had 95% and $x_1$.\n\n- nobody saw <@@>(@#other@)\n- Hope did",
            opinion="Nobody knows.",
            rating=9,
        ),
        _entry("other", 1, summary="Agents share."),
        _entry("hidden", 2, summary=f"Nobody {SECRET}.", public=Publicity.NO),
        _entry("linked", 3, summary=f"Agents {SECRET}.", public=Publicity.LINK_ONLY),
        _entry("edited", 4, opinion=f"Not {SECRET}.", public=Publicity.WITH_EDITS),
    ),
    (
        Issue(1, opening="Agents share.", sent="2026-05-04T09:00:00+00:00"),
        Issue(2, opening="Not sent."),
    ),
    errata=(
        Erratum("open", "2026-05-05", "Nobody and nobody."),
        Erratum("hidden", "2026-05-05", SECRET),
    ),
)
