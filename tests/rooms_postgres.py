"""A PostgreSQL of our own, in a folder that goes away: for tests and benchmarks."""

import getpass
import os
import pwd
import shutil
import subprocess
import tempfile
from pathlib import Path

import psycopg

NEEDED = ("initdb", "pg_ctl", "postgres")


def binaries() -> Path | None:
    """The folder of PostgreSQL's programs, as Debian installs them or as PATH says."""
    debian = sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)
    named = shutil.which("initdb")
    places = [*debian, *([Path(named).resolve().parent] if named else [])]
    return next((p for p in places if all((p / name).exists() for name in NEEDED)), None)


def user() -> str | None:
    """Who is to run it: PostgreSQL refuses root."""
    if os.geteuid() != 0:
        return getpass.getuser()
    names = {entry.pw_name for entry in pwd.getpwall()}
    return next((name for name in ("postgres", "nobody") if name in names), None)


class Cluster:
    """A running server that only this machine's sockets reach.

    Unless it is durable it does not wait for the disk, which only a crash of the machine notices.
    """

    def __init__(self, programs: Path, name: str, durable: bool = False) -> None:
        self.programs, self.name = programs, name
        self.settings = "" if durable else "-c fsync=off -c full_page_writes=off"
        self.folder = Path(tempfile.mkdtemp(prefix="comity-pg-"))
        if os.geteuid() == 0:
            shutil.chown(self.folder, name)
        self.data = self.folder / "data"
        self._run("initdb", "-D", self.data, "-U", "comity", "-A", "trust", "-E", "UTF8")
        self.url = f"postgresql://comity@/postgres?host={self.folder}"
        self.start()

    def start(self) -> None:
        options = f"-k {self.folder} -c listen_addresses='' {self.settings}"
        self._run(
            "pg_ctl", "-D", self.data, "-w", "-l", self.folder / "log", "-o", options, "start"
        )

    def stop(self, mode: str = "immediate") -> None:
        """Stop it; ``immediate`` is as a crash would."""
        self._run("pg_ctl", "-D", self.data, "-w", "-m", mode, "stop")

    def fresh(self) -> str:
        """The URL of the database, empty again."""
        with psycopg.connect(self.url, autocommit=True) as connection:
            connection.execute("DROP SCHEMA public CASCADE; CREATE SCHEMA public")
        return self.url

    def remove(self) -> None:
        self.stop()
        shutil.rmtree(self.folder)

    def _run(self, program: str, *arguments: object) -> None:
        command = [str(self.programs / program), *map(str, arguments)]
        if os.geteuid() == 0:
            entry = pwd.getpwnam(self.name)
            who = {"user": entry.pw_uid, "group": entry.pw_gid, "extra_groups": []}
        else:
            who = {}
        # To a file: a server that is started here would keep a pipe open.
        with tempfile.TemporaryFile() as output:
            done = subprocess.run(
                command,
                stdout=output,
                stderr=subprocess.STDOUT,
                cwd=self.folder,
                check=False,
                **who,
            )
            output.seek(0)
            assert done.returncode == 0, output.read().decode()
