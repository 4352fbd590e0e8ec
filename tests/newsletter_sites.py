"""Built sites for tests, and a reader of pages that follows their links."""

from html.parser import HTMLParser
from urllib.parse import unquote, urlsplit

from comity.newsletter.editions.build import write_site
from comity.newsletter.editions.download import sheets
from comity.newsletter.editions.web.listening import heard
from comity.newsletter.editions.web.site import Site
from newsletter_small import put_recordings, view


def site_of(folder, audience="public", **parts):
    """The small publication as a site, with recordings that lie in the folder."""
    shown = view(audience)
    put_recordings(folder)
    return Site(shown, heard=heard(shown.archive.issues, folder), **parts)


def built(folder, audience="public", **parts):
    """Write the small publication's site into a folder, and return the folder."""
    site = site_of(folder, audience, **parts)
    write_site(site, folder, lambda: sheets(site.view), lambda words, share: None)
    return folder


class Page(HTMLParser):
    """Links, identities and words of a page."""

    def __init__(self, text):
        super().__init__()
        self.links, self.ids, self.words, self.heads = [], [], [], []
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        named = dict(attrs)
        if tag == "link" and named.get("rel") == "canonical":
            self.canonical = named["href"]
            return
        if "id" in named:
            self.ids.append(named["id"])
        self.links += [v for k, v in attrs if k in {"href", "src", "data-index"}]
        if tag in {"h1", "h2", "h3", "h4", "h5", "h6"}:
            self.heads.append(int(tag[1]))

    def handle_data(self, data):
        self.words.append(data)

    @property
    def text(self):
        return " ".join("".join(self.words).split())


def dead_links(files, index="index.html"):
    """Links within a site that lead to no file, or to no place in it.

    Parameters
    ----------
    files : content by path.
    index : the file that a folder stands for, or nothing where it stands for none.
    """
    pages = {name: Page(data.decode()) for name, data in files.items() if name.endswith(".html")}
    dead = []
    for name, page in pages.items():
        for link in page.links:
            parts = urlsplit(link)
            if parts.scheme or parts.netloc:
                continue
            target = _target(name, unquote(parts.path), index)
            place = parts.fragment
            if target not in files or (
                place and target in pages and place not in pages[target].ids
            ):
                dead.append((name, link))
    return dead


def _target(name, path, index):
    if not path:
        return name
    steps = name.split("/")[:-1]
    for part in path.split("/"):
        if part == "..":
            steps = steps[:-1] if steps else ["outside"]
        elif part not in {"", "."}:
            steps.append(part)
    folder = path.endswith(("/", ".."))
    return "/".join([*steps, index] if folder else steps)
