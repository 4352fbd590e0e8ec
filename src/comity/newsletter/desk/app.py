"""The application: the readers' site and the editor's desk on one publication's folder."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from fastapi import FastAPI
from sqlalchemy import Engine

from comity.core.errors import ComityError
from comity.core.web.logs import failure
from comity.core.web.rates import Rates
from comity.core.web.shell import Shell
from comity.newsletter.delivery.office import kept_open
from comity.newsletter.delivery.readers import tidy
from comity.newsletter.delivery.web import router as readers_router
from comity.newsletter.desk.answers import answers
from comity.newsletter.desk.assets import assets
from comity.newsletter.desk.correcting import correcting
from comity.newsletter.desk.doors import Doors
from comity.newsletter.desk.editing import editing
from comity.newsletter.desk.entering import entering
from comity.newsletter.desk.failures import handle_failures
from comity.newsletter.desk.heads import Heads
from comity.newsletter.desk.importing import importing
from comity.newsletter.desk.intake import Intake
from comity.newsletter.desk.issues import issues
from comity.newsletter.desk.planning import planning
from comity.newsletter.desk.queue import queue
from comity.newsletter.desk.reading import live_site, reading
from comity.newsletter.desk.searching import searching
from comity.newsletter.desk.settings import Settings
from comity.newsletter.desk.shelf import Shelf
from comity.newsletter.desk.testing import testing
from comity.newsletter.desk.uploads import Uploads
from comity.newsletter.desk.watching import watching
from comity.newsletter.publication.reading import read_publication
from comity.newsletter.store.store import Store

MINUTE, HOUR = 60, 3600
ROUTERS = (
    assets,
    entering,
    queue,
    editing,
    correcting,
    issues,
    testing,
    importing,
    answers,
    planning,
    watching,
    searching,
    reading,
)
"""Paths in the order in which they are tried; the last takes whatever is left."""


def create_app(settings: Settings) -> FastAPI:
    """Return the application; opens the database of the publication first.

    Raises `InputError` where the folder is no publication.
    """
    store = Store.open(settings.folder)
    app = FastAPI(
        title="comity newsletter", docs_url=None, redoc_url=None, openapi_url=None, lifespan=_life
    )
    limits, state = settings.limits, app.state
    state.settings = settings
    state.shelf = Shelf(store, read_publication, live_site)
    state.doors = Doors(settings.clock, settings.key_lasts, settings.session)
    state.uploads = Uploads()
    state.rates = Rates(limits.rate, limits.burst, time.monotonic)
    state.tries = Rates(limits.tries / MINUTE, limits.tries, time.monotonic)
    settled = kept_open(lambda: state.shelf.content().publication, store.folder, store.engine)
    app.include_router(readers_router(settled))
    for router in ROUTERS:
        app.include_router(router)
    handle_failures(app)
    app.add_middleware(Intake)
    app.add_middleware(Heads)
    app.add_middleware(Shell, secure=settings.secure)
    return app


@asynccontextmanager
async def _life(app: FastAPI) -> AsyncIterator[None]:
    """Erase each hour who never confirmed; close the database at the end."""
    store = app.state.shelf.store
    tidying = asyncio.create_task(_tidy(store.engine))
    yield
    tidying.cancel()
    await asyncio.gather(tidying, return_exceptions=True)
    store.close()


async def _tidy(engine: Engine) -> None:
    while True:
        try:
            await asyncio.to_thread(tidy, engine)
        except ComityError as error:
            failure("requests that nobody confirmed were not erased", error)
        await asyncio.sleep(HOUR)
