import json

import pytest

from comity.cli import main
from comity.newsletter.languages.kept import translations
from comity.newsletter.model.withholding import withhold
from comity.newsletter.publication.reading import read_publication
from comity.newsletter.store.store import Store
from newsletter_engines import ARCHIVE, SECRET, WORDS, fake_apertium

SETTINGS = 'name = "Test"\nshort = "T"\ncategories = ["Cooperation"]\n'


@pytest.fixture
def run(tmp_path, capsys, monkeypatch):
    (tmp_path / "publication.toml").write_text(f'{SETTINGS}translations = ["es"]\n')
    store = Store.open(tmp_path)
    for issue in ARCHIVE.issues:
        store.save_issue(issue)
    store.save_entries(ARCHIVE.entries)
    store.close()
    program = fake_apertium(tmp_path, WORDS)
    monkeypatch.setenv("PATH", str(program.parent), prepend=":")

    def translate(*arguments):
        status = main(["newsletter", "translate", *arguments, "--folder", str(tmp_path)])
        printed = capsys.readouterr()
        return status, printed.out, printed.err

    return translate


def test_an_issue_is_translated_and_what_was_refused_is_told(run):
    status, out, err = run("1")
    assert (status, err) == (0, "")
    assert out.splitlines() == [
        "issue 1 into es by Apertium 9.9, eng-spa: 5 of 6 sentences translated",
        "  refused: a negation is lost: 0 of 1: Nobody knows.",
    ]


def test_the_engine_is_asked_anew(run, tmp_path):
    first = run("1")
    fake_apertium(tmp_path, {**WORDS, "nobody": "ninguno", "not": "sin"})
    assert run("1") == first
    run("1", "--again")
    store = Store.open(tmp_path)
    view = withhold(read_publication(tmp_path), store.load(), "public")
    (translated,) = translations(store.engine, view, 1)
    store.close()
    assert "ninguno" in repr(translated.texts)


def test_plain_data(run):
    status, out, _ = run("1", "2", "--json")
    first, second = json.loads(out)["translations"]
    assert status == 0
    assert (first["issue"], second["issue"]) == (1, 2)
    assert first["sentences"] > second["sentences"] == 1
    assert SECRET not in out


def test_dropped(run):
    run("1")
    assert run("1", "--drop") == (0, "1 of 1 translations dropped; build the site again\n", "")
    assert run("1", "--drop")[1].startswith("0 of 1 ")


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["1", "--to", "tlh"], "no table of words to check a translation with"),
        (["1", "--to", "en"], "the issue is in this language already"),
        (["7"], "There is no such issue"),
    ],
)
def test_what_cannot_be_translated(run, arguments, message):
    status, out, err = run(*arguments)
    assert (status, out) == (2, "")
    assert message.lower() in err.lower()


def test_a_missing_engine_is_told_with_its_packages(run, monkeypatch, tmp_path):
    monkeypatch.setenv("PATH", str(tmp_path / "empty"))
    status, _, err = run("1")
    assert status == 2
    assert "apt install apertium apertium-eng-spa" in " ".join(err.split())
