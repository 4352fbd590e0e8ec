"""Every output of a publication, byte for byte, for tests of what stands in none or in each."""

import io
import zipfile

from comity.newsletter.audio.script import Script
from comity.newsletter.editions.assemble import assemble
from comity.newsletter.editions.build import write_site
from comity.newsletter.editions.download import sheets
from comity.newsletter.editions.email import email
from comity.newsletter.editions.web.related import related
from comity.newsletter.editions.web.site import Site
from comity.newsletter.model.withholding import withhold


def opened(name, data):
    """The bytes of a file, and of whatever is packed in it."""
    yield name, data
    if data[:2] == b"PK":
        archive = zipfile.ZipFile(io.BytesIO(data))
        for inner in archive.namelist():
            yield from opened(f"{name}/{inner}", archive.read(inner))


def outputs(publication, archive, folder):
    """Every output, by name: site, feeds, index, sheets, offline edition, mails, scripts."""
    view = withhold(publication, archive, "public")
    searches = {"all": tuple(e.id for e in archive.entries)}
    site = Site(view, searches=searches, related=related(view.archive.entries))
    write_site(site, folder, lambda: sheets(view), lambda words, share: None)
    found = {}
    for file in folder.rglob("*"):
        if file.is_file():
            found.update(opened(file.relative_to(folder).as_posix(), file.read_bytes()))
    for number in site.editions:
        edition = assemble(view, number)
        mail = email(view, edition)
        found[f"mail {number}"] = f"{mail.subject}\n{mail.html}\n{mail.text}".encode()
        blocks = Script(view, edition).blocks
        words = [f"{b.said}\n{b.shown}\n{b.chapter}\n{b.address}" for b in blocks]
        found[f"script {number}"] = "\n".join(words).encode()
    return found
