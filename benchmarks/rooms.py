"""How many rooms a server carries: scripted parties on loopback, on SQLite and on PostgreSQL.

Run ``.venv/bin/python benchmarks/rooms.py``; it writes ``docs/results/rooms.md``. Server, database
and parties share one machine, so the figures are a lower bound of what the server alone can do.
PostgreSQL runs where its programs are found, as a private server that waits for the disk.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import platform
import re
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from dataclasses import dataclass, field
from importlib.metadata import version
from pathlib import Path

import httpx
import numpy as np

from comity.agreement import make_party
from comity.cases import Case, load
from comity.rooms.protocol.keys import Key, new_secret
from comity.rooms.protocol.messages import Message, entry_from_dict
from comity.rooms.protocol.room import Room
from comity.rooms.protocol.seat import Seat
from comity.rooms.protocol.terms import Terms

ROOT = Path(__file__).parents[1]
PAGE = ROOT / "docs" / "results" / "rooms.md"
COMITY = "from comity.cli import main; raise SystemExit(main())"
LEVELS = (1, 10, 50, 200)
"""Rooms held at once."""
LONGEST = 300.0
"""Seconds that one level may take; what is not done then is counted as not done."""
PAUSE = 0.05
COLUMNS = (
    "rooms at once",
    "ended",
    "rooms a second",
    "requests a second",
    "p50 / p95 / p99 of all requests, ms",
    "processor time a room, ms: server / solver / parties",
    "memory of the server, MB",
    "answers that were no success",
)


@dataclass
class Level:
    """What was measured with so many rooms at once."""

    rooms: int
    done: int = 0
    seconds: float = 0.0
    memory: int = 0
    serving: float = 0.0
    solving: float = 0.0
    playing: float = 0.0
    times: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))
    failures: dict[str, int] = field(default_factory=lambda: defaultdict(int))


class Party:
    """Scripted parties of one room: they accept whatever is proposed, so as to ask often."""

    def __init__(self, client: httpx.AsyncClient, case: Case, level: Level) -> None:
        self.client, self.level = client, level
        self.id = os.urandom(16).hex()
        self.seats = [
            Seat(party, make_party(party.kind, party.options), new_secret(), self.id)
            for party in case.parties
        ]
        self.terms = dict(Terms.of(case).data)

    async def play(self) -> None:
        """Open a room and play it to its end."""
        message = Message.signed(
            Key(os.urandom(32)), room=self.id, type="propose", body={"terms": self.terms}
        )
        opened = await self.ask("open a room", "POST", "/api/rooms", {"message": message.to_dict()})
        self.tokens = opened["seats"]
        self.room = Room(opened["operator"])
        while self.room.phase != "ended":
            await self.read()
            missing = [seat for seat in self.seats if seat.name in self.room.missing]
            if self.room.phase == "solving" or not missing:
                await asyncio.sleep(PAUSE)
                continue
            await asyncio.gather(*(self.send(seat) for seat in missing))
        self.level.done += 1

    async def read(self) -> None:
        """Read what is new in the log, and check it."""
        path = f"/api/rooms/{self.id}/log?from={len(self.room.entries)}"
        log = await self.ask("read the log", "GET", path, name=self.seats[0].name)
        for entry in log["entries"]:
            self.room.add(entry_from_dict(entry))

    async def send(self, seat: Seat) -> None:
        """Send what the phase asks of one seat."""
        if self.room.phase == "answering":
            message = seat.answer(self.room, True)
        else:
            found = seat.next(self.room)
            assert found is not None
            message = found
        path = f"/api/rooms/{self.id}/messages"
        await self.ask(message.type, "POST", path, message.to_dict(), seat.name)

    async def ask(self, what, method, path, data=None, name=None) -> dict:
        """Ask until there is an answer, and note how long each took."""
        headers = {} if name is None else {"Authorization": f"Bearer {self.tokens[name]}"}
        while True:
            begun = time.monotonic()
            try:
                answer = await self.client.request(method, path, json=data, headers=headers)
            except httpx.TransportError as error:
                self.level.failures[type(error).__name__] += 1
                continue
            self.level.times[what].append(time.monotonic() - begun)
            if answer.status_code < 300:
                return answer.json()
            self.level.failures[str(answer.status_code)] += 1
            await asyncio.sleep(1.0)


class Server:
    """`comity serve` in a process of its own, counting nobody's requests."""

    def __init__(self, database: str, folder: str) -> None:
        options = ["--port", "0", "--database", database, "--rate", "1e6", "--open-rate", "1e6"]
        with open(f"{folder}/log", "w") as log:
            self.process = subprocess.Popen(
                [sys.executable, "-c", COMITY, "serve", *options],
                stdout=subprocess.PIPE,
                stderr=log,
                text=True,
                env={**os.environ, "PYTHONUNBUFFERED": "1"},
            )
        assert self.process.stdout is not None
        found = re.search(r"http://\S+", self.process.stdout.readline())
        assert found is not None
        self.url = found[0]

    def memory(self) -> int:
        """Resident bytes of the server, without its workers."""
        words = Path(f"/proc/{self.process.pid}/statm").read_text().split()
        return int(words[1]) * os.sysconf("SC_PAGE_SIZE")

    def processor(self) -> tuple[float, float]:
        """Seconds that the server has computed, and its worker."""
        children = Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children").read_text()
        return _computed(self.process.pid), sum(map(_computed, map(int, children.split())))

    def stop(self) -> None:
        """End it."""
        self.process.terminate()
        self.process.communicate()


def _computed(pid: int) -> float:
    """Return the seconds that a process has computed; the name before them may hold anything."""
    words = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(words[11]) + int(words[12])) / os.sysconf("SC_CLK_TCK")


async def measure(server: Server, case: Case, rooms: int) -> Level:
    """Play so many rooms at once."""
    level = Level(rooms)
    limits = httpx.Limits(max_connections=2 * rooms + 2)
    async with httpx.AsyncClient(base_url=server.url, timeout=120, limits=limits) as client:
        before, played = server.processor(), time.process_time()
        begun = time.monotonic()
        plays = [asyncio.create_task(Party(client, case, level).play()) for _ in range(rooms)]
        done, late = await asyncio.wait(plays, timeout=LONGEST)
        level.seconds = time.monotonic() - begun
        for task in late:
            task.cancel()
        for task in done:
            task.result()
    after = server.processor()
    level.serving, level.solving = after[0] - before[0], after[1] - before[1]
    level.playing = time.process_time() - played
    level.memory = server.memory()
    print(f"{rooms} rooms: {level.done} ended in {level.seconds:.0f} s", file=sys.stderr)
    return level


def run(database: str, case: Case, levels: tuple[int, ...]) -> list[Level]:
    """Measure one database, after one room that is not counted."""
    with tempfile.TemporaryDirectory() as folder:
        server = Server(database.format(folder=folder), folder)
        try:
            asyncio.run(measure(server, case, 1))
            return [asyncio.run(measure(server, case, rooms)) for rooms in levels]
        finally:
            server.stop()


def quantiles(times: list[float]) -> str:
    """Return the median and the slow end, in milliseconds."""
    return " / ".join(f"{1000 * q:,.0f}" for q in np.quantile(times, [0.5, 0.95, 0.99]))


def rows(name: str, levels: list[Level]) -> list[str]:
    """Return a table of one database."""
    lines = [
        f"### {name}",
        "",
        f"| {' | '.join(COLUMNS)} |",
        "| --- " * len(COLUMNS) + "|",
    ]
    for level in levels:
        rooms = max(1, level.done)
        times = [one for found in level.times.values() for one in found]
        refused = ", ".join(f"{n} x {name}" for name, n in level.failures.items()) or "none"
        lines.append(
            f"| {level.rooms} | {level.done} | {level.done / level.seconds:.1f} |"
            f" {len(times) / level.seconds:.0f} | {quantiles(times)} |"
            f" {1000 * level.serving / rooms:.0f} / {1000 * level.solving / rooms:.0f} /"
            f" {1000 * level.playing / rooms:.0f} | {level.memory / 1e6:.0f} | {refused} |"
        )
    last = levels[-1]
    lines += ["", f"By request, with {last.rooms} rooms at once:", ""]
    lines += ["| request | number | p50 / p95 / p99, ms |", "| --- | --- | --- |"]
    lines += [
        f"| {what} | {len(times):,} | {quantiles(times)} |" for what, times in last.times.items()
    ]
    return [*lines, ""]


def bend(levels: list[Level]) -> str:
    """Return in words where more rooms at once bring no more."""
    rates = [level.done / level.seconds for level in levels]
    best = int(np.argmax(rates))
    top = levels[best]
    return f"{rates[best]:.1f} rooms a second with {top.rooms} at once"


def page(found: dict[str, list[Level]], case: str, load_average: float) -> str:
    """Return the page."""
    tables = [line for name, levels in found.items() for line in rows(name, levels)]
    most = "\n".join(f"* {name}: {bend(levels)}." for name, levels in found.items())
    each = [1000 * one.serving / max(1, one.done) for levels in found.values() for one in levels]
    return TEXT.format(
        case=case,
        tables="\n".join(tables),
        most=most,
        least=min(each),
        dearest=max(each),
        cpus=os.cpu_count(),
        machine=machine(),
        load=load_average,
        python=platform.python_version(),
        versions=", ".join(
            f"{name} {version(name)}" for name in ("comity", "fastapi", "uvicorn", "sqlalchemy")
        ),
    )


def machine() -> str:
    """Return the name of the processor."""
    found = re.search(r"model name\s*: (.+)", Path("/proc/cpuinfo").read_text())
    return found[1] if found else platform.processor()


TEXT = """# How many rooms a server carries

Measured on loopback by

```text
.venv/bin/python benchmarks/rooms.py
```

Two scripted parties hold each room ({case}): they join, commit, reveal and
accept, and read the log from where they stopped. All rooms of a level begin at the same moment.
`comity serve` runs as a person would start it, with one solving process and with its rates lifted;
every acknowledged message is on the disk. Parties, server and database share {cpus} cores.

!!! note

    Other work shared the machine during this run: the load average was {load:.1f} at its start, so
    most waiting is for a processor. Rates are a lower bound and times an upper one. The processor
    time of a room depends least on the others, and one core can serve no more rooms a second than
    it leaves room for.

{tables}
**Where it bends.** The most that was carried:

{most}

With more rooms at once than that, each waits longer and none ends sooner, since requests queue for
the processor. Work does not grow with the queue: from one room at once to the most, a room took the
server {least:.0f} to {dearest:.0f} ms of processor time. A server is one process with one solver;
another one on the same PostgreSQL adds another core. Whoever would rather be refused than wait sets
`--rate` and `--open-rate`, and the server answers 429.

{machine}, {cpus} cores; Python {python}, {versions}.
"""


def main() -> None:
    """Measure both databases and write the page."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--levels", type=int, nargs="+", default=list(LEVELS))
    parser.add_argument("--case", default="examples/river.toml")
    parser.add_argument("--output", default=str(PAGE))
    options = parser.parse_args()
    case, busy = load(options.case), os.getloadavg()[0]
    levels = tuple(options.levels)
    found = {"SQLite": run("sqlite:///{folder}/rooms.db", case, levels)}
    sys.path.insert(0, str(ROOT / "tests"))
    import rooms_postgres

    programs, user = rooms_postgres.binaries(), rooms_postgres.user()
    if programs is not None and user is not None:
        cluster = rooms_postgres.Cluster(programs, user, durable=True)
        try:
            found["PostgreSQL"] = run(cluster.url, case, levels)
        finally:
            cluster.remove()
    else:
        print("PostgreSQL is not to be found; only SQLite was measured", file=sys.stderr)
    Path(options.output).write_text(page(found, case.title, busy), encoding="utf-8")
    print(json.dumps({name: bend(levels) for name, levels in found.items()}))


if __name__ == "__main__":
    main()
