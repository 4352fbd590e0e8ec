"""The application, put together from its parts."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import anyio
from fastapi import FastAPI
from sqlalchemy import Engine
from sqlalchemy.pool import QueuePool

from comity.core.database import POOL, make_engine, transaction
from comity.core.errors import ComityError
from comity.core.web.intake import BodyLimit
from comity.core.web.rates import Rates
from comity.rooms.service.book import Book
from comity.rooms.service.clock import Clock
from comity.rooms.service.events import POLL_SECONDS, Streams, Watch
from comity.rooms.service.failures import handle_failures
from comity.rooms.service.links import links
from comity.rooms.service.metrics import Metrics
from comity.rooms.service.models import protocol_schemas
from comity.rooms.service.rooms import Rooms
from comity.rooms.service.routes import api, watch
from comity.rooms.service.settings import Settings
from comity.rooms.service.shell import MeasuredShell
from comity.rooms.service.solving import Solving
from comity.rooms.service.space import Space
from comity.rooms.service.workers import Workers
from comity.rooms.store.keeping import operator_key
from comity.rooms.store.logs import Logs
from comity.rooms.store.migrating import migrate
from comity.rooms.store.passes import Passes
from comity.rooms.web.routes import router as pages
from comity.rooms.web.workbench import SECONDS, Bench

LONGEST_REST, PAUSE = 10.0, 0.01
"""Seconds that the end waits for the database, and between two looks at it."""
ABOUT = "Rooms in which parties report in private, agree or walk away, and can prove it afterwards."


def create_app(settings: Settings) -> FastAPI:
    """Return the application; brings the database to this version first.

    Without a lifespan it answers requests, yet nothing happens by itself: no deadline ends.
    """
    engine = _database(settings)
    app = FastAPI(
        title="comity rooms",
        description=ABOUT,
        version="1",
        docs_url=None,
        redoc_url=None,
        lifespan=_lifespan,
    )
    try:
        _equip(app, settings, engine)
    except ComityError:
        engine.dispose()
        raise
    for router in (api, watch, links, pages):
        app.include_router(router)
    handle_failures(app)
    _describe(app)
    app.add_middleware(BodyLimit, most=settings.limits.body)
    app.add_middleware(MeasuredShell, metrics=app.state.metrics, secure=settings.secure)
    return app


def _database(settings: Settings) -> Engine:
    engine = make_engine(settings.database)
    try:
        with transaction(engine, writes=True) as connection:
            migrate(connection)
    except ComityError:
        engine.dispose()
        raise
    return engine


def _equip(app: FastAPI, settings: Settings, engine: Engine) -> None:
    """Give an app what its handlers use."""
    limits, state = settings.limits, app.state
    bells = Watch()
    space = Space(Logs(engine), limits)
    book = Book(
        space.logs,
        operator_key(engine, settings.key_file),
        erase_after=1000 * settings.erase_after,
        clock=settings.clock,
        tell=bells.tell,
        limit=space.check_growth,
    )
    space.measure()
    state.settings = settings
    state.engine = engine
    state.metrics = Metrics()
    state.passes = Passes(engine)
    state.threads = anyio.CapacityLimiter(POOL)
    state.space = space
    state.rates = Rates(limits.rate, limits.burst, time.monotonic)
    state.crowds = Rates(limits.crowd * limits.rate, limits.crowd * limits.burst, time.monotonic)
    state.bytes = Rates(limits.share * limits.rate, limits.share * limits.burst, time.monotonic)
    state.openings = Rates(limits.open_rate, limits.open_burst, time.monotonic)
    workers = Workers(limits.workers, limits.solve_seconds, limits.solve_bytes, state.metrics)
    state.rooms = Rooms(book, state.threads)
    state.solving = Solving(workers, state.rooms)
    state.rooms.solve = state.solving.start
    state.watch = bells
    state.bench = Bench(Workers(1, SECONDS, limits.solve_bytes, state.metrics, tries=1))
    state.streams = Streams(
        state.rooms, bells, state.metrics, most=limits.streams, most_each=limits.streams_each
    )


def _describe(app: FastAPI) -> None:
    """Have OpenAPI hold the schemas of the protocol, which bodies of requests refer to."""
    plain = app.openapi

    def openapi() -> dict[str, Any]:
        described = plain()
        described["components"]["schemas"].update(protocol_schemas())
        return described

    app.openapi = openapi  # type: ignore[method-assign]


@asynccontextmanager
async def _lifespan(app: FastAPI) -> AsyncIterator[None]:
    """Run the clock while the server runs."""
    state = app.state
    tasks = [
        asyncio.create_task(Clock(state.rooms, state.settings, state.space).run()),
        asyncio.create_task(_poll(state.watch, state.rooms)),
    ]
    if state.settings.warm:
        tasks.append(asyncio.create_task(state.solving.workers.warm()))
    try:
        yield
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        await state.solving.stop()
        await state.bench.workers.stop()
        await _rest(state.engine)
        state.engine.dispose()


async def _rest(engine: Engine) -> None:
    """Wait for threads that use the database still; cancelling a task does not stop its thread."""
    assert isinstance(engine.pool, QueuePool)
    for _ in range(round(LONGEST_REST / PAUSE)):
        if engine.pool.checkedout() == 0:
            return
        await asyncio.sleep(PAUSE)


async def _poll(bells: Watch, rooms: Rooms) -> None:
    while True:
        await asyncio.sleep(POLL_SECONDS)
        try:
            await bells.poll(rooms)
        except ComityError:
            # The clock says so already.
            continue
