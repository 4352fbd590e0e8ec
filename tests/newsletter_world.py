"""A publication that nobody reads: thousands of entries with every hazard that sheets hold.

Sheets are written here by openpyxl and `csv` alone, so that what reads them is tested by another
road. `World.faults` lists what was planted: a test finds each of them and no other.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import accumulate
from pathlib import Path
from random import Random
from typing import Any, NamedTuple

from comity.newsletter.model.archive import Archive
from comity.newsletter.model.faults import ADVICE as ADVISING
from comity.newsletter.model.faults import Kind
from comity.newsletter.model.publication import Category, Publication

CATEGORIES = (
    Category(
        "Technical cooperation",
        (
            Category("Agreement", (Category("Bargaining"), Category("Commitment"))),
            Category("Learning", (Category("Learning from people"), Category("Zero-shot play"))),
            Category("Problems"),
        ),
    ),
    Category("Institutions", (Category("Norms"), Category("Rules & votes"))),
    Category("News"),
    Category("Miscellaneous (cooperation)"),
)
LEAVES = (
    "Bargaining",
    "Commitment",
    "Learning from people",
    "Zero-shot play",
    "Problems",
    "Norms",
    "Rules & votes",
    "News",
    "Miscellaneous (cooperation)",
)
PEOPLE = (
    "Ada Lovelace",
    "Charles Babbage",
    "Mary Somerville",
    "Émilie du Châtelet",
    "李善蘭",
    "Ibn al-Haytham",
    "O'Neill, Jr.",
    "Sofia Kovalevskaya",
    "Bernhard Bolzano",
    "Ștefan Odobleja",
)
SUMMARIZERS = ("Rohan", "Dana", "Asya", "Dana and Rohan", "Nikolas", "Rohan, Asya")
_NOUNS = (
    "agents people partners games rewards beliefs promises norms votes offers threats "
    "signals policies models goals teams markets rules juries auctions treaties questions "
    "answers values plans mistakes incentives contracts coalitions audits"
)
NOUNS = _NOUNS.split()
_VERBS = "share learn bound predict test break mend compare steer trust explain weigh"
VERBS = _VERBS.split()
_ADJECTIVES = (
    "fair robust joint hidden common honest costly early repeated private noisy small "
    "large cooperative strategic uncertain binding partial"
)
ADJECTIVES = _ADJECTIVES.split()
ODD_ISSUES = ("[{0} #{1}]", "{0}#{1}", "{0} #{1} (Extra)", "Fair Play Weekly #{1}", "#{1}", "{1}")
HAZARDS = (
    "<script>alert('x')</script> & <b>bold</b> &amp; \"quotes\"",
    "Two lines\r\nof Windows and\nof Unix",
    "  leading and trailing blanks  ",
    "=1+1 is no formula here",
    "+44 is a number, @home too",
    "- a list\n- of two\n\n1. and one",
    "'quoted like a formula",
    "'=twice",
    "emoji 🎲🤝🏽👩\u200d🚀 and \u2067العربية\u200f\u2069 and می\u200cخواهم",
    "maths $x_i^2 \\le \\sum_j y_j$ and `code` and _under_",
    "[a link](https://example.org/a_(b)?q=1&r=2) and https://example.org/bare",
    "a,comma;semicolon\tand tab",
    "_x000D_ is what Excel writes",
    "nbsp\u00a0and \u2028line separator",
    "\u201cCurly\u201d \u2014 dashes\u2026",
    "Bcc: everybody@example.org",
)


class Link(NamedTuple):
    """A cell with a link behind its text."""

    text: str
    url: str


class Formula(NamedTuple):
    """A formula with no result."""

    text: str


Value = Any
"""What a cell holds: text, number, truth, a `Link` or a `Formula`; None where it is empty."""


@dataclass
class World:
    """A sheet with what was planted in it."""

    publication: Publication
    headings: list[str]
    rows: list[list[Value]]
    faults: list[tuple[int, str, Kind]] = field(default_factory=list)
    """Row, heading and kind of what was planted."""
    advice: list[tuple[int, str, Kind]] = field(default_factory=list)
    """The same of what should be known but stops nothing."""
    secrets: list[str] = field(default_factory=list)
    """Words that stand only where nobody but the editors may read."""
    references: int = 0
    referred: set[str] = field(default_factory=set)
    """Titles that texts refer to."""

    def advice_in(self, suffix: str) -> list[tuple[int, str, Kind]]:
        """Return what is to be told of a kind of file: in text a formula is its words."""
        told = [(row, heading, Kind.RAW_FORMULA) for row, heading, kind in self.faults
                if kind is Kind.FORMULA and suffix == ".csv"]  # fmt: skip
        link = Kind.LOST_LINK
        kept = [advice for advice in self.advice if advice[2] != link or suffix != ".csv"]
        return sorted([*kept, *told], key=lambda advice: advice[:2])

    def faults_in(self, suffix: str) -> list[tuple[int, str, Kind]]:
        """Return what was planted that a kind of file can hold: no links or formulas in text."""
        lost = {(Kind.BAD_ADDRESS, "Title"), (Kind.FORMULA, "Venue")} if suffix == ".csv" else set()
        return [fault for fault in self.faults if (fault[2], fault[1]) not in lost]

    def column(self, heading: str) -> int:
        """Return the place of a column."""
        return self.headings.index(heading)

    def write(self, path: Path) -> Path:
        """Write the sheet, by the end of the file's name."""
        (write_xlsx if path.suffix == ".xlsx" else write_csv)(path, self.headings, self.rows)
        return path


def make_world(
    form: str = "editor",
    *,
    entries: int = 2000,
    issues: int = 170,
    seed: int = 0,
    faults: bool = False,
) -> World:
    """Return a sheet of one of the two forms, without faults or with all of them planted."""
    maker = _Maker(Random(seed), entries, issues)
    return maker.make(form, faults=faults)


def make_archive(
    entries: int = 2000, issues: int = 170, seed: int = 0
) -> tuple[Publication, Archive, list[str]]:
    """Return a publication with all its content, and the words that it must keep to itself."""
    from comity.newsletter.model.issue import Issue
    from comity.newsletter.sheets.cells import Cell, Table
    from comity.newsletter.sheets.importing import plan_import

    world = make_world(entries=entries, issues=issues, seed=seed)
    rows = [
        {
            k: Cell(*value) if isinstance(value, Link) else Cell(value)
            for k, value in enumerate(row)
            if value not in (None, "")
        }
        for row in world.rows
    ]
    table = Table("world", tuple(world.headings), tuple(rows))
    plan = plan_import(table, Archive(()), world.publication, rng=Random(seed))
    dated = tuple(
        Issue(
            issue.number,
            date=_day(issue.number),
            opening=f"Welcome to issue {issue.number}.",
            sent=f"{_day(issue.number)}T09:00:00+00:00" if not issue.is_draft else "",
            created=f"{_day(issue.number)}T08:00:00+00:00",
        )
        for issue in plan.issues
    )
    return world.publication, Archive(plan.entries, dated), world.secrets


def _day(number: int) -> str:
    from datetime import date, timedelta

    return (date(2018, 4, 9) + timedelta(days=7 * number)).isoformat()


def write_xlsx(path: Path, headings: Sequence[str], rows: Iterable[Sequence[Value]]) -> None:
    """Write a workbook with a frozen row, a hidden column and a second worksheet."""
    from openpyxl import Workbook

    from comity.newsletter.sheets.xlsx_text import escape

    book = Workbook()
    sheet = book.active
    sheet.title = "Database"
    sheet.freeze_panes = "C2"
    sheet.column_dimensions["B"].hidden = True
    for number, row in enumerate([headings, *rows], start=1):
        for place, value in enumerate(row, start=1):
            if value is None:
                continue
            cell = sheet.cell(number, place)
            text = value.text if isinstance(value, Link | Formula) else value
            if isinstance(text, str):
                # Set as it stands: openpyxl cuts long texts and takes some for formulas.
                cell._value = escape(text)
                cell.data_type = "f" if isinstance(value, Formula) else "s"
            else:
                cell.value = text
            if isinstance(value, Link) and value.url:
                cell.hyperlink = value.url
    book.create_sheet("Scratch")["A1"] = "nothing of ours"
    book.save(path)


def write_csv(path: Path, headings: Sequence[str], rows: Iterable[Sequence[Value]]) -> None:
    """Write a text; links are lost, and texts that begin as formulas do carry an apostrophe."""
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream)
        writer.writerow(headings)
        for row in rows:
            texts = [_csv_text(value) for value in row]
            writer.writerow(texts + [""] * (len(headings) - len(texts)))


def _csv_text(value: Value) -> str:
    if isinstance(value, Link | Formula):
        value = value.text
    if isinstance(value, bool):
        return str(value).upper()
    if isinstance(value, float):
        return f"{value:g}"
    text = "" if value is None else str(value)
    return "'" + text if text.lstrip("'").lstrip()[:1] in tuple("=+-@") and text.strip() else text


@dataclass
class _Maker:
    rng: Random
    entries: int
    issues: int

    def make(self, form: str, *, faults: bool) -> World:
        publication = Publication(
            "Fair Play Weekly",
            "FPW",
            url="https://fair.example.org",
            editor="Rohan",
            address="editor@fair.example.org",
            categories=CATEGORIES,
            aliases={"R. Example": "Rohan"},
        )
        headings = list(_headings(form))
        self.titles = self._titles()
        world = World(publication, headings, [])
        self.world = world
        records = [self._record(k) for k in range(self.entries)]
        for record in records:
            world.rows.append([record.get(heading) for heading in headings])
        for place in (self.entries // 3, self.entries // 2):
            world.rows.insert(place, [])
        if form == "editor":
            world.advice += _held_back(world)
        if faults:
            _plant(world)
        return world

    def _titles(self) -> list[str]:
        titles: dict[str, None] = {}
        k = 0
        while len(titles) < self.entries:
            words = [self.rng.choice(ADJECTIVES), self.rng.choice(NOUNS), self.rng.choice(VERBS)]
            title = f"{' '.join(words).capitalize()} {self.rng.choice(NOUNS)}"
            odd = (f"{title}?", f"“{title}”: a reply", f'The "{title}" {k}', f"{title} @ work {k}")
            titles[self.rng.choice(odd) if k % 7 == 0 else f"{title} {k}"] = None
            k += 1
        return list(titles)

    def _record(self, k: int) -> dict[str, Value]:
        """Return one entry's cells, by all headings that there are."""
        rng = self.rng
        issue = 1 + k * self.issues // self.entries
        is_last = issue == self.issues
        public = rng.choices(("Yes", "", "Link only", "No", "With edits"), (80, 8, 4, 5, 3))[0]
        public = "Yes" if is_last and public in ("", "With edits") else public
        email = ODD_ISSUES[k % 6].format("FPW", issue) if k % 50 == 0 else f"FPW #{issue}"
        status = "Pending" if is_last else rng.choices(("Sent", "Sent link only"), (95, 5))[0]
        if k % 40 == 39:
            email, status = "", rng.choice(("Do not send", "N/A"))
        has_summary = rng.random() < 0.75
        title, url = self.titles[k], f"https://example.org/{k}"
        if public == "No":
            title = f"{title} {self._secret()}"
            self.titles[k] = title
        summary = self._text(k, issue, public) if has_summary else None
        opinion = self._text(k, issue, public) if has_summary and rng.random() < 0.5 else None
        highlight = rng.random() < 0.08
        rating = 10 if highlight else rng.choice((None, None, 3, 5, 7, 9, 8.0))
        return {
            "Rec?": rating,
            "Highlight?": rng.choice(("Highlight", "x", True)) if highlight else None,
            "Category": LEAVES[rng.randrange(len(LEAVES))],
            "Title": Link(title, url) if self.world.headings[0] == "Rec?" else title,
            "Authors": self._authors(),
            "Venue": rng.choice(("arXiv", "NeurIPS 2019", "Journal of Fair Play", None)),
            "Year": rng.choice((2018, 2019.0, 2020, "2018", "June 2018", "May 2018", None)),
            "H/T": rng.choice((None, None, "Mary Somerville")),
            "Summarizer": rng.choice(SUMMARIZERS) if has_summary else None,
            "Email status": status,
            "Public?": public or None,
            "Summarize?": rng.choice((None, "maybe")),
            "Notes": self._secret() if k % 3 == 0 else None,
            "Email": email or None,
            "Summary": summary,
            "My opinion": opinion,
            "Prerequisites": self._reference(k, public) if k % 9 == 8 else None,
            "Read more": f"[Paper]({url})" if k % 4 == 0 else None,
            "URL": url,
            "Mood": rng.choice((None, "calm", "=calm", 7)),
        }

    def _authors(self) -> str:
        names = self.rng.sample(PEOPLE, self.rng.choice((1, 1, 2, 3, 5)))
        if len(names) > 2 and self.rng.random() < 0.3:
            names[:2] = [f"{name}*" for name in names[:2]]
        joined = "; ".join(names) if any("," in name for name in names) else ", ".join(names)
        return joined + (" et al." if len(names) == 3 else "")

    def _text(self, k: int, issue: int, public: str) -> str:
        sentences = [self._sentence() for _ in range(self.rng.choice((2, 4, 8, 12)))]
        if self.rng.random() < 0.3:
            sentences.append(self._reference(k, public))
        if self.rng.random() < 0.15:
            sentences.insert(self.rng.choice((0, 1)), self.rng.choice(HAZARDS))
        if public in ("Link only", "No"):
            sentences.append(self._secret())
        if k == 77:
            sentences += [self._sentence() for _ in range(350)]
        return "\n\n".join(" ".join(sentences[j : j + 5]) for j in range(0, len(sentences), 5))

    def _sentence(self) -> str:
        rng = self.rng
        weights = list(accumulate(1 / (rank + 1) for rank in range(len(NOUNS))))
        nouns = rng.choices(NOUNS, cum_weights=weights, k=3)
        return (
            f"{rng.choice(ADJECTIVES).capitalize()} {nouns[0]} {rng.choice(VERBS)}"
            f" {rng.choice(ADJECTIVES)} {nouns[1]} where {nouns[2]} {rng.choice(VERBS)}"
            f" within {rng.randrange(2, 99)}%."
        )

    def _reference(self, k: int, public: str) -> str:
        """Return a reference to something earlier that is as public as this."""
        before = [j for j in range(max(0, k - 400), k) if "SECRET" not in self.titles[j]]
        if not before:
            return "See nothing."
        title = self.titles[self.rng.choice(before)]
        self.world.referred.add(title)
        self.world.references += 1
        written = self.rng.choice((title, title.upper(), f" {title}"))
        if self.rng.random() < 0.5:
            return f"See <@{written}@>."
        return f'It answers <@an "earlier" [work] of theirs@>(@{written}@).'

    def _secret(self) -> str:
        word = f"SECRET{len(self.world.secrets):05d}"
        self.world.secrets.append(word)
        return word


def _headings(form: str) -> tuple[str, ...]:
    """Return the columns of a form, some of them moved, and one that no form knows."""
    if form == "editor":
        return (
            "Rec?", "Title", "Category", "Authors", "Venue", "Year", "H/T", "Summarizer",
            "Email status", "Public?", "Mood", "Summarize?", "Notes", "Email", "Summary",
            "My opinion", "Prerequisites", "Read more",
        )  # fmt: skip
    return (
        "Category", "Highlight?", "Title", "Authors", "Venue", "Year", "H/T", "Email",
        "Summarizer", "Summary", "My opinion", "Prerequisites", "Read more", "URL",
    )  # fmt: skip


PLANTED: tuple[tuple[Kind, str, Value], ...] = (
    (Kind.NO_TITLE, "Title", None),
    (Kind.UNKNOWN_CATEGORY, "Category", "Bargaining and such"),
    (Kind.NO_CATEGORY, "Category", None),
    (Kind.UNKNOWN_WORD, "Highlight?", "perhaps"),
    (Kind.UNKNOWN_WORD, "Email status", "Posted"),
    (Kind.UNKNOWN_WORD, "Public?", "Nope"),
    (Kind.NO_NUMBER, "Rec?", "great"),
    (Kind.OUT_OF_RANGE, "Rec?", 11),
    (Kind.NO_NUMBER, "Year", "soon"),
    (Kind.NO_NUMBER, "Year", 2018.5),
    (Kind.BAD_ADDRESS, "URL", "javascript:alert(1)"),
    (Kind.BAD_ADDRESS, "Title", Link("A title that leads nowhere", "file:///etc/hosts")),
    (Kind.BAD_CHARACTERS, "Venue", "bell\x07"),
    (Kind.TURNED, "Authors", "Ada \u202bLovelace"),
    (Kind.TOO_LONG, "Summary", "x" * 40_000),
    (Kind.UNKNOWN_ISSUE, "Email", "the spring one"),
    (Kind.UNKNOWN_ISSUE, "Email", "FPW #3, FPW #4"),
    (Kind.UNKNOWN_ISSUE, "Email", 43221),
    (Kind.UNKNOWN_ISSUE, "Email", "FPW #90210"),
    (Kind.UNRESOLVED_REFERENCE, "Summary", "See <@A work that nobody has read@>."),
    (Kind.AMBIGUOUS_REFERENCE, "Summary", "See <@Twice told@>."),
    (Kind.BROKEN_REFERENCE, "Summary", "See <@this and no more."),
    (Kind.FORMULA, "Venue", Formula("=SUM(A1:A2)")),
)
"""Faults of one cell, each planted in a row of its own."""

ADVICE: tuple[tuple[Kind, str, Value], ...] = (
    (Kind.INVISIBLE, "Title", "A zero\u200bwidth title"),
    (Kind.INVISIBLE, "Summary", "Hyphens that are so\u00adft."),
    (Kind.OTHER_SPELLING, "Category", "bargaining "),
    (Kind.SEVERAL_YEARS, "Year", "2018-2019"),
    (Kind.LOOKS_OTHERWISE, "URL", "https://fair.\u0430pple.example/play"),
    (Kind.RAW_FORMULA, "Summary", '=HYPERLINK("https://example.org", "here")'),
    (Kind.LOST_LINK, "H/T", Link("Mary Somerville", "https://example.org/mary")),
    (Kind.SELF_REFERENCE, "Read more", "See <@{title}@>."),
    (Kind.REFERENCE_IN_CODE, "Summary", "It is typed `<@{title}@>`."),
    (Kind.OPEN_CODE, "Summary", "Try:\n\n```\nx = 1\n``` and see."),
)
"""What is told of one cell and stops nothing; ``{title}`` is that of its row."""


def _held_back(world: World) -> Iterator[tuple[int, str, Kind]]:
    """Yield the rows that readers of an issue that was sent do not see yet."""
    public, status = world.column("Public?"), world.column("Email status")
    for number, row in enumerate(world.rows, start=2):
        if row and row[public] == "With edits" and row[status] in ("Sent", "Sent link only"):
            yield number, "Public?", Kind.HELD_BACK


def _title_of(world: World, row: int) -> str:
    title = world.rows[row][world.column("Title")]
    return str(title.text if isinstance(title, Link) else title)


def _plant(world: World) -> None:
    """Plant every fault that a sheet of this form can have, each in a row of its own."""
    free = _free_rows(world)
    for kind, heading, value in PLANTED:
        is_link = isinstance(value, Link)
        if heading not in world.headings or (is_link and "URL" in world.headings):
            continue
        row = next(free)
        world.rows[row][world.column(heading)] = value
        world.faults.append((row + 2, heading, kind))
    for kind, heading, value in ADVICE:
        if heading not in world.headings:
            continue
        row = next(free)
        told = value.format(title=_title_of(world, row)) if isinstance(value, str) else value
        world.rows[row][world.column(heading)] = told
        world.advice.append((row + 2, heading, kind))
    for kind, heading, cells in (
        (Kind.OPINION_WITHOUT_SUMMARY, "My opinion", {"Summary": None, "My opinion": "Good."}),
        (Kind.SUMMARY_WITHOUT_SUMMARIZER, "Summarizer", {"Summarizer": None}),
        (None, "", {"Title": "Twice told"}),
        (Kind.DUPLICATE_TITLE, "Title", {"Title": "Twice told"}),
        (Kind.DUPLICATE_TITLE, "Title", {"Title": "Twice  Told."}),
        (Kind.LATE_ENTRY, "Email status", {"Email status": "Pending", "Public?": "Yes"}),
        (Kind.KEPT_OUT, "Email status", {"Email status": "N/A", "Public?": "Yes"}),
        (Kind.SENT_NOWHERE, "Email", {"Email status": "Sent", "Email": "N/A", "Public?": "Yes"}),
    ):
        if not {*cells} <= {*world.headings}:
            continue
        row = next(free)
        for name, value in cells.items():
            world.rows[row][world.column(name)] = value
        if kind:
            (world.advice if kind in ADVISING else world.faults).append((row + 2, heading, kind))
    row = next(free)
    world.rows[row].append("homeless")
    world.faults.append((row + 2, f"[column {_letter(len(world.headings))}]", Kind.NO_HEADING))
    world.faults.sort(key=lambda fault: (fault[0], fault[1]))


def _free_rows(world: World) -> Iterator[int]:
    """Yield rows whose titles nothing refers to, each with a plain summary by somebody."""
    for row in range(10, len(world.rows) // 3, 3):
        if _title_of(world, row) in world.referred or _is_outside(world, row):
            continue
        for name, value in (("Summary", "Plain."), ("Summarizer", "Dana"), ("My opinion", None)):
            world.rows[row][world.column(name)] = value
        yield row


def _is_outside(world: World, row: int) -> bool:
    """Return whether a row is in no issue, or waits for edits: what is planted stands alone."""
    said = dict(zip(world.headings, world.rows[row], strict=False))
    return said.get("Public?") == "With edits" or not said.get("Email", "")


def _letter(place: int) -> str:
    return chr(ord("A") + place)
