"""`comity newsletter init`: the example, or an empty publication."""

from comity.cli import main
from comity.newsletter.publication.reading import read_publication
from comity.newsletter.store.store import Store


def test_the_example_by_default(tmp_path, capsys):
    assert main(["newsletter", "init", str(tmp_path / "news")]) == 0
    assert "15 entries, 3 issues" in capsys.readouterr().out
    assert main(["newsletter", "check", "-f", str(tmp_path / "news")]) == 0


def test_an_empty_one_has_a_name(tmp_path, capsys):
    arguments = [
        "newsletter",
        "init",
        str(tmp_path / "news"),
        "--name",
        "Fair Play",
        "--short",
        "FP",
    ]
    assert main(arguments) == 0
    assert "0 entries, 0 issues" in capsys.readouterr().out
    assert read_publication(tmp_path / "news").name == "Fair Play"
    store = Store.open(tmp_path / "news")
    assert store.load().entries == ()
    store.close()


def test_nothing_is_overwritten(tmp_path, capsys):
    assert main(["newsletter", "init", str(tmp_path / "news"), "--empty"]) == 0
    assert main(["newsletter", "init", str(tmp_path / "news")]) == 2
    assert "a publication already" in " ".join(capsys.readouterr().err.split())
