"""An issue as a mail: HTML that needs nothing from outside, and a plain text that says the same."""

from __future__ import annotations

from dataclasses import dataclass
from email.message import EmailMessage
from email.policy import SMTP
from functools import cache
from hashlib import sha256
from typing import TYPE_CHECKING

from comity.newsletter.delivery.bodies import MARKS
from comity.newsletter.editions.plain import plain
from comity.newsletter.editions.wording import Wording
from comity.newsletter.model.edition import Edition
from comity.newsletter.model.withholding import View
from comity.newsletter.text.markdown import to_html

if TYPE_CHECKING:
    from css_inline import CSSInliner
    from jinja2 import Template
    from markupsafe import Markup

HERE = "comity.newsletter.editions"
CLIPPED_AT = 102 * 1024
"""Bytes of HTML from which Gmail shows only a part, and a link to the rest."""

_CONTROLS = dict.fromkeys(c for c in (*range(32), 127) if chr(c) not in "\t\n")
"""Characters that no mail may hold."""


@dataclass(frozen=True, slots=True)
class Mail:
    """What a mail says, made for nobody yet: `MARKS` stand where a reader's own links will."""

    subject: str
    html: str
    text: str

    @property
    def size(self) -> int:
        """Bytes of the HTML, without what its transport adds."""
        return len(self.html.encode())

    def message(self) -> EmailMessage:
        """Return a message with both forms and no addresses."""
        message = EmailMessage(policy=SMTP)
        message["Subject"] = self.subject
        message.set_content(self.text, cte="quoted-printable")
        message.add_alternative(self.html, subtype="html", cte="quoted-printable")
        # The same mail gives the same bytes.
        message.set_boundary("part-" + sha256(self.html.encode("utf-8")).hexdigest()[:32])
        return message


def email(view: View, edition: Edition) -> Mail:
    """Return an issue as a mail.

    The HTML is one column with its styles in its elements, readable without pictures, in narrow
    windows and on dark screens. It loads nothing, and its links lead where they say.
    """
    wording = Wording(view, edition)
    page = _template().render(words=wording, mail=_Html(wording), marks=MARKS, css=_style())
    page = _inliner().inline(page.translate(_CONTROLS))
    return Mail(wording.subject, page, plain(wording).translate(_CONTROLS))


@dataclass(frozen=True)
class _Html:
    """A mail's words and texts, as its template asks for them."""

    words: Wording

    def html(self, text: str, name: str, label: str = "") -> Markup:
        """Return a text as HTML, behind the words that say what it is."""
        from markupsafe import Markup, escape

        rendered = to_html(text, self.words.links, name=name)
        if not label:
            return Markup(rendered)
        strong = f"<strong>{escape(label)}</strong>"
        if rendered.startswith("<p>"):
            return Markup(f"<p>{strong} {rendered.removeprefix('<p>')}")
        return Markup(f"<p>{strong}</p>\n{rendered}")


@cache
def _template() -> Template:
    from comity.core.page.page import environment

    return environment(HERE).get_template("email.html.j2")


@cache
def _style() -> Markup:
    from importlib.resources import files

    from markupsafe import Markup

    return Markup((files(HERE) / "templates" / "email.css").read_text("utf-8"))


@cache
def _inliner() -> CSSInliner:
    from css_inline import CSSInliner

    return CSSInliner(keep_at_rules=True, load_remote_stylesheets=False)
