"""What the tools compute, as functions of plain JSON, for a process that can be stopped.

Run as ``python -m comity.rooms.tools.heavy SECONDS BYTES``: JSON lines in, JSON lines out.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping
from typing import Any

from comity.core.errors import ComityError
from comity.rooms.service.solver import main

Job = Mapping[str, Any]

MOST_DIFFERENCES = 20
"""Differences between views that one answer holds."""


def check(job: Job) -> dict[str, Any]:
    """Return what a Case holds, or everything that is wrong with it."""
    from comity.agreement import make_party
    from comity.cases.files import read_case

    case, faults = read_case(job["text"])
    for party in case.parties if case else ():
        try:
            make_party(party.kind, party.options, f"parties.{party.name}")
        except ComityError as error:
            faults.append(error)
    if case is None or faults:
        return {"ok": False, "faults": [error_of(fault) for fault in faults]}
    return {
        "ok": True,
        "faults": [],
        "title": case.title,
        "parties": list(case.names),
        "bystanders": list(case.bystanders),
        "outcomes": int(case.parties[0].model.size),
        "solution": list(case.constitution.solution),
        "acceptance": [rule.rule for rule in case.constitution.acceptance],
        "enforcement": case.constitution.enforcement,
        "assumptions": list(case.assumptions),
    }


def compare(job: Job) -> dict[str, Any]:
    """Return where the views of a Case differ, largest effect first."""
    from comity.agreement import compare as find
    from comity.cases import loads

    found = find(loads(job["text"]))
    data = found.to_dict()
    data["left_out"] = max(0, len(data["differences"]) - MOST_DIFFERENCES)
    data["differences"] = data["differences"][:MOST_DIFFERENCES]
    return {**data, "words": str(found)}


def solve(job: Job) -> dict[str, Any]:
    """Return one solution concept on one view of a Case, or on the views combined.

    What it says in words comes first, what programs read after it.
    """
    from comity.agreement.defaults import disagreement_point
    from comity.agreement.models.combine import combine
    from comity.cases import loads
    from comity.core.choices import pick
    from comity.rooms.tools.wording import solution_words
    from comity.solutions import CONCEPTS
    from comity.solutions import solve as find

    case, view, concept = loads(job["text"]), job["view"], job["concept"]
    pick(dict.fromkeys(CONCEPTS, True), concept, "no such solution concept", "concept")
    game = combine(case.models, case.constitution, case.evidence)
    if view:
        game = pick(case.models, view, "no such party", "view")
    found = find(game, concept, disagreement=disagreement_point(game, case.constitution))
    data = found.to_dict()
    return {**solution_words(game, data), **data, "players": list(game.players)}


def agree(job: Job) -> dict[str, Any]:
    """Return what the parties of a Case agree on, in words first, with its certificate."""
    from comity.agreement import agree as find
    from comity.cases import loads
    from comity.rooms.tools.wording import happens, named

    found = find(loads(job["text"]), rng=job["seed"], misreports=job["misreports"])
    data = found.to_dict()
    kept = ("play", "solution", "disagreement", "payoffs", "decisions", "certificate")
    first = {
        "status": data["status"],
        "words": str(found),
        "happens": happens(found.case.parties[0].model, data["play"]),
        "worth": named(found.case.names, data["payoffs"]),
    }
    return {**first, **{name: data[name] for name in kept}} | {
        "parties": list(found.case.names),
        "assumptions": data["assumptions"],
        "transcript_hash": found.transcript[-1]["hash"],
    }


def error_of(error: ComityError) -> dict[str, Any]:
    """Return an error of ours as plain JSON."""
    shown = {name: getattr(error, name) for name in ("place", "found", "expected")}
    data = {name: None if value is None else str(value)[:300] for name, value in shown.items()}
    return {"message": error.message, **data}


FUNCTIONS: dict[str, Callable[[Job], dict[str, Any]]] = {
    "check": check,
    "compare": compare,
    "solve": solve,
    "agree": agree,
}


def answer(job: Job) -> dict[str, Any]:
    """Return the answer to a job, or what is wrong with it."""
    from comity.core.results import plain

    try:
        return {"answer": plain(FUNCTIONS[job["function"]](job))}
    except ComityError as error:
        return {"error": error_of(error)}
    except (MemoryError, RecursionError) as error:
        return {"error": {"message": "it is too large to work out here", "found": str(error)[:80]}}


if __name__ == "__main__":
    main(sys.argv[1:], answer)
