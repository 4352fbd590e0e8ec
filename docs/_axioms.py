"""Print the table of axioms that docs/explanation/solutions.md shows, from the package's data.

.venv/bin/python docs/_axioms.py
"""

from __future__ import annotations

from comity.solutions.axioms import AXIOMS, CELLS

HEADS = {
    "nash": "Nash",
    "kalai-smorodinsky": "Kalai-S.",
    "egalitarian": "egalit.",
    "utilitarian": "utilit.",
    "best-equilibrium": "best eq.",
    "best-correlated-equilibrium": "best corr. eq.",
    "maximin": "maximin",
}


def rows() -> list[str]:
    """Return one line per axiom: a mark for each concept, a dash where it has no meaning."""
    holds = {(cell.axiom, cell.concept): cell.holds for cell in CELLS}
    marks = {True: "yes", False: "**no**", None: "–"}
    return [
        f"| {axiom.name} | "
        + " | ".join(marks[holds.get((axiom.name, concept))] for concept in HEADS)
        + " |"
        for axiom in AXIOMS
    ]


def statements() -> list[str]:
    """Return one line per axiom: what is promised, and who asked for it."""
    return [f"| {a.name} | {a.statement} | {a.source} |" for a in AXIOMS]


def reasons() -> list[str]:
    """Return one line per way in which an axiom is broken."""
    found: dict[tuple[str, str], list[str]] = {}
    for cell in CELLS:
        if not cell.holds:
            found.setdefault((cell.axiom, cell.because), []).append(cell.concept)
    return [f"| {axiom} | {', '.join(who)} | {why} |" for (axiom, why), who in found.items()]


def page() -> str:
    """Return the whole section."""
    parts = [
        "| | " + " | ".join(HEADS.values()) + " |\n|---|" + ":-:|" * len(HEADS),
        *rows(),
        "\nA dash: the question has no meaning there.\n",
        "| axiom | promises that | asked for by |\n|---|---|---|",
        *statements(),
        "\nWhy it is broken where it is:\n",
        "| axiom | by | because |\n|---|---|---|",
        *reasons(),
    ]
    return "\n".join(parts)


if __name__ == "__main__":
    print(page())  # noqa: T201
