"""Pages for readers, in the frame of the site."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from typing import Any

from comity.core.page.page import environment
from comity.newsletter.editions import addresses
from comity.newsletter.editions.web.pages import page_context
from comity.newsletter.editions.web.site import PACKAGE as SITE_PACKAGE
from comity.newsletter.editions.web.site import Site
from comity.newsletter.model.archive import Archive
from comity.newsletter.model.publication import Publication
from comity.newsletter.model.withholding import withhold

PACKAGE = "comity.newsletter.delivery"
AT = "readers/"
"""Where the pages are, under the site's address; each says that it is here, never its own link."""


def page(publication: Publication, template: str, title: str, depth: int, **context: Any) -> str:
    """Return a page. It knows the publication's settings and nothing of its content.

    Parameters
    ----------
    depth : slashes in the address of the page under the site's.
    """
    site = Site(withhold(publication, Archive(()), "public"))
    frame = {"description": "", **page_context(site, AT, title)}
    made = environment(PACKAGE, SITE_PACKAGE).get_template(f"{template}.html.j2")
    return addresses.placed(made.render(frame | context), "../" * depth or "./")


@cache
def style() -> str:
    """Return what the forms of these pages add to the look of the site."""
    return (files(PACKAGE) / "static" / "readers.css").read_text("utf-8")
