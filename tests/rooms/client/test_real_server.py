"""The client against the real server, over sockets."""

import asyncio
import json
import subprocess
import sys
import threading

import httpx
import pytest

from comity.agreement import agree
from comity.core.errors import InputError
from comity.rooms.client.joining import join, join_async, open_room
from comity.rooms.client.links import Link

TOLD = ("with its rules", "took a seat", "sealed a report", "The report of")
"""What is told of a room as it goes on."""

COMITY = "from comity.cli import main; raise SystemExit(main())"


def test_programs_meet_on_a_real_server(serve, river):
    url = serve().url
    opened = open_room(url, river)
    alone = agree(river, misreports="none")

    async def both():
        return await asyncio.gather(*(join_async(link, river) for link in opened.links.values()))

    one, other = asyncio.run(both())
    assert one.status == other.status == "agreed"
    assert one.log == other.log
    assert one.verification.ok
    assert one.play.to_dict() == alone.play.to_dict()
    assert one.log["operator"] == opened.operator


def test_the_token_alone_finds_its_room(serve, river):
    url = serve().url
    opened = open_room(url, river)
    for name, link in opened.links.items():
        headers = {"Authorization": f"Bearer {Link.read(link).token}"}
        assert httpx.get(f"{url}/api/seat", headers=headers, timeout=60).json() == {
            "room": opened.room,
            "you": name,
        }
    wrong = httpx.get(
        f"{url}/api/seat", headers={"Authorization": f"Bearer {'x' * 43}"}, timeout=60
    )
    assert wrong.status_code == 401
    assert httpx.get(f"{url}/api/seat", timeout=60).status_code == 401
    with pytest.raises(InputError, match="opens no seat"):
        join(f"{url}/s/{'x' * 43}", river)


def test_a_watcher_has_no_seat(serve, river):
    opened = open_room(serve().url, river)
    with pytest.raises(InputError, match="watch"):
        join(opened.watch, river)


@pytest.mark.slow
@pytest.mark.parametrize("after", TOLD)
def test_a_party_that_is_killed_goes_on(after, serve, river, examples, tmp_path):
    """The process gets SIGKILL once it has told of something; another takes its state and ends."""
    opened = open_room(serve().url, river)
    name, other = river.names
    case = str(examples / "river.toml")
    state = tmp_path / "seat"
    arguments = ["join", opened.links[other], "--case", case, "--state", str(state)]
    command = [sys.executable, "-c", COMITY, *arguments]
    partner = threading.Thread(target=join, args=(opened.links[name], river))
    with subprocess.Popen(command, stderr=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        secret = None
        for line in process.stderr:
            if b"with its rules" in line:
                secret = json.loads(state.read_text("utf-8"))["secret"]
                partner.start()
            if after in line.decode():
                process.kill()
                break
    done = subprocess.run(command, capture_output=True, text=True, timeout=120, check=False)
    partner.join(60)
    assert done.returncode == 0, done.stderr
    assert "There is an agreement." in done.stdout
    assert "The record holds together." in done.stdout
    kept = json.loads(state.read_text("utf-8"))
    assert kept["secret"] == secret
    types = [entry["message"]["type"] for entry in kept["entries"]]
    assert types.count("commit") == len(river.names)


def test_another_process_sits_at_the_table(serve, river, examples):
    opened = open_room(serve().url, river)
    name, other = river.names
    code = (
        "import sys; from comity.cases import load; "
        "from comity.rooms.client.joining import join; "
        "print(join(sys.argv[1], load(sys.argv[2])).status)"
    )
    command = [sys.executable, "-c", code, opened.links[other], str(examples / "river.toml")]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        result = join(opened.links[name], river)
        told, _ = process.communicate(timeout=60)
    assert result.status == told.strip() == "agreed"
