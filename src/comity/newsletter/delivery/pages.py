"""Pages for readers, in the look of the site."""

from __future__ import annotations

from typing import Any

from comity.core.page.page import environment, version
from comity.newsletter.editions import addresses
from comity.newsletter.editions.web.pages import PLACES, POLICY
from comity.newsletter.editions.web.site import PACKAGE as SITE_PACKAGE
from comity.newsletter.model.publication import Publication

PACKAGE = "comity.newsletter.delivery"
AT = "readers/"
"""Where the pages are, under the site's address."""
SHOWN = {addresses.ISSUES, addresses.SEARCH, addresses.FEEDS}


def page(publication: Publication, template: str, title: str, depth: int, **context: Any) -> str:
    """Return a page.

    Parameters
    ----------
    depth : slashes in the address of the page under the site's.
    """
    frame = {
        "lang": publication.language,
        "publication": publication,
        "audience": "public",
        "public": False,
        "preview": False,
        "description": "",
        "address": AT,
        "canonical": addresses.absolute(publication, AT),
        "title": title,
        "policy": POLICY,
        "places": [(name, place) for name, place in PLACES if place in SHOWN],
        "version": version(),
    }
    made = environment(PACKAGE, SITE_PACKAGE).get_template(f"{template}.html.j2")
    return addresses.placed(made.render(frame | context), "../" * depth or "./")
