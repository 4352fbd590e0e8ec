"""`comity newsletter translate`: show an issue in another language too."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from comity.cli._console import progress, put_json
from comity.cli._extras import needing
from comity.cli.newsletter.app import Folder, newsletter

if TYPE_CHECKING:
    from comity.cli._console import Step
    from comity.newsletter.languages.report import Report
    from comity.newsletter.model.publication import Publication
    from comity.newsletter.store.store import Store


@newsletter.command()
def translate(
    issues: Annotated[list[int], typer.Argument(help="Numbers of issues.", metavar="ISSUE...")],
    to: Annotated[
        list[str] | None, typer.Option(help="Language, as es; repeat it. Those of the publication.")
    ] = None,
    drop: Annotated[
        bool, typer.Option("--drop", help="No longer show the issues in these languages.")
    ] = False,
    again: Annotated[
        bool, typer.Option("--again", help="Ask the engine anew, as after an update.")
    ] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print plain JSON.")] = False,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="Show no progress.")] = False,
    folder: Folder = ".",
) -> None:
    """Translate issues by machine with Apertium; `build` then shows them beside the original.

    A sentence that would lose a name, a number or a negation is refused: readers get it in the
    original, with a mark and the reason.
    """
    with needing("newsletter"), progress(quiet or as_json) as step:
        from comity.newsletter.languages.kept import drop as drop_
        from comity.newsletter.publication.reading import read_publication
        from comity.newsletter.store.store import Store

        publication = read_publication(folder)
        languages = _languages(to, publication)
        with Store.open(folder) as store:
            if drop:
                gone = [drop_(store.engine, n, code) for n in issues for code in languages]
                typer.echo(f"{sum(gone)} of {len(gone)} translations dropped; build the site again")
                return
            reports = [
                _translated(publication, store, number, code, again, step)
                for code in languages
                for number in issues
            ]
    if as_json:
        put_json({"translations": [report.to_dict() for report in reports]}, "-")
    else:
        for report in reports:
            _show(report)


def _languages(to: list[str] | None, publication: Publication) -> list[str]:
    from comity.core.errors import InputError
    from comity.newsletter.languages.words import language

    languages = [*dict.fromkeys(to or publication.translations)]
    if not languages:
        raise InputError(
            "no language to translate into",
            place="--to",
            expected="a language, or translations = [...] in publication.toml",
        )
    if publication.language in languages:
        raise InputError(
            "the issue is in this language already", place="--to", found=publication.language
        )
    for code in languages:
        language(code)
    return languages


def _translated(
    publication: Publication, store: Store, number: int, code: str, again: bool, step: Step
) -> Report:
    """Translate one issue as readers see it, or will once it is sent."""
    from comity.newsletter.languages.apertium import Apertium
    from comity.newsletter.languages.kept import keep
    from comity.newsletter.languages.memory import StoredMemory
    from comity.newsletter.languages.report import report
    from comity.newsletter.languages.translate import Pair, translate
    from comity.newsletter.model.withholding import withhold

    engine = Apertium(publication.language, code)
    view = withhold(publication, store.load(), "public", sending=number)

    def count(done: int, of: int) -> None:
        step(f"issue {number} into {code}", done / max(1, of))

    memory = StoredMemory(store.engine, again=again)
    done = translate(view, number, engine, memory, progress=count)
    keep(store.engine, number, Pair.of(engine))
    return report(done)


def _show(report: Report) -> None:
    kept = report.sentences - report.refused
    typer.echo(
        f"issue {report.issue} into {report.language} by {report.engine}: "
        f"{kept} of {report.sentences} sentences translated"
    )
    for fault in report.faults:
        typer.echo(f"  refused: {fault.reason}: {fault.found}")
