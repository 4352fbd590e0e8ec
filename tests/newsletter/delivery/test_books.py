import asyncio
import sqlite3
import threading

import pytest
from sqlalchemy import event, text

from comity.core.database import Conflict, Unavailable
from comity.newsletter.delivery.books import Books


def test_steps_that_wait_together_are_committed_together_and_in_order(engine):
    commits = []
    event.listen(engine, "commit", commits.append)

    async def run():
        books = Books(engine)
        order = []
        results = await asyncio.gather(
            *(books.write(lambda c, k=k: order.append(k) or k) for k in range(50))
        )
        return order, results

    order, results = asyncio.run(run())
    assert order == results == list(range(50))
    assert len(commits) < 50


def test_a_written_step_is_there_for_everybody(engine):
    async def run():
        await Books(engine).write(
            lambda c: c.execute(text("insert into suppressed values ('a', 'b', 'c')"))
        )
        with engine.connect() as other:
            return other.execute(text("select hidden from suppressed")).scalar_one()

    assert asyncio.run(run()) == "a"


def test_where_one_step_fails_its_whole_batch_is_not_written(engine):
    statement = text("insert into suppressed values ('a', 'b', 'c')")

    async def run():
        books = Books(engine)
        steps = [books.write(lambda c: c.execute(statement)) for _ in range(2)]
        return await asyncio.gather(*steps, return_exceptions=True)

    assert [type(x) for x in asyncio.run(run())] == [Conflict, Conflict]
    with engine.connect() as other:
        assert other.execute(text("select count(*) from suppressed")).scalar_one() == 0


def test_books_go_on_after_a_failure(engine):
    async def run():
        books = Books(engine)
        with pytest.raises(Conflict):
            await books.write(
                lambda c: c.execute(text("insert into consents (id, reader) values (1, 'x')"))
            )
        return await books.write(lambda c: 7)

    assert asyncio.run(run()) == 7


@pytest.mark.parametrize("wrong", [False, True])
def test_whoever_is_cut_off_keeps_nobody_else_waiting(engine, wrong):
    begun, cut = threading.Event(), threading.Event()

    def slow(connection):
        begun.set()
        assert cut.wait(60)

    async def run():
        books = Books(engine)
        first = asyncio.create_task(books.write(slow))
        second = asyncio.create_task(books.write(lambda c: 1 // (not wrong)))
        await asyncio.to_thread(begun.wait, 60)
        first.cancel()
        with pytest.raises(asyncio.CancelledError):
            await first
        cut.set()
        return await second

    if wrong:
        with pytest.raises(ZeroDivisionError):
            asyncio.run(asyncio.wait_for(run(), 60))
    else:
        assert asyncio.run(asyncio.wait_for(run(), 60)) == 1


def test_a_step_with_a_mistake_in_it_leaves_nobody_waiting(engine):
    async def run():
        with pytest.raises(ZeroDivisionError):
            await Books(engine).write(lambda c: 1 // 0)

    asyncio.run(run())


@pytest.mark.parametrize("trials", [0, 2])
def test_a_database_that_is_locked_is_asked_again_until_patience_ends(engine, monkeypatch, trials):
    statement = text("insert into suppressed values ('a', 'b', 'c')")
    with engine.connect() as patient:
        patient.exec_driver_sql("PRAGMA busy_timeout=1")
    other = sqlite3.connect(engine.url.database, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    slept = []

    async def sleep(seconds):
        slept.append(seconds)
        if len(slept) == trials:
            other.execute("COMMIT")

    async def run():
        monkeypatch.setattr(asyncio, "sleep", sleep)
        await Books(engine, waits=(1.0, 2.0, 4.0)).write(lambda c: c.execute(statement))

    if trials:
        asyncio.run(run())
        assert slept == [1.0, 2.0]
    else:
        with pytest.raises(Unavailable):
            asyncio.run(run())
        assert slept == [1.0, 2.0, 4.0]
    other.close()
    with engine.connect() as connection:
        assert connection.execute(text("select count(*) from suppressed")).scalar_one() == (
            1 if trials else 0
        )
