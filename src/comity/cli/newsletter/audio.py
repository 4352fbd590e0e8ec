"""`comity newsletter audio`: an issue read aloud."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
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
    issue: Annotated[int, typer.Argument(help="Number of the issue.")],
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
        from comity.newsletter.audio.engines import make_engine
        from comity.newsletter.audio.recording import record
        from comity.newsletter.publication.reading import read_publication
        from comity.newsletter.store.store import Store

    publication = read_publication(folder)
    store = Store.open(folder)
    try:
        told = _script(publication, store, issue, language)
        if script:
            _print(told)
            return
        out = Path(folder) / "out"
        public = told.view.audience == "public"
        engine = make_engine(publication.voice, folder)
        work = out / "work" / "audio" / (f"{issue}.{language}" if language else str(issue))
        with progress(quiet) as step, _stopping():
            site = out / ("site" if public else "preview")
            done = record(told, site, work, engine=engine, keep=keep or not public, step=step)
        if public and not language:
            _save(store, issue, done)
    finally:
        store.close()
    if not quiet:
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
