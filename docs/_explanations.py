"""Print the tables that docs/reference/explanations.md shows, from the package's catalogue.

.venv/bin/python docs/_explanations.py
"""

from __future__ import annotations

from collections.abc import Iterable

from comity.inference.explanations.catalogue import MOTIVES, PROCEDURES
from comity.inference.explanations.motive import Motive
from comity.inference.explanations.parameters import Parameter
from comity.inference.explanations.procedure import Procedure

HEAD = "| name | says | parameters | source |\n|---|---|---|---|"
KINDS = {
    "One decision": lambda p: not p.strategic and p.start is None and p.refuses is None,
    "Payments at several dates": lambda p: p.name in {"risk-then-time", "certainty-effect"},
    "Reasoning about the others": lambda p: p.strategic,
    "Learning": lambda p: p.start is not None and p.uses_motive,
    "Rules for repeated dilemmas": lambda p: p.start is not None and not p.uses_motive,
    "Planning": lambda p: p.name.startswith(("planning", "lookahead")),
}


def row(entry: Motive | Procedure) -> str:
    """Return the line of one motive or procedure."""
    names = ", ".join(f"`{p.name}`" for p in entry.parameters) or "–"
    return f"| `{entry.name}` | {entry.about} | {names} | {entry.source} |"


def meanings(entries: Iterable[Motive | Procedure]) -> list[str]:
    """Return one line per parameter: what it means, and where it may lie."""
    found: dict[tuple[str, str], Parameter] = {}
    for entry in entries:
        for parameter in entry.parameters:
            found.setdefault((parameter.name, parameter.meaning), parameter)
    ordered = sorted(found.values(), key=lambda p: (p.name, p.meaning))
    return [f"| `{p.name}` | {p.meaning} | {_range(p)} |" for p in ordered]


def _range(parameter: Parameter) -> str:
    low, high = parameter.low, parameter.high
    if low == float("-inf"):
        return "any number"
    return f"above {low:g}" if high == float("inf") else f"{low:g} to {high:g}"


def page() -> str:
    """Return all tables."""
    parts = ["## Motives\n", HEAD, *map(row, MOTIVES.values()), "\n## Procedures"]
    for title, belongs in KINDS.items():
        parts += [f"\n### {title}\n", HEAD]
        parts += [row(procedure) for procedure in PROCEDURES.values() if belongs(procedure)]
    parts += ["\n## Parameters\n", "| name | means | lies |\n|---|---|---|"]
    parts += meanings([*MOTIVES.values(), *PROCEDURES.values()])
    return "\n".join(parts)


if __name__ == "__main__":
    print(page())  # noqa: T201
