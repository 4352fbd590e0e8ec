"""`comity newsletter backup`: a checked copy beside nothing else."""

from cli.newsletter.publications import publication
from comity.cli import main
from comity.newsletter.store.store import Store


def test_a_copy_holds_everything(tmp_path, capsys):
    store = publication(tmp_path)
    copy = tmp_path / "copy.db"
    assert main(["newsletter", "backup", str(copy), "--folder", str(tmp_path)]) == 0
    assert f"{copy.stat().st_size:,} bytes, checked" in capsys.readouterr().out
    other = Store.open(copy)
    assert other.load() == store.load()
    other.close()
    store.close()


def test_no_file_is_overwritten(tmp_path, capsys):
    publication(tmp_path).close()
    (tmp_path / "copy.db").write_text("mine")
    assert main(["newsletter", "backup", str(tmp_path / "copy.db"), "-f", str(tmp_path)]) == 2
    assert (tmp_path / "copy.db").read_text() == "mine"
