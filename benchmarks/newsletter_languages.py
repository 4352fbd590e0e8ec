"""How many sentences of prose a translation refuses, and whether it finds what is planted.

    python benchmarks/newsletter_languages.py [--to es] [--seed 0] [FILE.md ...]

Translates Markdown files, by default the explanations of comity's own documentation, with the
Apertium that is installed. Then every sentence that passed is spoiled: one denial is taken out or
put in, one digit is changed, one name or link is lost; and the checks are asked again.
"""

from __future__ import annotations

import argparse
import random
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

from comity.newsletter.languages.apertium import Apertium
from comity.newsletter.languages.checks import check
from comity.newsletter.languages.engine import Engine
from comity.newsletter.languages.report import report
from comity.newsletter.languages.translate import translate
from comity.newsletter.languages.translated import Sentence
from comity.newsletter.languages.words import language, words_of
from comity.newsletter.model.archive import Archive
from comity.newsletter.model.issue import Issue
from comity.newsletter.model.publication import Publication
from comity.newsletter.model.withholding import withhold

PROSE = Path(__file__).parents[1] / "docs" / "explanation"
KEPT = re.compile(r"`[^`]+`|\[[^\]]*\]\([^)]*\)|\b[A-Z]\w*[A-Z]\w*\b")
"""Code, links and acronyms: what is surely kept, for whoever knows nothing of the program."""


def main() -> None:
    arguments = options()
    engine = Apertium("en", arguments.to)
    files = arguments.files or sorted(PROSE.glob("*.md"))
    done = [sentence for path in files for sentence in translated(path, engine)]
    rng = random.Random(arguments.seed)
    planted, found = Counter[str](), Counter[str]()
    for sentence in done:
        if not sentence.refused and sentence.translation != sentence.original:
            kept = tuple(match[0] for match in KEPT.finditer(sentence.original))
            for kind, text in spoiled(sentence, kept, arguments.to, rng):
                planted[kind] += 1
                found[kind] += bool(
                    check(sentence.original, text, source="en", target=arguments.to, kept=kept)
                )
    print("\n| planted | sentences | found |\n|---|---:|---:|")
    for kind, count in planted.items():
        print(f"| {kind} | {count} | {found[kind]} ({found[kind] / count:.1%}) |")


def options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("files", nargs="*", type=Path)
    parser.add_argument("--to", default="es")
    parser.add_argument("--seed", type=int, default=0)
    return parser.parse_args()


def translated(path: Path, engine: Engine) -> Sequence[Sentence]:
    """Translate one file as the opening of an issue, and print how that went."""
    issue = Issue(1, opening=path.read_text(encoding="utf-8"), sent="2026-01-01T00:00:00+00:00")
    view = withhold(Publication("Prose", "P"), Archive((), (issue,)), "public")
    done = translate(view, 1, engine)
    told = report(done)
    print(f"{path.name}: {told.refused} of {told.sentences} refused")
    for fault in told.faults:
        print(f"  {fault.reason}: {fault.found}")
    return done.sentences


def spoiled(
    sentence: Sentence, kept: Sequence[str], to: str, rng: random.Random
) -> Iterator[tuple[str, str]]:
    """Yield ways to spoil a translation, each with its kind."""
    text = sentence.translation
    table = language(to)
    free = (
        re.sub("|".join(map(re.escape, kept)), lambda m: "\0" * len(m[0]), text) if kept else text
    )
    denials = list(words_of(f"{table.denials}|{table.companions}").finditer(free))
    if denials:
        match = rng.choice(denials)
        yield "a denial is lost", f"{text[: match.start()]}{text[match.end() :]}"
    else:
        yield "a denial is new", f"No {text}"
    digits = list(re.finditer(r"\d", free))
    if digits:
        match = rng.choice(digits)
        other = str((int(match[0]) + rng.randrange(1, 10)) % 10)
        yield "a digit is another", f"{text[: match.start()]}{other}{text[match.end() :]}"
    if kept:
        yield "a name or link is lost", text.replace(rng.choice(kept), "", 1)


if __name__ == "__main__":
    main()
