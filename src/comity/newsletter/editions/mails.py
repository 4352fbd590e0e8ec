"""The mail of every issue as files: what readers got, for whoever keeps or prints it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from comity.newsletter.editions.email import email
from comity.newsletter.editions.output import replacing
from comity.newsletter.editions.web.site import Site


def write_mails(site: Site, folder: Path, progress: Callable[[str, float], object]) -> int:
    """Write the mail of each issue as HTML, text and message, in place of those that were there.

    Returns the number of issues. An interruption leaves the old mails as they were.
    """
    with replacing(folder) as output:
        for done, (number, edition) in enumerate(site.editions.items()):
            progress("mails", done / len(site.editions))
            mail = email(site.view, edition)
            output.write(f"{number}.html", mail.html)
            output.write(f"{number}.txt", mail.text)
            output.write(f"{number}.eml", bytes(mail.message()))
    return len(site.editions)
