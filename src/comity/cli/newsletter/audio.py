"""`comity newsletter audio`: an issue read aloud."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from comity.cli._console import progress
from comity.cli._extras import needing
from comity.cli.errors import INTERRUPTED, say
from comity.cli.newsletter.app import Folder, newsletter

if TYPE_CHECKING:
    from comity.newsletter.audio.recording import Recording
    from comity.newsletter.audio.script import Script
    from comity.newsletter.model.publication import Publication
    from comity.newsletter.store.store import Store


@newsletter.command()
def audio(
    issue: Annotated[
        int | None,
        typer.Argument(help="Number of the issue; all sent ones without a recording unless given."),
    ] = None,
    folder: Folder = ".",
    language: Annotated[
        str, typer.Option(help="Read the translation into this language, such as es.")
    ] = "",
    script: Annotated[
        bool, typer.Option("--script", help="Only print what would be said.")
    ] = False,
    keep: Annotated[
        bool, typer.Option("--keep", help="Keep what was spoken, for a quicker next time.")
    ] = False,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="Print nothing.")] = False,
) -> None:
    """Read an issue aloud: mp3 with chapters, and a transcript.

    Stopped at any moment, the next call goes on where this one was. A draft is recorded for its
    editors only, under out/preview.
    """
    with needing("newsletter"):
        from comity.newsletter.publication.reading import read_publication
        from comity.newsletter.store.store import Store

    publication = read_publication(folder)
    with Store.open(folder) as store:
        booth = _Booth(publication, store, Path(folder), language, keep=keep, quiet=quiet)
        numbers = booth.unheard() if issue is None else (issue,)
        if not numbers and not quiet:
            typer.echo(booth.idle())
        for number in numbers:
            if script:
                _print(booth.script(number))
            else:
                booth.record(number)


@dataclass(frozen=True)
class _Booth:
    """Where issues are recorded, one after another."""

    publication: Publication
    store: Store
    folder: Path
    language: str
    keep: bool
    quiet: bool

    def unheard(self) -> tuple[int, ...]:
        """Return the issues that were sent and have no recording."""
        place = self.folder / "out" / "site" / "audio"
        sent = [issue.number for issue in self.store.load().issues if not issue.is_draft]
        return tuple(n for n in sent if not (place / f"{self._stem(n)}.mp3").is_file())

    def idle(self) -> str:
        """Return why there is nothing to record."""
        sent = sum(not issue.is_draft for issue in self.store.load().issues)
        if not sent:
            return "nothing to record: no issue has been sent; `audio NUMBER` records a draft"
        which = f" in {self.language!r}" if self.language else ""
        return f"nothing to record: each issue that was sent ({sent:,}) has its recording{which}"

    def _stem(self, number: int) -> str:
        return f"{number}.{self.language}" if self.language else str(number)

    def script(self, number: int) -> Script:
        """Return what is read of an issue."""
        return _script(self.publication, self.store, number, self.language)

    def record(self, number: int) -> None:
        """Record an issue, tell it so, and say what came of it."""
        from comity.newsletter.audio.engines import make_engine
        from comity.newsletter.audio.recording import record

        told = self.script(number)
        public = told.view.audience == "public"
        out = self.folder / "out"
        site = out / ("site" if public else "preview")
        work = (
            out / "work" / "audio" / (f"{number}.{self.language}" if self.language else str(number))
        )
        engine = make_engine(self.publication.voice, str(self.folder))
        keep = self.keep or not public
        with progress(self.quiet) as step, _stopping():
            done = record(told, site, work, engine=engine, keep=keep, step=step)
        if public and not self.language:
            _save(self.store, number, done)
        if not self.quiet:
            _say(done, site)


def _script(publication: Publication, store: Store, number: int, language: str) -> Script:
    """Return what is read: by the public's view, or by that of previews while it is a draft."""
    from comity.newsletter.audio.script import Script
    from comity.newsletter.editions.assemble import assemble
    from comity.newsletter.model.withholding import withhold

    archive = store.load()
    known = archive.issue(number)
    draft = known is not None and known.is_draft
    view = withhold(publication, archive, "preview" if draft else "public")
    if not language:
        return Script(view, assemble(view, number))
    from comity.newsletter.languages.apertium import Apertium
    from comity.newsletter.languages.memory import StoredMemory
    from comity.newsletter.languages.translate import translate

    engine = Apertium(publication.language, language)
    found = translate(view, number, engine, StoredMemory(store.engine))
    return Script(view, found.spoken, found.language, found.mark)


def _save(store: Store, number: int, done: Recording) -> None:
    """Tell the issue of its recording; whatever else changed meanwhile stays."""
    from comity.newsletter.model.issue import Issue

    current = store.load().issue(number) or Issue(number)
    store.save_issue(replace(current, audio=done.audio))


@contextmanager
def _stopping() -> Iterator[None]:
    """Say after Ctrl-C that what was spoken is kept."""
    try:
        yield
    except KeyboardInterrupt:
        words = "stopped by Ctrl-C; what was spoken is kept, the same command goes on"
        raise typer.Exit(say(words, INTERRUPTED)) from None


def _print(script: Script) -> None:
    for block in script.blocks:
        if block.chapter:
            typer.echo(f"\n# {block.chapter}")
        typer.echo(f"{block.role.value:>8}  {block.said}")


def _say(done: Recording, site: Path) -> None:
    from comity.newsletter.editions.dates import clock

    facts = (
        clock(done.audio.seconds),
        f"{done.audio.bytes / 1e6:.1f} MB",
        f"{len(done.timeline.chapters)} chapters",
        f"{done.loudness.integrated:.1f} LUFS with peaks at {done.loudness.peak:.1f} dBTP",
        f"{done.words_per_minute:.0f} words a minute",
    )
    typer.echo(f"{site / done.audio.file}: {', '.join(facts)}")
