"""What an agent may hand in as a Case: a text of bounded size, or a file of a folder."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from comity.core import read_text
from comity.core.errors import InputError, SizeError

LONGEST_TEXT = 400_000
"""Characters of a Case that is handed in."""


@dataclass(frozen=True)
class Intake:
    """Where Cases come from.

    Attributes
    ----------
    folder : files that may be named; ``None`` takes texts alone.
    """

    folder: Path | None = None

    def text(self, case: str) -> str:
        """Return the text of a Case that is stated, or named by its file in the folder.

        Raises `InputError` for a file outside the folder, whether it exists or not, and `SizeError`
        for what is too long.
        """
        if "\n" not in case and not case.lstrip().startswith("{"):
            return self._file(case)
        if len(case) > LONGEST_TEXT:
            raise SizeError(
                "the Case is too long",
                place="case",
                found=f"{len(case):,} characters",
                expected=f"at most {LONGEST_TEXT:,}",
            )
        return case

    def _file(self, name: str) -> str:
        if self.folder is None:
            raise InputError(
                "not the text of a Case",
                place="case",
                found=repr(name)[:80],
                expected="TOML or JSON",
            )
        try:
            base = self.folder.resolve()
            path = (base / name).resolve()
            inside = path.is_relative_to(base) and path.is_file()
        except (OSError, ValueError):
            inside = False
        if not inside:
            raise InputError("no such file in the folder of Cases", place="case", found=name[:80])
        return read_text(path, LONGEST_TEXT)
