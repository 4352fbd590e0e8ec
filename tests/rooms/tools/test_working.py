import asyncio

from comity.core.errors import InputError, Intractable
from comity.rooms.tools.working import Bench


def run(*jobs, **limits):
    async def all_of_them():
        bench = Bench(**limits)
        try:
            return [await attempt(bench, function, job) for function, job in jobs]
        finally:
            await bench.stop()

    async def attempt(bench, function, job):
        try:
            return await bench.run(function, **job)
        except (InputError, Intractable) as error:
            return error

    return asyncio.run(all_of_them())


def test_it_answers_names_faults_and_goes_on(river):
    good, bad, again = run(
        ("check", {"text": river}),
        ("compare", {"text": "title = 3\n"}),
        ("check", {"text": river}),
    )
    assert good["ok"]
    assert good == again
    assert isinstance(bad, InputError)
    assert bad.place


def test_time_ends_a_job_and_the_next_one_works(river):
    stopped, fine = run(
        ("agree", {"text": river, "seed": 0, "misreports": "full"}),
        ("check", {"text": river}),
        seconds=1.0,
    )
    assert isinstance(stopped, Intractable)
    assert "too long" in str(stopped)
    assert fine["ok"]


def test_nothing_to_stop():
    assert run() == []
