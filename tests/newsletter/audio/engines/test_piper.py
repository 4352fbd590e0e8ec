"""Piper by a stand-in that answers to the same options and writes what it was given."""

import json
import sys
from pathlib import Path

import pytest

from comity.core.errors import InputError
from comity.newsletter.audio import sound
from comity.newsletter.audio.engines import make_engine
from comity.newsletter.audio.engines.piper import Piper
from comity.newsletter.audio.failures import RecordingError
from comity.newsletter.model.publication import Voice

STAND_IN = """#!{python}
import argparse, json, pathlib, sys
sys.path.insert(0, {tests!r})
from newsletter_audio import beep
parser = argparse.ArgumentParser()
parser.add_argument("--model", required=True)
parser.add_argument("--output_file", required=True)
parser.add_argument("--length_scale", type=float, default=1.0)
told = parser.parse_args()
text = sys.stdin.read()
if "crash" in text:
    sys.exit("Segmentation of this text failed")
pathlib.Path(told.model + ".log").write_text(json.dumps([text, told.length_scale]))
beep(told.output_file, 0.4 * told.length_scale * len(text.split()), 300, 16_000)
"""


@pytest.fixture
def piper(tmp_path):
    program = tmp_path / "piper"
    tests = str(Path(__file__).parents[3])
    program.write_text(STAND_IN.format(python=sys.executable, tests=tests))
    program.chmod(0o755)
    (tmp_path / "voice.onnx").write_text("model")
    return Piper(str(program)), str(tmp_path / "voice.onnx")


def test_text_voice_and_rate_reach_it(piper, tmp_path):
    engine, voice = piper
    engine.speak("it's fair -- isn't it?", voice, 110, tmp_path / "a.wav")
    assert json.loads(Path(f"{voice}.log").read_text()) == ["it's fair -- isn't it?\n", 1.5]
    samples, rate = sound.read(tmp_path / "a.wav")
    assert (rate, len(samples) / rate) == (16_000, pytest.approx(5 * 0.6 + 0.2, abs=0.01))


def test_paths_begin_in_the_folder_of_the_publication(piper, tmp_path):
    voice = Voice(engine="piper", program="./piper", voice="voice.onnx")
    engine = make_engine(voice, tmp_path)
    engine.speak("so", voice.voice, 165, tmp_path / "a.wav")
    assert sound.read(tmp_path / "a.wav")[1] == 16_000


def test_its_failure_is_told(piper, tmp_path):
    engine, voice = piper
    with pytest.raises(RecordingError, match="Segmentation of this text failed"):
        engine.speak("crash", voice, 165, tmp_path / "a.wav")


def test_a_voice_is_a_file(piper, tmp_path):
    with pytest.raises(InputError, match="no such voice"):
        piper[0].speak("so", str(tmp_path / "none.onnx"), 165, tmp_path / "a.wav")


def test_nobody_chooses_its_voices_but_people(piper):
    assert piper[0].native("es") == ""
