"""What stays the same from issue to issue."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property


@dataclass(frozen=True, slots=True)
class Category:
    """A category with those inside it."""

    name: str
    children: tuple[Category, ...] = ()

    def walk(self, level: int = 0) -> Iterator[tuple[int, Category]]:
        """Yield this category and all inside it, in order, with their depth."""
        yield level, self
        for child in self.children:
            yield from child.walk(level + 1)


@dataclass(frozen=True, slots=True)
class Voice:
    """How issues are read aloud."""

    engine: str = "espeak-ng"
    voice: str = "en-us"
    opinion: str = ""
    """The voice that reads opinions, or nothing where the same one reads all."""
    words_per_minute: int = 165
    program: str = ""
    """Path of the engine's program, or nothing where it is on the PATH."""
    lexicon: Mapping[str, str] = field(default_factory=dict)
    """How words of the publication's own are said: ``CGS = "C G S"``."""
    languages: Mapping[str, str] = field(default_factory=dict)
    """The voice of each translated edition: ``es = "es-419"``."""


@dataclass(frozen=True, slots=True)
class Post:
    """How issues are mailed. Passwords and keys stand in files of their own."""

    sender: str = ""
    """Address that issues come from."""
    reply_to: str = ""
    bounces: str = ""
    """Address that returns go to; readers' own tokens are put behind its local part."""
    host: str = "localhost"
    port: int = 25
    tls: str = "none"
    """``none``, ``starttls`` or ``tls``."""
    user: str = ""
    password_file: str = ""
    dkim_domain: str = ""
    dkim_selector: str = ""
    dkim_key_file: str = ""
    per_second: float = 10.0
    per_domain: float = 10.0
    """Mails a second, in all and to one domain."""
    at_once: int = 4
    """Connections."""


@dataclass(frozen=True)
class Publication:
    """The settings of a publication, as its ``publication.toml`` states them."""

    name: str
    short: str
    """What stands before an issue's number in the sheet: ``AN`` in ``AN #12``."""
    url: str = "http://localhost:8080"
    """Where the site will be, without a slash at the end."""
    language: str = "en"
    description: str = ""
    editor: str = ""
    address: str = ""
    """Mail address of the editor."""
    licence: str = ""
    resources: str = ""
    """Address of a page with everything else, or nothing."""
    sheet: str = ""
    """Address of the public sheet, or nothing for the one on the site."""
    subscribe: str = ""
    """Address of the page on which readers ask for issues by mail, or nothing."""
    disclaimer: str = ""
    """Markdown in the editor's name that stands in each header."""
    feedback: str = ""
    """Markdown of the closing block on feedback; a sentence on replying stands there anyway."""
    cadence_days: int = 7
    categories: tuple[Category, ...] = ()
    aliases: Mapping[str, str] = field(default_factory=dict)
    """Variant of a person's name to the name it stands for."""
    voice: Voice = Voice()
    post: Post = Post()
    translations: tuple[str, ...] = ()
    """Languages into which editions are translated by machine."""

    @cached_property
    def category_names(self) -> tuple[str, ...]:
        """Every category, in tree order."""
        return tuple(node.name for top in self.categories for _, node in top.walk())

    def label(self, number: int) -> str:
        """Return the name of an issue.

        >>> Publication("Alignment Newsletter", "AN").label(12)
        'AN #12'
        """
        return f"{self.short} #{number}"
