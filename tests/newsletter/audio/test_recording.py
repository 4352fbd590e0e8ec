"""A whole recording: files that players read, nothing withheld, and every way to be interrupted."""

import json
import re
import resource
import signal
import subprocess
import sys
import time
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pytest

from comity.core.errors import InputError
from comity.newsletter.audio.blocks import Role
from comity.newsletter.audio.encoding import TARGET, Ffmpeg
from comity.newsletter.audio.failures import RecordingError
from comity.newsletter.audio.recording import file_name, record, voice_of
from comity.newsletter.audio.script import Script
from comity.newsletter.editions.assemble import assemble
from comity.newsletter.model.withholding import withhold
from newsletter_audio import PUBLICATION, Beeper, Copier, archive, need_programs

pytestmark = pytest.mark.usefixtures("programs")
TESTS = str(Path(__file__).parents[2])


def probed(path, *what):
    command = ["ffprobe", "-v", "error", "-of", "json", *what, str(path)]
    return json.loads(subprocess.run(command, capture_output=True, check=True).stdout)


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    """One recording by espeak-ng itself, made once."""
    need_programs()
    folder = tmp_path_factory.mktemp("made")
    view = withhold(PUBLICATION, archive(), "public")
    script = Script(view, assemble(view, 2))
    return script, record(script, folder / "site", folder / "work"), folder


def test_files_are_where_the_site_has_them(made):
    _, done, folder = made
    audio = sorted(path.name for path in (folder / "site" / "audio").iterdir())
    assert audio == ["2.chapters.json", "2.mp3", "2.vtt"]
    assert done.audio.file == "audio/2.mp3"
    assert done.audio.bytes == (folder / "site" / "audio" / "2.mp3").stat().st_size
    assert not (folder / "work").exists()


def test_players_find_the_same_length_and_chapters(made):
    _, done, folder = made
    mp3 = folder / "site" / "audio" / "2.mp3"
    told = probed(mp3, "-show_format", "-show_chapters")
    assert float(told["format"]["duration"]) == pytest.approx(done.audio.seconds, abs=0.1)
    listed = json.loads((folder / "site" / "audio" / "2.chapters.json").read_text())["chapters"]
    assert [c["title"] for c in listed] == [c["tags"]["title"] for c in told["chapters"]]
    for mine, theirs in zip(listed, told["chapters"], strict=True):
        assert float(theirs["start_time"]) == pytest.approx(mine["startTime"], abs=0.002)


def test_it_is_as_loud_as_it_says_and_does_not_clip(made):
    _, done, folder = made
    found = Ffmpeg().measure(folder / "site" / "audio" / "2.mp3")
    assert found == done.loudness
    assert abs(found.integrated - TARGET) < 1
    assert found.peak < 0


def test_people_can_follow(made):
    assert 130 < made[1].words_per_minute < 190


def test_silences_are_where_the_script_has_them(made):
    """ffmpeg's silencedetect hears every silence of half a second, at its place."""
    _, done, folder = made
    command = ["ffmpeg", "-hide_banner", "-nostdin", "-i", str(folder / "site/audio/2.mp3")]
    command += ["-af", "silencedetect=noise=-45dB:d=0.5", "-f", "null", "-"]
    told = subprocess.run(command, capture_output=True, text=True, check=True).stderr
    ends = [float(m) for m in re.findall(r"silence_end: ([\d.]+)", told)]
    lengths = [float(m) for m in re.findall(r"silence_duration: ([\d.]+)", told)]
    cues = done.timeline.cues
    for before, after in pairwise(cues):
        if before.block.silence >= 0.65:
            near = [n for n, end in enumerate(ends) if abs(end - after.start) < 0.2]
            assert near, before.block.said
            # Margins around speech, and sounds that fade, make it a little longer.
            assert -0.1 < lengths[near[0]] - before.block.silence < 0.4


def test_nothing_withheld_is_in_any_file(made):
    _, _, folder = made
    for path in (folder / "site").rglob("*.*"):
        assert b"PLANTED" not in path.read_bytes().upper()


def test_the_transcript_has_every_block_in_order(made):
    script, _, folder = made
    vtt = (folder / "site" / "audio" / "2.vtt").read_text()
    assert re.findall(r"^<v \w+>(.*)$", vtt, re.M) == [block.shown for block in script.blocks]


def test_the_same_issue_makes_the_same_bytes(script, tmp_path):
    folders = [tmp_path / name for name in ("first", "second")]
    short = script(1)
    short = replace(short, edition=replace(short.edition, sections=()))
    for folder in folders:
        record(short, folder / "site", folder / "work")
    for name in ("1.mp3", "1.vtt", "1.chapters.json"):
        one, two = (folder / "site" / "audio" / name for folder in folders)
        assert one.read_bytes() == two.read_bytes()


def test_an_interruption_loses_at_most_one_block(script, tmp_path):
    site, work = tmp_path / "site", tmp_path / "work"
    with pytest.raises(KeyboardInterrupt):
        record(script(), site, work, engine=Beeper(fails_after=5), ffmpeg=Copier())
    assert not site.exists()
    assert len(list(work.glob("*.wav"))) == 5
    engine = Beeper()
    done = record(script(), site, work, engine=engine, ffmpeg=Copier())
    assert done.spoken_now == len(engine.spoken) == len({b.said for b in script().blocks}) - 5


KILLED = """
import sys, time
from pathlib import Path
sys.path.insert(0, {tests!r})
from newsletter_audio import Beeper, Copier, PUBLICATION, archive
from comity.newsletter.audio.recording import record
from comity.newsletter.audio.script import Script
from comity.newsletter.editions.assemble import assemble
from comity.newsletter.model.withholding import withhold
class Slow(Beeper):
    def speak(self, text, voice, words_per_minute, target):
        super().speak(text, voice, words_per_minute, target)
        with open(sys.argv[2], "a") as log:
            log.write(text + "\\n")
        if len(self.spoken) == 4:
            time.sleep(600)
view = withhold(PUBLICATION, archive(), "public")
folder = Path(sys.argv[1])
script = Script(view, assemble(view, 2))
record(script, folder / "site", folder / "work", engine=Slow(), ffmpeg=Copier())
"""


def test_a_kill_loses_at_most_one_block(script, tmp_path):
    log = tmp_path / "log"
    command = [sys.executable, "-c", KILLED.format(tests=TESTS), str(tmp_path), str(log)]
    with subprocess.Popen(command) as process:
        while not log.exists() or len(log.read_text().splitlines()) < 4:
            assert process.poll() is None
            time.sleep(0.01)
        process.send_signal(signal.SIGKILL)
    work = tmp_path / "work"
    kept = [path for path in work.glob("*.wav") if ".part" not in path.name]
    assert len(kept) == 3
    assert not (tmp_path / "site").exists()
    engine = Beeper()
    record(script(), tmp_path / "site", work, engine=engine, ffmpeg=Copier())
    spoken = [text for _, text in engine.spoken]
    assert not set(spoken) & set(log.read_text().splitlines()[:3])
    assert len(spoken) == len({b.said for b in script().blocks}) - 3


@pytest.mark.parametrize("step", ["speaking", "putting it together", "evening out", "writing"])
def test_stopping_at_any_step_leaves_the_old_recording_whole(script, tmp_path, step):
    site, work = tmp_path / "site", tmp_path / "work"
    (site / "audio").mkdir(parents=True)
    for ending in ("mp3", "vtt", "chapters.json"):
        (site / "audio" / f"2.{ending}").write_text("old")

    def stop(words, share):
        if words.startswith(step):
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        record(script(), site, work, engine=Beeper(), ffmpeg=Copier(), step=stop)
    assert {path.read_text() for path in (site / "audio").iterdir()} == {"old"}
    assert not list(work.glob("whole-*"))


FULL = """
import resource, sys
resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv[2]), int(sys.argv[2])))
""" + KILLED.replace("time.sleep(600)", "pass").replace("sys.argv[2], ", "'/dev/null', ")


@pytest.mark.parametrize(
    ("room", "words"),
    [(2_000, "cannot write the recording"), (500_000, "cannot write the recording")],
)
def test_a_full_disk_is_one_clear_error(tmp_path, room, words):
    """A limit on the size of files stands in for a disk: of one block, and of the whole."""
    script = FULL.format(tests=TESTS)
    command = [sys.executable, "-c", script, str(tmp_path), str(room)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert words in done.stderr.splitlines()[-1]
    assert not (tmp_path / "site").exists()
    assert not list((tmp_path / "work").glob("whole-*"))
    assert resource.getrlimit(resource.RLIMIT_FSIZE)[0] != room


def test_an_encoder_that_fails_is_one_clear_error(script, tmp_path):
    program = tmp_path / "ffmpeg"
    program.write_text("#!/bin/sh\necho 'av_interleaved_write_frame: No space left' >&2\nexit 1\n")
    program.chmod(0o755)
    with pytest.raises(RecordingError, match="No space left"):
        record(
            script(),
            tmp_path / "site",
            tmp_path / "work",
            engine=Beeper(),
            ffmpeg=Ffmpeg(str(program)),
        )
    assert not (tmp_path / "site").exists()


def test_only_what_changed_is_spoken_again(script, tmp_path):
    site, work = tmp_path / "site", tmp_path / "work"
    record(script(), site, work, engine=Beeper(), ffmpeg=Copier(), keep=True)
    voice = replace(PUBLICATION.voice, lexicon={"deal": "bargain"})
    engine = Beeper()
    record(
        script(publication=replace(PUBLICATION, voice=voice)),
        site,
        work,
        engine=engine,
        ffmpeg=Copier(),
    )
    assert [text for _, text in engine.spoken] == [
        "Striking a bargain.",
        "What Striking a bargain says.",
    ]


def test_opinions_have_their_own_voice(script, tmp_path):
    engine = Beeper()
    record(script(), tmp_path / "site", tmp_path / "work", engine=engine, ffmpeg=Copier())
    voices = {text: voice for voice, text in engine.spoken}
    assert {voices[b.said] for b in script().blocks if b.role is Role.OPINION} == {"en-us+f3"}
    assert {voices[b.said] for b in script().blocks if b.role is not Role.OPINION} == {"en-us"}


def test_progress_only_grows(script, tmp_path):
    shares = []
    record(
        script(),
        tmp_path / "site",
        tmp_path / "work",
        engine=Beeper(),
        ffmpeg=Copier(),
        step=lambda words, share: shares.append(share),
    )
    assert shares == sorted(shares)
    assert 0 <= shares[0] < shares[-1] < 1


def test_a_translation_is_read_by_a_voice_of_its_language(script, tmp_path):
    engine = Beeper()
    done = record(
        script(language="es", mark="Traducido."),
        tmp_path / "site",
        tmp_path / "work",
        engine=engine,
        ffmpeg=Copier(),
    )
    assert done.audio.file == file_name(2, "es", "mp3") == "audio/2.es.mp3"
    assert {voice for voice, _ in engine.spoken} == {"es"}
    assert (tmp_path / "site" / "audio" / "2.es.vtt").is_file()


@pytest.mark.parametrize(
    ("own", "voice", "languages", "asked", "found"),
    [
        ("en", "en-us", {}, "en", "en-us"),
        ("en-GB", "en-gb", {}, "en-GB", "en-gb"),
        ("de", "en-us", {}, "de", "de"),
        ("de", "de+f2", {}, "de", "de+f2"),
        ("en", "en-us", {"es": "es-419"}, "es-MX", "es-419"),
        ("en", "en-us", {"es": "es-419", "es-MX": "mx"}, "es-MX", "mx"),
        ("en", "en-us", {}, "fr", "fr"),
    ],
)
def test_who_reads_which_language(own, voice, languages, asked, found):
    told = replace(PUBLICATION.voice, voice=voice, languages=languages)
    publication = replace(PUBLICATION, language=own, voice=told)
    assert voice_of(publication, asked, Beeper()) == found


def test_an_engine_without_a_voice_for_the_language_asks_for_one():
    class Silent(Beeper):
        def native(self, language):
            return ""

    with pytest.raises(InputError, match=r"voice\.languages: no voice for this language"):
        voice_of(PUBLICATION, "es", Silent())
