"""Recordings that may still be heard: what is withheld now may have been read aloud before.

Pages are made anew from what readers may see; a recording is not. So each is held against its
issue as it is now, and leaves the site if it tells what has been withheld since.
"""

from __future__ import annotations

import json
import re
from collections.abc import Container, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from comity.newsletter.audio.script import Script
from comity.newsletter.editions import addresses
from comity.newsletter.editions.web.listening import Mark, cues
from comity.newsletter.model.archive import Archive
from comity.newsletter.model.faults import Fault, Kind
from comity.newsletter.model.withholding import View
from comity.newsletter.text.titles import normalised

if TYPE_CHECKING:
    from comity.newsletter.languages.translated import Translated
    from comity.newsletter.model.edition import Edition

STEM = re.compile(r"(\d+)(?:\.([A-Za-z-]+))?\.(?:mp3|vtt|chapters\.json)")
ENTRY = re.compile(rf"{addresses.ENTRIES}([^/]+)/\Z")


@dataclass(frozen=True)
class Recorded:
    """Judges the recordings in a folder by what an audience may see.

    Attributes
    ----------
    view : what may be heard.
    archive : all there is, to know what is withheld.
    folder : of the built site.
    """

    view: View
    archive: Archive
    folder: Path

    def stale(
        self,
        editions: Mapping[int, Edition],
        translations: Mapping[int, tuple[Translated, ...]],
    ) -> dict[str, Fault]:
        """Return the recordings that tell too much, by name (``12``, ``12.es``)."""
        found = {}
        for stem, number, language in self._names():
            script = self._script(editions.get(number), translations.get(number, ()), language)
            reason = self._reason(stem, script)
            if reason:
                again = f"comity newsletter audio {number}"
                again += f" --language {language}" if language else ""
                found[stem] = Fault(
                    Kind.BLOCKED,
                    reason,
                    place=f"{addresses.AUDIO}{stem}.mp3",
                    expected=f"a new recording: {again}",
                )
        return found

    def _names(self) -> Iterator[tuple[str, int, str]]:
        folder = self.folder / addresses.AUDIO
        names = sorted({file.name for file in folder.iterdir()}) if folder.is_dir() else []
        matches = filter(None, map(STEM.fullmatch, names))
        stems = {(int(match[1]), match[2] or "") for match in matches}
        for number, language in sorted(stems):
            yield f"{number}.{language}" if language else str(number), number, language

    def _script(
        self, edition: Edition | None, translated: tuple[Translated, ...], language: str
    ) -> Script | None:
        if edition is None or not language:
            return Script(self.view, edition) if edition else None
        for each in translated:
            if each.language == language:
                return Script(self.view, each.spoken, each.language, each.mark)
        return None

    def _reason(self, stem: str, script: Script | None) -> str:
        """Return what a recording tells that it should not, in a sentence, or nothing."""
        if script is None:
            return "A recording of what is not shown"
        chapters = _chapters(self.folder / f"{addresses.AUDIO}{stem}.chapters.json")
        entries = [(start, key) for start, key in chapters if key is not None]
        if any(key not in self.view.archive.by_id for _, key in entries):
            return "The recording reads an entry that is withheld now"
        file = self.folder / f"{addresses.AUDIO}{stem}.vtt"
        changed = _changed(file, script)
        for cue in changed:
            begun = [key for start, key in chapters if start <= cue.seconds + _ROUNDING]
            if begun and begun[-1] in self.view.listed:
                return "The recording reads the text of an entry that is a link only now"
        if any(self._names_withheld(cue.title) for cue in changed):
            return "The recording names an entry that is withheld now"
        return ""

    def _names_withheld(self, words: str) -> bool:
        said = normalised(words)
        return any(title in said for title in self._withheld if title)

    @property
    def _withheld(self) -> Iterator[str]:
        shown = self.view.archive.by_id
        return (normalised(e.title) for e in self.archive.entries if e.id not in shown)


_ROUNDING = 0.01
"""Seconds by which a chapter may seem to begin after its first words."""


def is_of(name: str, stems: Container[str]) -> bool:
    """Return whether a file under ``audio/`` belongs to one of some recordings.

    >>> is_of("12.es.vtt", {"12.es"}), is_of("12.mp3", {"12.es"}), is_of("a.txt", {"a"})
    (True, False, False)
    """
    match = STEM.fullmatch(name)
    return match is not None and ".".join(filter(None, match.groups())) in stems


def _changed(file: Path, script: Script) -> list[Mark]:
    """Return what a transcript tells that the issue, as it is now, does not."""
    if not file.is_file():
        return []
    now = {" ".join(block.shown.split()) for block in script.blocks}
    said = cues(file.read_text("utf-8"))
    return [cue for cue in said if " ".join(cue.title.split()) not in now]


def _chapters(file: Path) -> list[tuple[float, str | None]]:
    """Return when each chapter begins, and the entry that it reads."""
    try:
        listed = json.loads(file.read_text("utf-8"))["chapters"]
        return [(float(each["startTime"]), _entry(str(each.get("url", "")))) for each in listed]
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return []


def _entry(address: str) -> str | None:
    match = ENTRY.search(address)
    return match[1] if match else None
