"""What the commands on mail share."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from comity.newsletter.delivery.office import Office
    from comity.newsletter.delivery.readers import Readers
    from comity.newsletter.model.publication import Publication
    from comity.newsletter.store.store import Store


NOT_CLEAN = (
    "The database's file may still hold what was erased: another program uses it, or the disk is "
    "full. Stop `serve` and `send`, and give this command again."
)
"""What is said where erased words may be left; the exit status is `UNFINISHED` then."""
UNFINISHED = 1


@contextmanager
def opened(folder: str) -> Iterator[tuple[Publication, Store]]:
    """Yield the settings and the database of a publication's folder."""
    from comity.newsletter.publication.reading import read_publication
    from comity.newsletter.store.store import Store

    publication = read_publication(folder)
    with Store.open(folder) as store:
        yield publication, store


def office_of(publication: Publication, store: Store) -> Office:
    """Return what is needed to mail; raises `InputError` where the settings cannot.

    Requests that nobody confirmed in time are erased, as `readers_of` does.
    """
    from comity.newsletter.delivery.office import Office
    from comity.newsletter.delivery.readers import tidy

    tidy(store.engine)
    return Office.open(publication, store.folder, store.engine)


def readers_of(store: Store) -> Readers:
    """Return the readers of a publication, which needs its secret and no settings to mail.

    Requests that nobody confirmed in time are erased first.
    """
    from comity.newsletter.delivery.keys import secret_of
    from comity.newsletter.delivery.readers import Readers, tidy

    tidy(store.engine)
    return Readers(store.engine, secret_of(Path(store.folder)))
