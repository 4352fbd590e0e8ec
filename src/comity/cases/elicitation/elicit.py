"""From plain answers to a Case: an interview without a screen.

`Interview` asks one question at a time and writes a commented Case file at the end. People answer
on a terminal (`comity new`), programs from a table of answers; both go through the same questions.
"""

from __future__ import annotations

from collections.abc import Generator, Mapping
from typing import Any

from comity.cases.elicitation.answers import Question
from comity.cases.elicitation.drafting import Draft
from comity.cases.elicitation.questions import script
from comity.cases.faults import close_to
from comity.cases.writing import to_toml
from comity.core.errors import InputError


class Interview:
    """A conversation that ends in a Case.

    Parameters
    ----------
    answers : answers known beforehand, by key of the question; asked questions skip over them.

    Examples
    --------
    >>> interview = Interview({"title": "Rent", "parties": "Ana, Bo", "bystanders": ""})
    >>> interview.question.words
    'Is there something to settle between them, or does each choose what to do?'
    >>> interview.answer("settle")
    >>> interview.question.key
    'issues'
    """

    def __init__(self, answers: Mapping[str, str] | None = None) -> None:
        self.given = dict(answers or {})
        self.answers: dict[str, str] = {}
        self.draft = Draft()
        self._script: Generator[Question, Any, None] = script(self.draft, self.given)
        self.question: Question | None = None
        self._advance(None)

    @property
    def notes(self) -> tuple[str, ...]:
        """What was contradictory or assumed so far, a sentence each."""
        return tuple(self.draft.notes)

    def answer(self, text: str) -> None:
        """Answer the current question; where the text is no answer, raise and stay."""
        self._advance(self._heard(self._current(), text))

    def _heard(self, question: Question, text: str) -> Any:
        """Return the parsed answer, after noting it and what an empty one assumes."""
        parsed = question.parse(text)
        self.answers[question.key] = text.strip()
        if not text.strip() and question.unsaid:
            self.draft.assume(question.unsaid)
        return parsed

    def finish(self) -> None:
        """Answer what is left with its default, or raise for what only a person can tell."""
        while self.question is not None:
            if self.question.default is None:
                raise InputError(
                    f"no answer to: {self.question.words}",
                    place=self.question.key,
                    expected=self.question.hint or "an answer",
                )
            self.answer("")
        unused = [key for key in self.given if key not in self.answers]
        if unused:
            near = close_to(unused[0], self.answers)
            raise InputError(
                "an answer to no question",
                found=repr(unused[0]),
                expected=f"{near!r}?" if near else "a key of a question asked",
            )

    def data(self) -> dict[str, Any]:
        """Return the Case as plain data, once there are no more questions."""
        if self.question is not None:
            raise InputError("the interview is not over", place=self.question.key)
        return self.draft.data

    def text(self) -> str:
        """Return the Case as commented TOML, once there are no more questions."""
        return to_toml(self.data(), self.draft.comments)

    def _current(self) -> Question:
        if self.question is None:
            raise InputError("there are no more questions")
        return self.question

    def _advance(self, parsed: Any) -> None:
        """Move to the next question that is not answered beforehand."""
        try:
            self.question = self._script.send(parsed)
            while self.question.key in self.given:
                heard = self._heard(self.question, self.given[self.question.key])
                self.question = self._script.send(heard)
        except StopIteration:
            self.question = None
