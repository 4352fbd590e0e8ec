"""Apertium as the engine: rules and dictionaries, run as a process of its own.

Apertium (Forcada et al., 2011) is free software under the GPL and stays outside of comity: it is
found on the machine and fed text. It marks what it does not know: ``*word`` is in no dictionary,
``@word`` has no translation, ``#word`` could not be inflected. The marks are taken off and counted.
"""

from __future__ import annotations

import re
import shutil
import subprocess
from collections.abc import Sequence
from functools import cached_property

from comity.core.errors import InputError
from comity.newsletter.languages.engine import Draft

CODES = {
    "ca": "cat",
    "de": "deu",
    "en": "eng",
    "es": "spa",
    "fr": "fra",
    "gl": "glg",
    "it": "ita",
    "pt": "por",
}
"""Apertium's codes of languages (ISO 639-3)."""
NAMES = [
    "Alice",
    "Bob",
    "Carol",
    "Erin",
    "Frank",
    "Heidi",
    "Ivan",
    "Mallory",
    "Oscar",
    "Victor",
    "Walter",
    "Wendy",
    "Boston",
    "Chicago",
    "Toronto",
    "Denver",
    "Dallas",
    "Texas",
    "Nevada",
    "Ohio",
    "Utah",
    "Iowa",
    "Madrid",
    "Oslo",
    "Lima",
    "Zurich",
]
"""Names that dictionaries are likely to hold; those that come through a pair unchanged are used."""
SECONDS = 120.0
"""Longest wait for one batch."""
BATCH = 200
"""Sentences a process is given at once: it takes a fifth of a second to start."""
GAP = "\n\n"
_MARK = re.compile(r"(?<![\w])[*@#](?=\w)")
_MARKED = re.compile(r"(?<![\w])[*@#](\w[\w'’-]*)")
_APART = re.compile(r" +(?=[.,;:!?](?: |$))")
"""Blanks that a word leaves before a mark of punctuation when it comes out empty."""
_WORD = re.compile(r"\w[\w'’-]*")
_COMPOUND = re.compile(
    r"(?<![\w-])(?!non-)([a-z]+)-(?=[a-z]+(?![\w-]))(?!(?:up|off|out|in|to|on)\b)"
)
_SPACES = re.compile(r"\s+")


class Apertium:
    """A pair of languages of the Apertium that is installed.

    Raises `InputError` where Apertium or the pair is missing, with the Debian packages to install.
    """

    def __init__(self, source: str, target: str, *, program: str = "apertium") -> None:
        self.source = source
        self.target = target
        self.program = program
        self.pair = f"{CODES.get(source, source)}-{CODES.get(target, target)}"
        if shutil.which(program) is None:
            raise _missing("Apertium is not installed", program, self.pair)
        pairs = self._run(["-l"]).split()
        if self.pair not in pairs:
            raise _missing("Apertium has no such pair of languages", self.pair, self.pair)

    @cached_property
    def name(self) -> str:
        """Name, version and pair."""
        return f"{self._run(['-V']).strip() or 'Apertium'}, {self.pair}"

    def stand_ins(self) -> Sequence[str]:
        """Return the names of `NAMES` that come through unchanged and unmarked."""
        return self._known

    @cached_property
    def _known(self) -> tuple[str, ...]:
        drafts = self.translate([f"{name}." for name in NAMES])
        return tuple(
            name for name, draft in zip(NAMES, drafts, strict=True) if draft == Draft(f"{name}.")
        )

    def translate(self, sentences: Sequence[str]) -> tuple[Draft, ...]:
        """Return a draft for each sentence, in batches.

        Raises `InputError` where Apertium fails or does not answer in time.
        """
        drafts: list[Draft] = []
        for start in range(0, len(sentences), BATCH):
            drafts += self._batch(sentences[start : start + BATCH])
        return tuple(drafts)

    def _batch(self, sentences: Sequence[str]) -> list[Draft]:
        lines = [_SPACES.sub(" ", self._eased(sentence)).strip() for sentence in sentences]
        answers = self._run(["-f", "txt", self.pair], GAP.join(lines)).strip("\n").split(GAP)
        if len(answers) == len(lines):
            return [read(line, answer) for line, answer in zip(lines, answers, strict=True)]
        if len(lines) == 1:
            return [read(lines[0], " ".join(answers))]
        return [draft for line in lines for draft in self._batch([line])]

    def _eased(self, sentence: str) -> str:
        """Take hyphens out of English compounds, whose parts Apertium otherwise runs together."""
        return _COMPOUND.sub(r"\1 ", sentence) if self.source == "en" else sentence

    def _run(self, arguments: list[str], text: str = "") -> str:
        try:
            done = subprocess.run(
                [self.program, *arguments],
                input=text.encode(),
                capture_output=True,
                timeout=SECONDS,
                check=False,
            )
        except (OSError, subprocess.TimeoutExpired) as error:
            raise InputError(
                "Apertium does not answer", found=type(error).__name__, expected=self.program
            ) from error
        if done.returncode:
            words = done.stderr.decode("utf-8", "replace").strip().splitlines()
            raise InputError("Apertium failed", found=words[0] if words else done.returncode)
        return done.stdout.decode("utf-8", "replace")


def read(source: str, answer: str) -> Draft:
    """Take Apertium's marks off an answer, and note which words it did not know.

    Apertium gives the first word that it knows the capital of the sentence, also behind a word
    that it does not know; that capital is taken back where the source has none.

    Examples
    --------
    >>> read("Zorp argued a lot.", "*Zorp Discutió mucho.")
    Draft(text='Zorp discutió mucho.', unknown=('Zorp',))
    """
    unknown = tuple(match[1] for match in _MARKED.finditer(answer))
    text = _SPACES.sub(" ", _MARK.sub("", answer)).strip()
    if not _APART.search(source):
        text = _APART.sub("", text)
    wanted, found = _WORD.findall(source), list(_WORD.finditer(text))
    if (
        answer.lstrip().startswith("*")
        and len(found) > 1
        and wanted[1:2]
        and wanted[1][0].islower()
    ):
        at = found[1].start()
        text = text[:at] + text[at].lower() + text[at + 1 :]
    return Draft(text, unknown)


def _missing(message: str, found: str, pair: str) -> InputError:
    packages = f"apt install apertium apertium-{pair}"
    return InputError(
        message,
        found=f"no {found}",
        expected=f"{packages} (a pair may be named the other way round)",
    )
