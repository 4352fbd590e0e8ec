"""The files of an oTree project, as texts by path.

oTree: Chen, Schonger and Wickens (2016, JBEF 9). Written for oTree 5 and newer.
"""

from __future__ import annotations

import keyword
import math
import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from importlib.resources import files
from string import Template

from comity.core import InputError
from comity.games.validation import check_names
from comity.inference.design.menu import Question
from comity.inference.design.question_file import option_key, write_questions

MOST_ROUNDS = 300
MOST_FIELDS = 60
"""Most columns in which payoffs are recorded beside the choice."""
LONGEST_APP = 30
MOST_AMOUNTS = 501

PAGES = {
    "menu": ("Introduction", "Choice", "End"),
    "ultimatum": ("Introduction", "Offer", "Answer", "Outcome"),
    "strategy": ("Introduction", "Decide", "Outcome"),
}
"""Pages of each kind of app; their texts are in ``templates``."""


@dataclass(frozen=True)
class UltimatumPlan:
    """An ultimatum game to be played.

    Attributes
    ----------
    total : to be divided, in points.
    step : between two offers.
    rounds : played with the same other person; the last is announced as the last.
    strategy : whether both say what they would offer and accept before one is drawn to offer;
        else one offers and the other answers.
    """

    total: float = 10.0
    step: float = 1.0
    rounds: int = 1
    strategy: bool = False

    def __post_init__(self) -> None:
        numbers = math.isfinite(self.total) and math.isfinite(self.step)
        if not (numbers and self.total > 0 and self.step > 0):
            raise InputError(
                "nothing to divide", place="total, step", found=(self.total, self.step)
            )
        steps = self.total / self.step
        if abs(steps - round(steps)) > 1e-9 * steps or steps + 1 > MOST_AMOUNTS:
            raise InputError(
                "the total is no number of steps",
                place="step",
                found=f"{steps:g} steps",
                expected=f"a whole number, at most {MOST_AMOUNTS - 1}",
            )
        if self.rounds != int(self.rounds) or not 1 <= self.rounds <= MOST_ROUNDS:
            raise InputError(
                "out of range", place="rounds", found=self.rounds, expected=f"1 to {MOST_ROUNDS}"
            )

    @property
    def amounts(self) -> list[float]:
        """What may be offered."""
        return [round(float(k * self.step), 9) for k in range(round(self.total / self.step) + 1)]


def app_name(text: str) -> str:
    """Return the nearest name that oTree takes for an app.

    Examples
    --------
    >>> app_name("Réciprocité, 2nd wave!"), app_name("2 offers"), app_name("class")
    ('reciprocite_2nd_wave', 'app_2_offers', 'app_class')
    """
    found = field_name(text)[:LONGEST_APP].rstrip("_")
    reserved = {"settings", "otree", "tests", "static"}
    if not found or found[0].isdigit() or keyword.iskeyword(found) or found in reserved:
        found = f"app_{found}".rstrip("_")[:LONGEST_APP]
    return found


def field_name(text: str) -> str:
    """Return a text in the letters, digits and underscores of a Python name."""
    plain = unicodedata.normalize("NFKD", text.casefold()).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "_", plain).strip("_")


def menu_project(
    questions: tuple[Question, ...],
    app: str,
    title: str,
    texts: dict[str, str],
    shuffle: bool,
) -> dict[str, str]:
    """Return the files of a project that asks one question a round; see `export_otree`."""
    if not 1 <= len(questions) <= MOST_ROUNDS:
        raise InputError(
            "not a number of questions that people answer",
            place="design",
            found=len(questions),
            expected=f"1 to {MOST_ROUNDS}",
        )
    names = [question.name for question in questions]
    check_names(names, "design")
    unknown = sorted(set(texts) - set(names))
    if unknown:
        raise InputError(
            "a text for no question", place="texts", found=unknown[0], expected=", ".join(names)
        )
    columns = _columns(questions)
    fields = "".join(
        f"    {column}_{option_key(k)} = models.FloatField()\n"
        for column in columns
        for k in range(len(questions[0].situation.options))
    )
    filled = {"fields": fields, "shuffle": str(bool(shuffle))}
    project = _project(
        "menu", app, title or "Questions", 1, filled, _menu_words(questions, columns)
    )
    records = _records(questions, columns)
    project[f"{app}/questions.json"] = write_questions(questions, texts, records)
    return project


def ultimatum_project(plan: UltimatumPlan, app: str, title: str) -> dict[str, str]:
    """Return the files of a project that plays an ultimatum game; see `export_otree`."""
    kind = "strategy" if plan.strategy else "ultimatum"
    filled = {
        "rounds": str(int(plan.rounds)),
        "total": repr(float(plan.total)),
        "amounts": repr(plan.amounts),
    }
    last = "" if plan.strategy else f", last_round={int(plan.rounds)}"
    words = {
        "before": "All rounds are paid, in points. Two people stay together for all rounds.",
        "read": (
            "    from comity.inference.evidence.adapters import ultimatum\n\n"
            f'    evidence = ultimatum("export.csv", step={float(plan.step)!r}{last})'
        ),
    }
    return _project(kind, app, title or "Ultimatum game", 2, filled, words)


def _project(
    kind: str, app: str, title: str, people: int, filled: dict[str, str], words: dict[str, str]
) -> dict[str, str]:
    """Return the texts of a project by path."""
    heading = " ".join(title.split())
    values = {
        "app": app,
        "title": repr(heading),
        "heading": re.sub(r"([\\`*_{}\[\]<>#|])", r"\\\1", heading),
        "people": str(people),
        **filled,
        **words,
    }
    project = {
        "settings.py": _filled("project/settings.py", values),
        "README.md": _filled("project/README.md", values),
        "requirements.txt": "otree>=5\n",
        "_static/readme.txt": "Pictures and styles of the pages go here.\n",
        f"{app}/__init__.py": _filled(f"{kind}/__init__.py", values),
        f"{app}/tests.py": _filled(f"{kind}/tests.py", values),
    }
    for page in PAGES[kind]:
        project[f"{app}/{page}.html"] = _filled(f"{kind}/{page}.html", values)
    return project


def _filled(name: str, values: Mapping[str, str]) -> str:
    template = files("comity.inference.design") / "templates" / f"{name}.txt"
    return Template(template.read_text(encoding="utf-8")).substitute(values)


def _columns(questions: Sequence[Question]) -> list[str]:
    """Return names of columns for what each recipient gets; none where rows would not be alike."""
    first = questions[0].situation
    alike = all(
        q.situation.shape == first.shape
        and q.situation.recipients == first.recipients
        and q.situation.shape[1] == 1
        for q in questions
    )
    if not alike or first.shape[0] * first.shape[2] > MOST_FIELDS:
        return []
    found: list[str] = []
    for i, recipient in enumerate(first.recipients):
        name = f"to_{field_name(recipient)}".rstrip("_")
        found.append(name if name not in found else f"{name}_{i + 1}")
    return found


def _records(questions: Sequence[Question], columns: Sequence[str]) -> list[dict[str, float]]:
    """Return by question what stands in the columns of payoffs."""
    return [
        {
            f"{column}_{option_key(k)}": float(question.situation.payoffs[k, 0, i])
            for i, column in enumerate(columns)
            for k in range(len(question.situation.options))
        }
        for question in questions
    ]


def _menu_words(questions: Sequence[Question], columns: Sequence[str]) -> dict[str, str]:
    """Return what the readme says of what is left to do, and of reading the data."""
    marks = {name for q in questions for name in (*q.situation.history, *q.situation.beliefs)}
    before = [
        "* Write the texts above the options: `text` in `questions.json`.",
        "* One decision is paid. What others get is noted in the column `amounts`; pay them too.",
    ]
    if marks:
        listed = ", ".join(f"`{field_name(mark)}`" for mark in sorted(marks))
        before.append(f"* People must know what the situations say of {listed}: put it into words.")
    if any(q.situation.menus for q in questions):
        before.append("* What the others do is drawn by chance: put real others in their place.")
    read = [
        "    from comity.inference.design import read_answers",
        "",
        '    evidence = read_answers("export.csv", "questions.json")',
    ]
    if columns:
        patterns = ", ".join(f'"{c[3:] or c}": "player.{c}_{{}}"' for c in columns)
        read += [
            "",
            "or, as choices between allocations:",
            "",
            "    from comity.inference.evidence.adapters import allocations",
            "",
            f'    evidence = allocations("export.csv", recipients={{{patterns}}})',
        ]
    return {"before": "\n".join(before), "read": "\n".join(read)}
