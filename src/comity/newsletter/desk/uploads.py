"""Files that editors sent and have not decided about: kept in memory, a few and not for long."""

from __future__ import annotations

import hashlib
from collections import OrderedDict
from threading import Lock
from typing import NamedTuple

from comity.core.web.failures import Denied

MOST = 6
"""Files kept at once; the one sent longest ago gives way."""


class Upload(NamedTuple):
    """A file as it was sent."""

    name: str
    content: bytes


class Uploads:
    """Files by their digest."""

    def __init__(self) -> None:
        self._kept: OrderedDict[str, Upload] = OrderedDict()
        self._lock = Lock()

    def keep(self, upload: Upload) -> str:
        """Keep a file and return what it is asked for by."""
        key = hashlib.sha256(upload.content).hexdigest()
        with self._lock:
            self._kept[key] = upload
            self._kept.move_to_end(key)
            while len(self._kept) > MOST:
                self._kept.popitem(last=False)
        return key

    def get(self, key: str) -> Upload:
        """Return a file; raise `Denied` where it is not kept any more."""
        with self._lock:
            found = self._kept.get(key)
        if found is None:
            raise Denied("stale", "the file is not kept any more; send it again", place="upload")
        return found
