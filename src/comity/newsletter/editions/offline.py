"""The offline edition: one file that holds the whole site, readable without any network."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass, field

from comity.newsletter.editions.addresses import for_files

EPOCH = (1980, 1, 1, 0, 0, 0)
"""The date of every file inside: the same site gives the same bytes."""

PLAYER = re.compile(r"<audio [^>]*></audio>\n?")
LEFT_OUT = re.compile(r'="(?:\.{1,2}/)*(audio/[^"]*|feeds/podcast\.rss|offline\.zip)"')
"""Links to what stays on the network: recordings, and the offline edition itself."""


@dataclass
class Offline:
    """Collects the files of a site for its offline edition.

    Attributes
    ----------
    folder : what everything lies in when unpacked.
    site : whole address of the site, with a slash.
    """

    folder: str
    site: str
    files: dict[str, bytes] = field(default_factory=dict)

    def add(self, address: str, content: str | bytes) -> None:
        """Take a file of the site along as it is."""
        data = content.encode("utf-8") if isinstance(content, str) else content
        self.files[f"{self.folder}/{address}"] = data

    def add_page(self, address: str, page: str) -> None:
        """Take a placed page along; its links lead to files, or to the site's own network."""
        page = LEFT_OUT.sub(rf'="{self.site}\1"', PLAYER.sub("", page))
        self.add(address, for_files(page))

    def packed(self) -> bytes:
        """Return the whole as one zip file."""
        return packed(self.files)


def packed(files: Mapping[str, bytes]) -> bytes:
    """Return files as a zip file that depends on nothing but their names and content.

    >>> packed({"b": b"2", "a": b"1"}) == packed({"a": b"1", "b": b"2"})
    True
    """
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for name in sorted(files):
            info = zipfile.ZipInfo(name, EPOCH)
            info.create_system = 3
            info.external_attr = 0o644 << 16
            archive.writestr(info, files[name], zipfile.ZIP_DEFLATED, compresslevel=6)
    return stream.getvalue()
