"""`comity newsletter audio` as an editor uses it."""

import shutil
import signal
import subprocess
import sys
import time
from dataclasses import replace
from pathlib import Path

import pytest

from comity.cli import main
from comity.newsletter.model.archive import Archive
from comity.newsletter.model.issue import Audio
from comity.newsletter.store.store import Store
from newsletter_audio import PUBLICATION, archive, need_programs
from newsletter_small import put_publication

COMITY = "from comity.cli import main; raise SystemExit(main())"
# Jobs in the background are begun with Ctrl-C ignored, and the tests may be one.
HEARS = "import signal; signal.signal(signal.SIGINT, signal.default_int_handler); "


@pytest.fixture
def folder(tmp_path):
    need_programs()
    kept = archive()
    without_case = tuple(replace(entry, case=None) for entry in kept.entries)
    return put_publication(tmp_path / "news", PUBLICATION, replace(kept, entries=without_case))


def audio_of(folder, number) -> Audio | None:
    store = Store.open(folder)
    try:
        return store.load().issue(number).audio
    finally:
        store.close()


def test_it_records_and_the_issue_knows(folder, capsys):
    assert main(["newsletter", "audio", "1", "-f", str(folder)]) == 0
    said = capsys.readouterr()
    mp3 = folder / "out/site/audio/1.mp3"
    assert said.out.startswith(f"{mp3}: 0:")
    assert "LUFS" in said.out
    assert said.err == ""
    assert audio_of(folder, 1).file == "audio/1.mp3"
    assert audio_of(folder, 1).bytes == mp3.stat().st_size
    assert audio_of(folder, 2) is None


def test_without_a_number_all_sent_issues_are_recorded_that_have_no_recording(folder, capsys):
    before = folder / "out/site/audio/1.mp3"
    before.parent.mkdir(parents=True)
    before.write_bytes(b"there already")
    assert main(["newsletter", "audio", "-f", str(folder)]) == 0
    assert before.read_bytes() == b"there already"
    assert sorted(file.name for file in before.parent.glob("*.mp3")) == ["1.mp3", "2.mp3"]
    assert capsys.readouterr().out.count("LUFS") == 1


def test_the_script_alone_records_nothing(folder, capsys):
    assert main(["newsletter", "audio", "2", "-f", str(folder), "--script"]) == 0
    out = capsys.readouterr().out
    assert "# Sharing a river" in out
    assert " opinion  I think that X squared is too much." in out
    assert "PLANTED" not in out.upper()
    assert not (folder / "out").exists()


def test_a_draft_is_for_its_editors(folder):
    assert main(["newsletter", "audio", "3", "-f", str(folder), "-q"]) == 0
    assert (folder / "out/preview/audio/3.mp3").is_file()
    assert not (folder / "out/site").exists()
    assert audio_of(folder, 3) is None


def test_what_is_not_there_is_named(folder, capsys):
    assert main(["newsletter", "audio", "77", "-f", str(folder)]) == 2
    assert "issue 77" in capsys.readouterr().err


def test_a_missing_engine_is_named(folder, capsys, monkeypatch):
    monkeypatch.setenv("PATH", str(folder))
    assert main(["newsletter", "audio", "1", "-f", str(folder)]) == 2
    assert "apt install" in capsys.readouterr().err
    assert not (folder / "out/site").exists()


def test_after_ctrl_c_the_same_command_goes_on(folder, tmp_path):
    slow = tmp_path / "slow-espeak"
    real = shutil.which("espeak-ng")
    slow.write_text(f'#!/bin/sh\n[ $1 = --version ] || sleep 0.1\nexec {real} "$@"\n')
    slow.chmod(0o755)
    with (folder / "publication.toml").open("a") as settings:
        settings.write(f'\n[voice]\nprogram = "{slow}"\n')
    command = [sys.executable, "-c", HEARS + COMITY, "newsletter", "audio", "1", "-f", str(folder)]
    work = folder / "out/work/audio/1"
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True) as process:
        deadline = time.monotonic() + 60
        while not _finished(work) and time.monotonic() < deadline:
            time.sleep(0.02)
        process.send_signal(signal.SIGINT)
        error = process.communicate(timeout=60)[1]
    assert process.returncode == 130
    assert "what was spoken is kept, the same command goes on" in error
    kept = {path: path.stat().st_mtime_ns for path in _finished(work)}
    assert kept
    assert not (folder / "out/site").exists()
    assert main(["newsletter", "audio", "1", "-f", str(folder), "-q", "--keep"]) == 0
    assert {path: path.stat().st_mtime_ns for path in kept} == kept
    assert (folder / "out/site/audio/1.mp3").is_file()


def _finished(work: Path) -> list[Path]:
    return [path for path in work.glob("*.wav") if ".part" not in path.name]


def test_it_says_where_there_is_nothing_to_record(tmp_path, capsys):
    news = put_publication(tmp_path / "news", PUBLICATION, archive())
    home = news / "out/site/audio"
    home.mkdir(parents=True)
    for name in ("1.mp3", "2.mp3", "1.es.mp3", "2.es.mp3"):
        (home / name).write_bytes(b"there already")
    run = ["newsletter", "audio", "-f", str(news)]
    assert main(run) == 0
    said = "nothing to record: each issue that was sent (2) has its recording"
    assert capsys.readouterr().out == said + "\n"
    assert main([*run, "--language", "es"]) == 0
    assert capsys.readouterr().out == said + " in 'es'\n"
    assert main([*run, "--quiet"]) == 0
    assert capsys.readouterr().out == ""
    empty = put_publication(tmp_path / "empty", PUBLICATION, Archive(()))
    assert main(["newsletter", "audio", "-f", str(empty)]) == 0
    assert "no issue has been sent" in capsys.readouterr().out
