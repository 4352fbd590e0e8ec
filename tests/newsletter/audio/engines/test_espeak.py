"""espeak-ng itself: what it says of our spellings, how fast, and how it fails."""

import subprocess

import pytest

from comity.core.errors import InputError
from comity.newsletter.audio import sound
from comity.newsletter.audio.engines.espeak import Espeak
from comity.newsletter.audio.speech.normaliser import Normaliser

pytestmark = pytest.mark.usefixtures("programs")

TEXT = (
    "The authors consider negotiations in which several parties hold incompatible models of the "
    "same situation. They prove that agreeing on a common model beforehand never decreases "
    "expected welfare, provided that misreporting is sufficiently expensive, and they evaluate "
    "this assumption in two simulated environments."
)


def phonemes(text: str) -> str:
    """What espeak-ng would say, by its own account, without its marks of stress."""
    command = ["espeak-ng", "-v", "en-us", "-q", "--ipa", text]
    told = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    return told.replace("ˈ", "").replace("ˌ", "").strip()


def test_it_speaks_as_fast_as_people_read(tmp_path):
    Espeak().speak(TEXT, "en-us", 165, tmp_path / "a.wav")
    samples, rate = sound.read(tmp_path / "a.wav")
    assert 130 < 60 * len(TEXT.split()) / (len(samples) / rate) < 190
    assert abs(samples.astype(int)).max() < sound.PEAK


def test_the_same_words_make_the_same_sound(tmp_path):
    for name in ("a", "b"):
        Espeak().speak(TEXT, "en-us+f3", 165, tmp_path / name)
    assert (tmp_path / "a").read_bytes() == (tmp_path / "b").read_bytes()


@pytest.mark.parametrize("voice", ["nonsuch", "-w", "../../etc", "a b", ""])
def test_a_voice_that_is_none_is_named(voice, tmp_path):
    with pytest.raises(InputError, match="no such voice"):
        Espeak().speak("so", voice, 165, tmp_path / "a.wav")


def test_texts_are_no_options_and_no_phonemes(tmp_path):
    for name, text in (("a", "-v"), ("b", "[[h@loU]] so")):
        Espeak().speak(text, "en-us", 165, tmp_path / name)
        assert sound.trimmed(*sound.read(tmp_path / name)).size > 0


def test_it_names_its_version():
    assert Espeak().identity.startswith("espeak-ng 1.")


@pytest.mark.parametrize(
    ("written", "heard"),
    [
        ("AI systems", "eɪ aɪ"),
        ("the AI's", "eɪ aɪz"),
        ("MDPs are", "ɛm diː piːz"),
        ("in 1999", "naɪntiːn naɪntinaɪn"),
        ("α and ξ", "ælfə ænd zaɪ"),
        ("CIRL", "kɜːl"),
        ("arXiv", "ɑːɹkaɪv"),
    ],
)
def test_what_is_heard_is_what_was_meant(written, heard):
    assert heard in phonemes(Normaliser().say(written))


def test_without_our_spelling_it_would_be_wrong():
    assert "piːz" in phonemes(Normaliser().say("POMDPs"))
    assert "piːz" not in phonemes("POMDPs")
