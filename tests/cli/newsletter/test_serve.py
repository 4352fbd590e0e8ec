"""`comity newsletter serve` as a person starts and ends it."""

import os
import re
import signal
import subprocess
import sys

import httpx
import pytest

from newsletter_desk import write_folder

# Jobs in the background are begun with Ctrl-C ignored, and the tests may be one.
HEARS = "import signal; signal.signal(signal.SIGINT, signal.default_int_handler); "
COMITY = f"{HEARS}from comity.cli import main; raise SystemExit(main())"


@pytest.fixture
def started(tmp_path):
    """A function that runs the command on a folder."""
    running = []

    def start(*options: str) -> subprocess.Popen:
        process = subprocess.Popen(
            [sys.executable, "-c", COMITY, "newsletter", "serve", *options],
            cwd=tmp_path,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            env={**os.environ, "PYTHONUNBUFFERED": "1"},
        )
        running.append(process)
        return process

    yield start
    for process in running:
        process.kill()
        process.communicate()


def test_it_opens_both_doors_and_ends_cleanly(started, tmp_path):
    write_folder(tmp_path / "publication")
    process = started("--folder", "publication", "--port", "0")
    lines = [process.stdout.readline(), process.stdout.readline()]
    assert all(lines), process.stderr.read()
    address, link = (re.search(r"http://\S+", line)[0] for line in lines)
    with httpx.Client(base_url=address, timeout=60, follow_redirects=True) as client:
        assert "Commons Weekly" in client.get("/").text
        assert client.get("/desk").status_code == 401
        assert link.startswith(f"{address}/desk/enter?key=")
        data = {"key": link.partition("key=")[2], "name": "Ada"}
        assert "Ada is at the desk" in client.post("/desk/enter", data=data).text
    process.send_signal(signal.SIGINT)
    output, errors = process.communicate(timeout=60)
    assert process.returncode == 130
    assert "whatever was saved is kept" in output
    assert "Traceback" not in output + errors
    assert link.partition("key=")[2] not in errors


def test_a_folder_that_is_no_publication_is_refused(started, tmp_path):
    process = started("--folder", str(tmp_path), "--port", "0")
    _, errors = process.communicate(timeout=60)
    assert process.returncode == 2
    assert "not the folder of a publication" in errors
