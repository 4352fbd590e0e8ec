import pytest

from comity.core.errors import InputError
from comity.newsletter.languages import apertium as module
from comity.newsletter.languages.apertium import Apertium, read
from comity.newsletter.languages.engine import Draft
from comity.newsletter.languages.translate import translate
from comity.newsletter.model.withholding import withhold
from newsletter_engines import ARCHIVE, PUBLICATION, apertium, fake_apertium


@pytest.fixture
def fake(tmp_path):
    return Apertium("en", "es", program=str(fake_apertium(tmp_path)))


def test_many_sentences_in_one_batch(fake):
    sentences = [f"Sentence {n} is odd; ñ." for n in range(450)]
    drafts = fake.translate(sentences)
    assert [draft.text for draft in drafts] == sentences
    assert {draft.unknown for draft in drafts} == {("odd",)}
    assert fake.name == "Apertium 9.9, eng-spa"
    assert fake.stand_ins()[:2] == ("Alice", "Bob")


def test_a_batch_that_comes_back_in_other_parts_is_asked_one_by_one(fake):
    drafts = fake.translate(["One.", "Two merge.", "Three\n\nlines."])
    assert [draft.text for draft in drafts] == ["One.", "Two merge. more", "Three lines."]


def test_failure_and_silence_are_told(fake, monkeypatch):
    with pytest.raises(InputError, match=r"Apertium failed.*no such thing"):
        fake.translate(["fail"])
    monkeypatch.setattr(module, "SECONDS", 0.2)
    with pytest.raises(InputError, match=r"does not answer.*TimeoutExpired"):
        fake.translate(["slow"])


def test_what_is_missing_is_told_with_its_packages(fake):
    with pytest.raises(InputError, match="apt install apertium apertium-eng-spa"):
        Apertium("en", "es", program="no-such-program")
    with pytest.raises(InputError, match="no eng-xxx; expected apt install"):
        Apertium("en", "xxx", program=fake.program)


@pytest.mark.parametrize(
    ("source", "answer", "draft"),
    [
        ("Yes.", " Sí. ", Draft("Sí.")),
        ("A big zorp", "Un *zorp  grande", Draft("Un zorp grande", ("zorp",))),
        ("He runs.", "Él @run #correr.", Draft("Él run correr.", ("run", "correr"))),
        ("Zorp eats.", "*Zorp Come.", Draft("Zorp come.", ("Zorp",))),
        ("Zorp Eats.", "*Zorp Come.", Draft("Zorp Come.", ("Zorp",))),
        ("2 * 3", "2 * 3", Draft("2 * 3")),
        ("No, it does.", "No ,  .", Draft("No,.")),
        ("It is : so .", "Es : así .", Draft("Es : así .")),
        ("", "", Draft("")),
    ],
)
def test_marks(source, answer, draft):
    assert read(source, answer) == draft


def test_the_real_one_translates_and_keeps_what_must_stay():
    apertium()
    engine = Apertium("en", "es")
    drafts = engine.translate(["Nobody can win without a fight.", "The agents don't cooperate."])
    assert [draft.text for draft in drafts] == [
        "Nadie puede ganar sin una pelea.",
        "Los agentes no cooperan.",
    ]
    assert len(engine.stand_ins()) >= 10
    view = withhold(PUBLICATION, ARCHIVE, "public")
    translated = translate(view, 1, engine)
    assert [str(r) for s in translated.sentences for r in s.reasons] == []
    summary = translated.spoken.sections[0].items[0].entry.summary
    assert " no comparten " in summary
    for kept in ("[the code](https://a.example/x_y)", "`run_1`", "Lovelace", "95%", "$x_1$"):
        assert kept in summary


@pytest.mark.parametrize(
    "text", ["^$@#/\\ * [x] {y} <z> ~", "\x00\x01", "*" * 50, "é" * 500, "^a/b$"]
)
def test_the_real_one_survives_its_own_marks(text):
    apertium()
    drafts = Apertium("en", "es").translate([text, "Yes."])
    assert len(drafts) == 2
    assert drafts[1].text.lower().startswith("sí")


def test_compounds_come_without_hyphens_where_apertium_would_run_them_together(fake):
    (draft,) = fake.translate(["A two-action, non-zero, state-of-the-art follow-up of 3-4 X-rays."])
    assert draft.text == "A two action, non-zero, state-of-the-art follow-up of 3-4 X-rays."
