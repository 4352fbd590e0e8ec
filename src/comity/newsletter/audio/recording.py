"""Recording an issue: from an edition to files on the site."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from comity.core.errors import InputError
from comity.core.files import write_atomic
from comity.core.results import Result
from comity.newsletter.audio import chapters, transcript
from comity.newsletter.audio.blocks import Role
from comity.newsletter.audio.booth import Booth
from comity.newsletter.audio.encoding import Ffmpeg, Loudness
from comity.newsletter.audio.engines import Engine, make_engine
from comity.newsletter.audio.script import Script
from comity.newsletter.audio.speech.phrases import base
from comity.newsletter.audio.tags import About, tag
from comity.newsletter.audio.timeline import Timeline, stitch
from comity.newsletter.editions import addresses
from comity.newsletter.model.issue import Audio
from comity.newsletter.model.publication import Publication, Voice

Step = Callable[[str, float], None]
"""Told what is being done, and the share that is done."""

SPEAKING = 0.7
"""Share of the work after which everything is spoken."""
ENGLISH_VOICE = Voice().voice
"""The voice of a publication that names none."""


@dataclass(frozen=True)
class Recording(Result):
    """A finished recording.

    Attributes
    ----------
    audio : what the issue keeps of it.
    timeline : when everything is heard.
    loudness : measured on the mp3 itself.
    words : how many were spoken.
    spoken_now : blocks that had not been spoken before.
    """

    audio: Audio
    timeline: Timeline
    loudness: Loudness
    words: int
    spoken_now: int

    @property
    def words_per_minute(self) -> float:
        """Words a minute while somebody speaks, silences left out."""
        spoken = sum(cue.end - cue.start for cue in self.timeline.cues)
        return 60 * self.words / spoken if spoken else 0.0


def record(
    script: Script,
    site: Path,
    work: Path,
    *,
    engine: Engine | None = None,
    ffmpeg: Ffmpeg | None = None,
    keep: bool = False,
    step: Step = lambda words, share: None,
) -> Recording:
    """Read an edition aloud into ``site/audio``: mp3, chapters and transcript.

    Each file is replaced in one step; an interruption leaves an old file or a new one, never half
    of one. Blocks that were spoken are kept in ``work`` until all is done, so the
    next try goes on where this one stopped.

    Parameters
    ----------
    script : what is read, by one audience's view.
    site : folder of the built site.
    work : folder for spoken blocks.
    engine : who speaks; by default whom the publication names.
    keep : whether spoken blocks stay afterwards.
    step : told how far the work is.

    Raises
    ------
    InputError
        Where a program or voice is missing, or the disk is full.
    RecordingError
        Where a program fails.
    """
    encoder = ffmpeg or Ffmpeg()
    booth = _booth(script, engine or make_engine(script.view.publication.voice), work)
    booth.open()
    blocks = script.blocks
    waiting = booth.missing(blocks)
    for done, block in enumerate(waiting):
        step(f"speaking {done + 1} of {len(waiting)}", SPEAKING * done / len(waiting))
        booth.speak(block)
    with _scratch(work) as folder:
        step("putting it together", SPEAKING)
        timeline = stitch(blocks, booth.speak, folder / "all.wav")
        step("evening out loudness", SPEAKING + 0.05)
        loudness = encoder.level(folder / "all.wav", folder / "all.mp3")
        step("writing", 0.99)
        audio = _publish(script, timeline, folder / "all.mp3", site)
    if not keep:
        booth.clear()
    words = sum(len(block.said.split()) for block in blocks)
    return Recording(audio, timeline, loudness, words, len(waiting))


def file_name(number: int, language: str, ending: str) -> str:
    """Return the address of a recording on the site; those of translations name their language.

    >>> file_name(12, "", "mp3"), file_name(12, "es", "vtt")
    ('audio/12.mp3', 'audio/12.es.vtt')
    """
    return addresses.recording(number, f"{language}.{ending}" if language else ending)


def voice_of(publication: Publication, language: str, engine: Engine) -> str:
    """Return the voice that reads a language, or raise `InputError` where nobody named one."""
    voice = publication.voice
    is_own = base(language) == base(publication.language)
    foreign = base(language) != "en" and voice.voice == ENGLISH_VOICE
    named = voice.languages.get(language) or voice.languages.get(base(language))
    found = named or (voice.voice if is_own and not foreign else engine.native(base(language)))
    if not found:
        raise InputError(
            "no voice for this language",
            place="voice.languages",
            found=language,
            expected=f'{base(language)} = "a voice of {voice.engine}" in publication.toml',
        )
    return found


def _booth(script: Script, engine: Engine, work: Path) -> Booth:
    voice = script.view.publication.voice
    main = voice_of(script.view.publication, script.tongue, engine)
    voices = dict.fromkeys(Role, main)
    if voice.opinion and main == voice.voice:
        voices[Role.OPINION] = voice.opinion
    return Booth(work, engine, voices, voice.words_per_minute)


def _about(script: Script) -> About:
    publication, issue = script.view.publication, script.edition.issue
    name = f"{script.edition.label}: {issue.title}" if issue.title else script.edition.label
    return About(
        title=name,
        podcast=publication.name,
        author=publication.editor,
        number=issue.number,
        date=issue.day,
        licence=publication.licence,
        address=addresses.absolute(publication, addresses.issue(issue.number, script.language)),
        language=script.tongue,
    )


def _publish(script: Script, timeline: Timeline, recording: Path, site: Path) -> Audio:
    number, language, about = script.edition.issue.number, script.language, _about(script)
    content = tag(about, timeline) + recording.read_bytes()
    name = file_name(number, language, "mp3")
    (site / name).parent.mkdir(parents=True, exist_ok=True)
    write_atomic(site / name, content)
    for ending, text in (
        ("vtt", transcript.to_vtt(timeline, script.tongue)),
        ("chapters.json", chapters.to_json(timeline, about.title, about.podcast)),
    ):
        write_atomic(site / file_name(number, language, ending), text)
    return Audio(name, len(content), round(timeline.seconds, 3))


@contextmanager
def _scratch(work: Path) -> Iterator[Path]:
    """Give a folder on the same disk, removed afterwards whatever happens."""
    try:
        with tempfile.TemporaryDirectory(dir=work, prefix="whole-") as folder:
            yield Path(folder)
    except OSError as error:
        raise InputError(
            "cannot write the recording",
            file=os.fspath(work),
            found=error.strerror or str(error),
            expected="room on the disk",
        ) from error
