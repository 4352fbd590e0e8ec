"""An issue as readers get it by mail, by the categories that they leave out."""

from __future__ import annotations

from comity.newsletter.delivery.bodies import Content
from comity.newsletter.delivery.preferences import closed, reduced
from comity.newsletter.delivery.sending import Render
from comity.newsletter.editions.assemble import assemble
from comity.newsletter.editions.email import email
from comity.newsletter.model.archive import Archive
from comity.newsletter.model.publication import Publication
from comity.newsletter.model.withholding import withhold


def renderer(publication: Publication, archive: Archive, number: int) -> Render:
    """Return what makes an issue's public edition without some categories.

    Raises `InputError` where there is no such issue.
    """
    view = withhold(publication, archive, "public", sending=number)
    edition = assemble(view, number)

    def render(without: frozenset[str]) -> Content | None:
        left_out = closed(publication, without)
        kept = reduced(edition, left_out) if left_out else edition
        if kept is None:
            return None
        mail = email(view, kept)
        return Content(mail.subject, mail.text, mail.html)

    return render
