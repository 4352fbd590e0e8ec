"""Print the blocks of docs/reference/api/inference.md: every public name, under its module.

.venv/bin/python docs/_inference.py
"""

from __future__ import annotations

import ast
from importlib.resources import files

SECTIONS = {
    "understanding": "Understanding",
    "evidence": "Evidence",
    "explanations": "Explanations",
    "estimation": "Estimation",
    "identification": "What cannot be told apart",
    "shift": "Another setting",
    "design": "The next question",
}
"""Folders in the order of the page, with their headings."""

FIRST = {
    "evidence": ("table", "situations", "plans", "reading", "adapters", "adapters.adapter"),
    "explanations": ("catalogue", "explanation", "motive", "procedure", "parameters"),
    "estimation": ("maximum_likelihood", "fits", "individuals", "mixtures", "mixture_fits"),
    "identification": (
        "equivalence",
        "divergence",
        "sample_sizes",
        "confidence_set",
        "imitation",
        "prior_detection",
        "likelihood_region",
        "fisher",
        "profile",
        "identified_set",
    ),
    "shift": ("settings", "predictions", "outcomes", "decision", "failure"),
    "design": ("menu", "information", "value", "worst_case", "space", "gradient", "sizing"),
}
"""Modules that open a section; the others follow by name."""

MORE = {
    "understanding": {
        "results": (
            "Understanding",
            "Standing",
            "Comparison",
            "People",
            "Rivalry",
            "Calibration",
            "NewSetting",
            "Question",
        ),
        "report.page": ("render_page", "write_page"),
    },
    "evidence": {
        **{
            f"evidence.adapters.{name}": (name,)
            for name in (
                "allocations",
                "budgets",
                "dictator",
                "dilemma",
                "plays",
                "public_goods",
                "punishment",
                "trust",
                "ultimatum",
            )
        },
    },
}
"""Modules whose names no lazy face lists."""


def shown_by(folder: str) -> dict[str, tuple[str, ...]]:
    """Return by module what the face of a folder shows, as its table says."""
    path = files("comity.inference") / folder / "__init__.py"
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
            table = ast.literal_eval(node.args[1])
            return {f"{folder}.{module}": tuple(names) for module, names in table.items()}
    return {}


def blocks(folder: str) -> list[str]:
    """Return one block for each module of a section."""
    table = shown_by(folder)
    first = [f"{folder}.{module}" for module in FIRST.get(folder, ())]
    rest = sorted(name for name in table if name not in first)
    table |= MORE.get(folder, {})
    order = [*first, *rest, *MORE.get(folder, ())]
    return [
        f"::: comity.inference.{module}\n    options:\n"
        f"      members: [{', '.join(table[module])}]\n      heading_level: 3\n"
        for module in order
    ]


def page() -> str:
    """Return all sections."""
    parts = []
    for folder, heading in SECTIONS.items():
        parts += [f"## {heading}\n", *blocks(folder)]
    return "\n".join(parts).rstrip()


if __name__ == "__main__":
    print(page())  # noqa: T201
