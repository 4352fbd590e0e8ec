"""Writing GENIUS domains and profiles."""

from __future__ import annotations

import html
from collections.abc import Iterator
from pathlib import Path

import numpy as np

from comity.core.errors import InputError
from comity.core.files import write_atomic
from comity.games.issues import Issue
from comity.games.negotiation import Negotiation


def write_genius(game: Negotiation, folder: str | Path) -> list[Path]:
    """Write ``domain.xml`` and ``NAME.xml`` for each party; return the paths, the domain first.

    An issue's weight is what its best option is worth and evaluations are relative to that, so
    that ``read_genius(..., scale="raw")`` gives the same payoffs, and every scale does where the
    best deal is worth 1 to each. Raises `InputError` for what the format cannot hold: utilities
    by outcome, constraints, bystanders, negative values.
    """
    _check_writable(game)
    target = Path(folder)
    files = {"domain.xml": "\n".join(_domain(game.issues))}
    for row, name in enumerate(game.players):
        files[f"{_file_name(name)}.xml"] = "\n".join(_profile(game, row))
    return [write_atomic(target / name, text + "\n") for name, text in files.items()]


def _check_writable(game: Negotiation) -> None:
    cannot = {
        "utilities by outcome": game.form == "table",
        "constraints": bool(game.constraints),
        "bystanders": bool(game.bystanders),
        "negative values": bool(game.values.min() < 0),
    }
    found = [what for what, present in cannot.items() if present]
    if found:
        raise InputError("a GENIUS file cannot hold this negotiation", found=", ".join(found))
    names = [_file_name(name) for name in game.players]
    if len({*names, "domain"}) <= len(names):
        raise InputError("names of files would clash", place="players", found=", ".join(names))


def _file_name(name: str) -> str:
    return "".join(c if c.isalnum() or c in " ._-" else "_" for c in name).strip(" .") or "party"


def _domain(issues: tuple[Issue, ...]) -> Iterator[str]:
    yield "<negotiation_template>"
    yield f' <utility_space number_of_issues="{len(issues)}">'
    yield '  <objective index="0" name="root" type="objective" etype="objective">'
    for j, issue in enumerate(issues, start=1):
        yield f"   {_issue_tag(issue, j)}"
        for k, option in enumerate(issue.options, start=1):
            yield f'    <item index="{k}" value={_quoted(option)}/>'
        yield "   </issue>"
    yield from ("  </objective>", " </utility_space>", "</negotiation_template>")


def _profile(game: Negotiation, row: int) -> Iterator[str]:
    yield f'<utility_space type="any" number_of_issues="{len(game.issues)}">'
    yield ' <objective index="0" name="root" type="objective" etype="objective">'
    pieces = np.split(game.values[row], game.offsets[1:])
    tops = [float(piece.max()) for piece in pieces]
    for j, top in enumerate(tops, start=1):
        yield f'  <weight index="{j}" value="{top!r}"/>'
    for j, (issue, piece, top) in enumerate(zip(game.issues, pieces, tops, strict=True), start=1):
        yield f"  {_issue_tag(issue, j)}"
        for k, (option, value) in enumerate(zip(issue.options, piece, strict=True), start=1):
            share = float(value / top) if top else 0.0
            yield f'   <item index="{k}" value={_quoted(option)} evaluation="{share!r}"/>'
        yield "  </issue>"
    yield " </objective>"
    yield f' <reservation value="{float(game.reservation[row])!r}"/>'
    yield f' <discount_factor value="{float(game.discount[row])!r}"/>'
    yield "</utility_space>"


def _issue_tag(issue: Issue, index: int) -> str:
    kind = 'type="discrete" etype="discrete" vtype="discrete"'
    return f'<issue index="{index}" name={_quoted(issue.name)} {kind}>'


def _quoted(text: str) -> str:
    escaped = html.escape(text)
    for blank in "\t\n\r":
        escaped = escaped.replace(blank, f"&#{ord(blank)};")
    return f'"{escaped}"'
