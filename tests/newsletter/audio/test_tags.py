"""Tags and chapters in the mp3, read back by ffprobe, which shares nothing with who wrote them."""

import json
import subprocess
from io import BytesIO

import pytest
from mutagen.id3 import ID3

from comity.newsletter.audio.blocks import Block, Role
from comity.newsletter.audio.encoding import Ffmpeg
from comity.newsletter.audio.tags import About, tag
from comity.newsletter.audio.timeline import Cue, Timeline
from newsletter_audio import beep

ABOUT = About(
    title="FP #2: Über »Flüsse«",
    podcast="Fair Play",
    author="Ruth Ames",
    number=2,
    date="2026-01-08",
    licence="CC-BY-4.0",
    address="https://fair.example.org/issues/2/",
)
CUES = (
    Cue(0.5, 1.0, Block(Role.HOST, "a", "a", 0.5, "Introduction", "https://fair.example.org/")),
    Cue(1.5, 2.0, Block(Role.HOST, "b", "b", 0.5, "合作 & <more>", "https://fair.example.org/b")),
    Cue(2.25, 2.5, Block(Role.HOST, "c", "c", 0.5, "Closing")),
)
TIMELINE = Timeline(CUES, 3.0)


def probed(path, *what):
    command = ["ffprobe", "-v", "error", "-of", "json", *what, str(path)]
    return json.loads(subprocess.run(command, capture_output=True, check=True).stdout)


@pytest.fixture
def mp3(programs, tmp_path):
    beep(tmp_path / "a.wav", 2.8, 300, 22_050)
    Ffmpeg().level(tmp_path / "a.wav", tmp_path / "a.mp3")
    file = tmp_path / "a.mp3"
    file.write_bytes(tag(ABOUT, TIMELINE) + file.read_bytes())
    return file


def test_chapters_are_read_back(mp3):
    chapters = probed(mp3, "-show_chapters")["chapters"]
    found = [(float(c["start_time"]), float(c["end_time"]), c["tags"]["title"]) for c in chapters]
    assert found == [
        (0.0, 1.5, "Introduction"),
        (1.5, 2.25, "合作 & <more>"),
        (2.25, 3.0, "Closing"),
    ]


def test_tags_are_read_back(mp3):
    form = probed(mp3, "-show_format", "-show_streams")
    tags = form["format"]["tags"]
    assert {
        name: tags[name] for name in ("title", "album", "artist", "track", "date", "genre")
    } == {
        "title": "FP #2: Über »Flüsse«",
        "album": "Fair Play",
        "artist": "Ruth Ames",
        "track": "2",
        "date": "2026-01-08",
        "genre": "Podcast",
    }
    stream = form["streams"][0]
    assert (stream["codec_name"], stream["channels"], stream["bit_rate"]) == ("mp3", 1, "64000")


def test_the_order_of_frames_is_that_of_the_chapters():
    many = tuple(Cue(n, n + 1, Block(Role.HOST, "a", "a", 0, "x" * (40 - n))) for n in range(40))
    raw = tag(ABOUT, Timeline(many, 40.0))
    places = [raw.index(b"chapter%d\0" % n, raw.index(b"CHAP")) for n in range(40)]
    assert places == sorted(places)


def test_the_tag_says_how_long_it_is():
    raw = tag(ABOUT, TIMELINE)
    size = sum(byte << shift for byte, shift in zip(raw[6:10], (21, 14, 7, 0), strict=True))
    assert len(raw) == size + 10
    assert ID3(BytesIO(raw)).getall("TIT2")[0].text == [ABOUT.title]
