"""Evidence: who chose what, when, in which situation, seeing what."""

from __future__ import annotations

import dataclasses
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from comity.core.errors import InputError
from comity.inference.evidence.situations import Situation
from comity.inference.evidence.words import counted

MOST_FAULTS_SHOWN = 12


@dataclass(frozen=True)
class Fault:
    """A row that is not used, and why.

    Attributes
    ----------
    row : where it stands in the source: the line of a file, or the label of a DataFrame's row.
    kind : ``missing``, ``impossible`` or ``contradictory``.
    message : what is wrong with it, with what was found and what was expected.
    """

    row: str
    kind: str
    message: str

    def __str__(self) -> str:
        return f"{self.row}: {self.kind}: {self.message}"


@dataclass(frozen=True, eq=False)
class Evidence:
    """A typed table of decisions.

    Attributes
    ----------
    situations : the different situations, G of them.
    people, games, studies : names; a game is a treatment or a kind of decision, a study a session
        or a data set.
    person, situation, choice, game, study : shape (N,), places in the lists above and, for
        ``choice``, among the options of the row's situation.
    sequence : shape (N,), which match or block of repeated decisions a row belongs to; rows of
        one person and sequence follow each other in ``order``. Unrelated decisions have numbers
        of their own.
    order : shape (N,), when it was decided: whole numbers that grow within the person. Rows that
        are not used may leave gaps; decisions of one row of the source share a number.
    others : shape (N,), the contingency that came about afterwards; -1 where it is not known.
    faults : rows of the source that are not used.
    source : where the data come from.
    assumptions : what was filled in or set aside, a sentence each.
    room : how many rows arrays by person have at least: as many as in the table that this is a
        part of, so that programs compiled for one serve the other.
    """

    situations: tuple[Situation, ...]
    people: tuple[str, ...]
    person: np.ndarray
    situation: np.ndarray
    choice: np.ndarray
    games: tuple[str, ...] = ("game",)
    game: np.ndarray = field(default_factory=lambda: np.zeros(0, int))
    studies: tuple[str, ...] = ("study",)
    study: np.ndarray = field(default_factory=lambda: np.zeros(0, int))
    sequence: np.ndarray = field(default_factory=lambda: np.zeros(0, int))
    order: np.ndarray = field(default_factory=lambda: np.zeros(0, int))
    others: np.ndarray = field(default_factory=lambda: np.zeros(0, int))
    faults: tuple[Fault, ...] = ()
    source: str = ""
    assumptions: tuple[str, ...] = ()
    room: int = field(default=0, repr=False, metadata={"plain": False})

    def __post_init__(self) -> None:
        count = len(np.asarray(self.choice))
        defaults = {
            "person": None,
            "situation": None,
            "choice": None,
            "game": np.zeros(count, int),
            "study": np.zeros(count, int),
            "sequence": np.arange(count),
            "order": np.arange(count),
            "others": np.full(count, -1),
        }
        for name, default in defaults.items():
            given = np.asarray(getattr(self, name))
            if default is not None and len(given) == 0:
                given = default
            object.__setattr__(self, name, _whole(given, count, name))
        _check_places(self.person, len(self.people), "person")
        _check_places(self.situation, len(self.situations), "situation")
        _check_places(self.game, len(self.games), "game")
        _check_places(self.study, len(self.studies), "study")
        sizes = np.array([s.shape[:2] for s in self.situations], int).reshape(-1, 2)
        _check_below(self.choice, sizes[self.situation, 0], 0, "choice")
        _check_below(self.others, sizes[self.situation, 1], -1, "others")

    def __len__(self) -> int:
        return len(self.choice)

    def subset(self, keep: np.ndarray) -> Evidence:
        """Return the rows where ``keep`` (shape (N,), true or false) holds; names all stay."""
        keep = np.asarray(keep, bool)
        rows = ("person", "situation", "choice", "game", "study", "sequence", "order", "others")
        room = max(self.room, int(np.bincount(self.person, minlength=1).max()))
        kept = {name: getattr(self, name)[keep] for name in rows}
        return dataclasses.replace(self, **kept, room=room)

    def of_people(self, keep: Sequence[int] | np.ndarray) -> Evidence:
        """Return the rows of some people, by their different places; only their names stay."""
        places = np.asarray(keep, int)
        if len(np.unique(places)) < len(places):
            raise InputError(
                "a person stands twice", place="people", found=list(keep)[:12], expected="once each"
            )
        renamed = np.full(len(self.people), -1)
        renamed[places] = np.arange(len(places))
        part = self.subset(np.isin(self.person, places))
        return dataclasses.replace(
            part, people=tuple(self.people[p] for p in places), person=renamed[part.person]
        )

    def choice_counts(self) -> np.ndarray:
        """Return how often each option was chosen in each situation, shape (G, K)."""
        widest = max((len(s.options) for s in self.situations), default=1)
        counts = np.zeros((len(self.situations), widest), int)
        np.add.at(counts, (self.situation, self.choice), 1)
        return counts

    def to_frame(self) -> Any:
        """Return the table as a pandas DataFrame with names in place of numbers."""
        import pandas as pd

        chosen = [
            self.situations[s].options[c] for s, c in zip(self.situation, self.choice, strict=True)
        ]
        return pd.DataFrame(
            {
                "person": np.array(self.people, object)[self.person],
                "study": np.array(self.studies, object)[self.study],
                "game": np.array(self.games, object)[self.game],
                "sequence": self.sequence,
                "order": self.order,
                "situation": [self.situations[s].name or f"situation {s}" for s in self.situation],
                "choice": chosen,
                "others": self.others,
            }
        )

    def summary(self) -> str:
        """Return in a few lines what there is and what is not used."""
        people, places = (len(np.unique(column)) for column in (self.person, self.situation))
        source = f" ({self.source})" if self.source else ""
        who, where = counted(people, "person", "people"), counted(places, "situation")
        lines = [f"{counted(len(self), 'decision')} of {who} in {where}{source}"]
        lines += [f"  {sentence}" for sentence in self.assumptions]
        if self.faults:
            kinds = Counter(fault.kind for fault in self.faults)
            counts = ", ".join(f"{count:,} {kind}" for kind, count in sorted(kinds.items()))
            lines.append(f"not used: {counted(len(self.faults), 'entry', 'entries')}, {counts}")
            lines += [f"  {fault}" for fault in self.faults[:MOST_FAULTS_SHOWN]]
            if len(self.faults) > MOST_FAULTS_SHOWN:
                lines.append(f"  and {len(self.faults) - MOST_FAULTS_SHOWN:,} more")
        return "\n".join(lines)

    def __str__(self) -> str:
        return self.summary()


@dataclass
class Rows:
    """Decisions as they are read, one at a time, until they become `Evidence`.

    Situations that are given twice under the same key are kept once. People are told apart by
    study and name.
    """

    source: str = ""
    found: list[tuple[str, int, int, str, str, object, float | None, int]] = field(
        default_factory=list
    )
    faults: list[Fault] = field(default_factory=list)
    situations: dict[object, int] = field(default_factory=dict)
    kept: list[Situation] = field(default_factory=list)

    def situation(self, key: object, situation: Situation) -> int:
        """Return the place of a situation, kept under a key of your own."""
        if key not in self.situations:
            self.situations[key] = len(self.kept)
            self.kept.append(situation)
        return self.situations[key]

    def add(
        self,
        person: str,
        situation: int,
        choice: int,
        *,
        game: str = "game",
        study: str = "study",
        sequence: object = None,
        order: float | None = None,
        others: int = -1,
    ) -> None:
        """Add one decision; without a sequence it stands alone, without an order it comes next.

        Orders that are whole numbers are kept as given; other ones are replaced by ranks.
        """
        own = ("alone", len(self.found)) if sequence is None else ("together", sequence)
        self.found.append((person, situation, choice, game, study, own, order, others))

    def fault(self, row: object, kind: str, message: str) -> None:
        """Note a row that is not used."""
        self.faults.append(Fault(str(row), kind, message))

    def evidence(self, assumptions: Sequence[str] = ()) -> Evidence:
        """Return all that was added, or raise `InputError` where nothing could be used."""
        if not self.found:
            first = f"; the first: {self.faults[0]}" if self.faults else ""
            raise InputError(
                "no decision can be used",
                file=self.source or None,
                found=f"{len(self.faults)} rows with faults{first}",
                expected="one usable row or more",
            )
        persons, places, choices, games, studies, sequences, orders, others = zip(
            *self.found, strict=True
        )
        pairs, person = _named(list(zip(studies, persons, strict=True)))
        people = _told_apart(pairs)
        game_names, game = _named(games)
        study_names, study = _named(studies)
        _, sequence = _named(list(zip(person.tolist(), sequences, strict=True)))
        return Evidence(
            situations=tuple(self.kept),
            people=people,
            person=person,
            situation=np.array(places),
            choice=np.array(choices),
            games=game_names,
            game=game,
            studies=study_names,
            study=study,
            sequence=sequence,
            order=_whens(person, orders),
            others=np.array(others),
            faults=tuple(self.faults),
            source=self.source,
            assumptions=tuple(assumptions),
        )


def join(parts: Sequence[Evidence]) -> Evidence:
    """Return several tables as one; people of the same name in the same study are one person.

    What a person decided in a later table comes after what it decided in earlier ones. Faults
    name their source where there are several.
    """
    if not parts:
        raise InputError("nothing to join", place="evidence", found=0, expected="one or more")
    sources = list(dict.fromkeys(part.source for part in parts if part.source))
    rows = Rows(source="; ".join(sources))
    began: dict[tuple[str, str], int] = {}
    for k, part in enumerate(parts):
        places = [rows.situation(id(s), s) for s in part.situations]
        after = dict(began)
        for i in range(len(part)):
            name, study = part.people[part.person[i]], part.studies[part.study[i]]
            order = after.get((study, name), 0) + int(part.order[i])
            began[study, name] = max(began.get((study, name), 0), order + 1)
            rows.add(
                name,
                places[part.situation[i]],
                int(part.choice[i]),
                game=part.games[part.game[i]],
                study=study,
                sequence=(k, int(part.sequence[i])),
                order=order,
                others=int(part.others[i]),
            )
        rows.faults += _placed(part.faults, part.source if len(sources) > 1 else "")
    return rows.evidence(list(dict.fromkeys(a for part in parts for a in part.assumptions)))


def _placed(faults: Sequence[Fault], source: str) -> list[Fault]:
    if not source:
        return list(faults)
    return [dataclasses.replace(fault, row=f"{source}, {fault.row}") for fault in faults]


def _told_apart(pairs: Sequence[tuple[str, str]]) -> tuple[str, ...]:
    """Return names of people by study and name, the study beside those that several share."""
    shared = Counter(name for _, name in pairs)
    return tuple(f"{name} ({study})" if shared[name] > 1 else name for study, name in pairs)


def _named(values: Sequence[Any]) -> tuple[tuple[Any, ...], np.ndarray]:
    """Return the different values in the order in which they come, and the place of each."""
    places: Mapping[Any, int] = {v: k for k, v in enumerate(dict.fromkeys(values))}
    return tuple(places), np.array([places[value] for value in values], int)


def _whens(person: np.ndarray, orders: Sequence[float | None]) -> np.ndarray:
    """Return the orders where all are whole numbers, else ranks within the person.

    Rows without an order come where they stand; so do ties.
    """
    given = np.array([i if when is None else when for i, when in enumerate(orders)], float)
    if None not in orders and (given == np.round(given)).all():
        return given.astype(int)
    sort = np.lexsort((np.arange(len(given)), given, person))
    starts = np.searchsorted(person[sort], person[sort])
    ranks = np.empty(len(sort), int)
    ranks[sort] = np.arange(len(sort)) - starts
    return ranks


def _whole(values: np.ndarray, count: int, place: str) -> np.ndarray:
    if values.shape != (count,) or (count and not np.issubdtype(values.dtype, np.integer)):
        raise InputError(
            "not one whole number per decision",
            place=place,
            found=f"{values.dtype} of shape {values.shape}",
            expected=f"whole numbers of shape ({count},)",
        )
    return values.astype(int)


def _check_places(values: np.ndarray, size: int, place: str) -> None:
    _check_below(values, np.full(len(values), size), 0, place)


def _check_below(values: np.ndarray, sizes: np.ndarray, low: int, place: str) -> None:
    wrong = np.flatnonzero((values < low) | (values >= sizes))
    if len(wrong):
        row = int(wrong[0])
        raise InputError(
            "out of range",
            place=f"{place}, row {row}",
            found=int(values[row]),
            expected=f"{low} to {int(sizes[row]) - 1}",
        )
