"""Who waits gets one in turn, group by group."""

import asyncio
import random
from collections import Counter

import pytest

from comity.rooms.service.turns import Turns


def served(arrivals: list[str], things: int = 1) -> list[str]:
    """The order in which groups are served that all wait before the first turn ends."""

    async def work() -> list[str]:
        order: list[str] = []
        turns, gate = Turns(range(things)), asyncio.Event()

        async def hold() -> None:
            async with turns.turn("first"):
                await gate.wait()

        async def one(group: str) -> None:
            async with turns.turn(group):
                order.append(group)
                await asyncio.sleep(0)

        holding = [asyncio.create_task(hold()) for _ in range(things)]
        await asyncio.sleep(0)
        waiting = [asyncio.create_task(one(group)) for group in arrivals]
        await asyncio.sleep(0)
        gate.set()
        await asyncio.gather(*holding, *waiting)
        return order

    return asyncio.run(work())


def test_groups_take_turns():
    assert served(list("aaaab")) == list("abaaa")
    assert served(list("aaabbc")) == list("abcaba")


@pytest.mark.parametrize("seed", range(20))
def test_the_kth_of_a_group_waits_for_k_of_each_other_at_most(seed):
    dice = random.Random(seed)
    arrivals = dice.choices("abcd", weights=(10, 3, 1, 1), k=30)
    order = served(arrivals, things=1)
    assert Counter(order) == Counter(arrivals)
    for place, group in enumerate(order):
        before = Counter(order[:place])
        k = before[group] + 1
        assert all(count <= k for other, count in before.items() if other != group)


def test_as_many_at_once_as_there_are():
    async def work() -> int:
        turns, inside, most = Turns(range(3)), 0, 0

        async def one(k: int) -> None:
            nonlocal inside, most
            async with turns.turn(str(k % 5)):
                inside += 1
                most = max(most, inside)
                await asyncio.sleep(0)
                inside -= 1

        await asyncio.gather(*map(one, range(40)))
        return most

    assert asyncio.run(work()) == 3


def test_whoever_gives_up_loses_nothing_for_the_others():
    """Cancelled while it waits, at the moment it is served, and while it holds."""

    async def work() -> list[str]:
        turns, order = Turns(["it"]), []

        async def one(name: str) -> None:
            async with turns.turn("a"):
                order.append(name)
                await asyncio.sleep(0)

        async with turns.turn("b"):
            tasks = {name: asyncio.create_task(one(name)) for name in ("x", "y", "z", "w")}
            await asyncio.sleep(0)
            tasks["x"].cancel()
            await asyncio.sleep(0)
        # It is y's now, which has not run since.
        tasks["y"].cancel()
        await asyncio.gather(*tasks.values(), return_exceptions=True)
        async with turns.turn("a") as thing:
            order.append(thing)
        return order

    assert asyncio.run(work()) == ["z", "w", "it"]
