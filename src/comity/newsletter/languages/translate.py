"""An edition in another language: every sentence translated, checked, or refused with its reason.

An engine sees an issue as readers see it: what is made from a view holds nothing that is withheld.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from itertools import chain

from comity.core.errors import InputError
from comity.newsletter.editions.assemble import assemble
from comity.newsletter.languages.blocks import Block, blocks, sentences
from comity.newsletter.languages.checks import check
from comity.newsletter.languages.engine import Draft, Engine
from comity.newsletter.languages.memory import Memory, NoMemory, key
from comity.newsletter.languages.names import Names, names_of
from comity.newsletter.languages.protect import Filled, Masked, fill, mask, mask_names
from comity.newsletter.languages.translated import Loss, Paragraph, Reason, Sentence, Translated
from comity.newsletter.languages.words import language
from comity.newsletter.model.edition import Edition, Item
from comity.newsletter.model.entry import TEXTS
from comity.newsletter.model.people import people
from comity.newsletter.model.withholding import View

AT_ONCE = 100
"""Sentences after which what was translated is safe."""
LONGEST = 4000
"""Characters of a sentence, without what is put aside; what is longer is none."""
TOO_LONG = Reason(Loss.SILENCE, "too long for a sentence")
NOT_YET = Reason(Loss.NOT_YET, "not translated yet")


@dataclass(frozen=True, slots=True)
class Pair:
    """From which language to which, by which engine, with which words in place of names."""

    source: str
    target: str
    engine: str
    stand_ins: tuple[str, ...] = ()

    @classmethod
    def of(cls, engine: Engine) -> Pair:
        """Return the pair of an engine."""
        return cls(engine.source, engine.target, engine.name, tuple(engine.stand_ins()))


def translate(
    view: View,
    number: int,
    engine: Engine,
    memory: Memory | None = None,
    *,
    progress: Callable[[int, int], None] | None = None,
) -> Translated:
    """Translate an issue; sentences that the memory holds are not asked for again.

    Parameters
    ----------
    view : what readers may see, now or once drafts are sent.
    number : of the issue.
    engine : who translates.
    memory : where drafts are kept for the next time.
    progress : called with how many sentences are done, of how many.

    Raises `InputError` where the view holds what only editors may see, where a language has no
    table of words, and where the engine fails.
    """
    if view.audience == "internal":
        raise InputError(
            "an engine sees only what readers may see",
            place="view",
            found=view.audience,
            expected="public or preview",
        )
    memory = memory or NoMemory()
    plan = Plan.of(assemble(view, number), Pair.of(engine))
    return plan.finish(_drafts(plan, engine, memory, progress))


def _drafts(
    plan: Plan, engine: Engine, memory: Memory, progress: Callable[[int, int], None] | None
) -> dict[str, Draft]:
    """Return what the engine says to each sentence, now or when it was asked before."""
    known = memory.recall(plan.keys)
    missing = {k: text for k, text in plan.keys.items() if k not in known}
    drafts = dict(known)
    waiting = list(missing)
    for start in range(0, len(waiting), AT_ONCE):
        part = waiting[start : start + AT_ONCE]
        answers = engine.translate([missing[name] for name in part])
        if len(answers) != len(part):
            raise InputError(
                "the engine answered another number of sentences",
                found=len(answers),
                expected=len(part),
            )
        fresh = dict(zip(part, answers, strict=True))
        memory.learn(fresh)
        drafts |= fresh
        if progress:
            progress(start + len(part), len(waiting))
    return drafts


@dataclass(frozen=True, slots=True)
class _Task:
    """A sentence, what the engine is given, and the key of what it said."""

    masked: Masked
    filled: Filled
    key: str
    """Nothing where no engine is to be asked."""

    @property
    def asks(self) -> bool:
        """Whether an engine is needed: a sentence has words, and an end."""
        return bool(self.key) and self.masked.has_words

    @property
    def original(self) -> str:
        return self.masked.restore(self.masked.text)


@dataclass(frozen=True)
class Plan:
    """Everything that is to be translated in an edition."""

    edition: Edition
    pair: Pair
    texts: Mapping[str, tuple[tuple[Block, tuple[_Task, ...]], ...]]

    @classmethod
    def of(cls, edition: Edition, pair: Pair) -> Plan:
        """Take the texts of an edition apart."""
        language(pair.target)
        parts = {text: _parts(text) for text in texts_of(edition)}
        masks = (masked for part in parts.values() for _, each in part for masked in each)
        every = (masked.text for masked in masks if len(masked.text) <= LONGEST)
        names = names_of(every, _people(edition), language(pair.source))
        return cls(
            edition,
            pair,
            {
                text: tuple(
                    (block, tuple(_task(masked, names, pair) for masked in each))
                    for block, each in part
                )
                for text, part in parts.items()
            },
        )

    @property
    def keys(self) -> dict[str, str]:
        """What the engine is asked, by the key of its answer."""
        return {
            task.key: task.filled.text
            for part in self.texts.values()
            for _, tasks in part
            for task in tasks
            if task.asks
        }

    def finish(self, drafts: Mapping[str, Draft]) -> Translated:
        """Check each draft and put the edition together."""
        return Translated(
            self.edition,
            self.pair.source,
            self.pair.target,
            self.pair.engine,
            language(self.pair.target).mark,
            {
                text: tuple(self._paragraph(block, tasks, drafts) for block, tasks in part)
                for text, part in self.texts.items()
            },
        )

    def _paragraph(
        self, block: Block, tasks: tuple[_Task, ...], drafts: Mapping[str, Draft]
    ) -> Paragraph:
        original = block.opening + block.text
        if not tasks:
            return Paragraph(original, original)
        done = tuple(self._sentence(task, drafts) for task in tasks)
        sign = language(self.pair.target).refused
        words = " ".join(s.translation or f"{sign} {s.original}" for s in done)
        return Paragraph(original, block.opening + words, done)

    def _sentence(self, task: _Task, drafts: Mapping[str, Draft]) -> Sentence:
        original = task.original
        if not task.key:
            return Sentence(original, reasons=(TOO_LONG,))
        if not task.asks:
            return Sentence(original, original)
        draft = drafts.get(task.key)
        if draft is None:
            return Sentence(original, reasons=(NOT_YET,))
        translation = task.masked.restore(task.filled.places(draft.text))
        reasons = check(
            original,
            translation,
            source=self.pair.source,
            target=self.pair.target,
            kept=task.masked.kept,
            unknown=len(draft.unknown),
        )
        return Sentence(original, "" if reasons else translation, reasons)


def texts_of(edition: Edition) -> tuple[str, ...]:
    """Return every text of an edition that is translated, each once, in reading order."""
    issue = edition.issue
    texts = [issue.opening, *chain.from_iterable(map(_texts, edition.walk())), issue.closing]
    texts += [each.erratum.note for each in edition.corrections]
    return tuple(dict.fromkeys(text for text in texts if text.strip()))


def _texts(item: Item) -> Iterator[str]:
    yield from (getattr(item.entry, name) for name in TEXTS)
    yield from (erratum.note for erratum in item.errata)


def _people(edition: Edition) -> frozenset[str]:
    """Return the full names of everybody whom the cells of an edition name."""
    entries = [item.entry for item in edition.walk()]
    cells = (cell for e in entries for cell in (e.authors, e.summarizer, e.hat_tip))
    return frozenset(name for cell in cells for name in people(cell).names if " " in name)


def _parts(text: str) -> tuple[tuple[Block, tuple[Masked, ...]], ...]:
    return tuple(
        (block, _sentences(mask(block.text)) if block.translatable else ())
        for block in blocks(text)
    )


def _sentences(masked: Masked) -> tuple[Masked, ...]:
    return tuple(Masked(part, masked.held) for part in sentences(masked.text))


def _task(masked: Masked, names: Names, pair: Pair) -> _Task:
    if len(masked.text) > LONGEST:
        return _Task(masked, Filled(masked.text, ()), "")
    whole = mask_names(masked, names)
    filled = fill(whole, pair.stand_ins)
    return _Task(whole, filled, key(pair.engine, pair.source, pair.target, filled.text))
