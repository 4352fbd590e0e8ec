"""Recordings that may still be heard: what is withheld now may have been read aloud before.

Pages are made anew from what readers may see; a recording is not. So each is held against its
issue as it is now, and leaves the site if it tells what has been withheld since.
"""

from __future__ import annotations

import json
import re
from collections.abc import Container, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
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
        """Return what a recording tells that it should not, in a sentence, or nothing.

        What the script shows is found only where a transcript may tell too much.
        """
        if script is None:
            return "A recording of what is not shown"
        chapters = _chapters(self.folder / f"{addresses.AUDIO}{stem}.chapters.json")
        if any(key not in self.view.archive.by_id for _, key in chapters if key is not None):
            return "The recording reads an entry that is withheld now"
        said = _cues(self.folder / f"{addresses.AUDIO}{stem}.vtt")
        closed = [cue for cue in said if self._is_closed(cue, chapters)]
        if _changed(closed, script):
            return "The recording reads the text of an entry that is a link only now"
        if _changed(self._naming(said), script):
            return "The recording names an entry that is withheld now"
        return ""

    def _is_closed(self, cue: Mark, chapters: list[tuple[float, str | None]]) -> bool:
        """Return whether a cue belongs to an entry of which its issue shows the link alone."""
        begun = [key for start, key in chapters if start <= cue.seconds + _ROUNDING]
        return bool(begun) and begun[-1] in self.view.listed

    def _naming(self, said: tuple[Mark, ...]) -> list[Mark]:
        """Return the cues that hold the title of something withheld."""
        whole = normalised("\n".join(cue.title for cue in said))
        named = [title for title in self._withheld if title in whole]
        return [cue for cue in said if any(title in normalised(cue.title) for title in named)]

    @cached_property
    def _withheld(self) -> frozenset[str]:
        """Titles that nobody may hear, as they are compared."""
        shown = self.view.archive.by_id
        hidden = (normalised(e.title) for e in self.archive.entries if e.id not in shown)
        return frozenset(title for title in hidden if title)


_ROUNDING = 0.01
"""Seconds by which a chapter may seem to begin after its first words."""


def is_of(name: str, stems: Container[str]) -> bool:
    """Return whether a file under ``audio/`` belongs to one of some recordings.

    >>> is_of("12.es.vtt", {"12.es"}), is_of("12.mp3", {"12.es"}), is_of("a.txt", {"a"})
    (True, False, False)
    """
    match = STEM.fullmatch(name)
    return match is not None and ".".join(filter(None, match.groups())) in stems


def _cues(file: Path) -> tuple[Mark, ...]:
    return cues(file.read_text("utf-8")) if file.is_file() else ()


def _changed(said: Iterable[Mark], script: Script) -> bool:
    """Return whether a recording tells something that the issue, as it is now, does not."""
    told = {" ".join(cue.title.split()) for cue in said}
    return bool(told) and not told <= script.shown


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
