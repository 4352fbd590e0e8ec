import pytest

from comity.cli import main
from comity.newsletter.delivery.keys import make_secret

SETTINGS = """
name = "CW"
short = "CW"
url = "https://commons.example.org"
[post]
sender = "letters@example.org"
bounces = "bounces@example.org"
"""


@pytest.fixture
def run(tmp_path, capsys):
    (tmp_path / "publication.toml").write_text(SETTINGS)
    make_secret(tmp_path)

    def command(name="setup"):
        status = main(["newsletter", name, "--folder", str(tmp_path)])
        printed = capsys.readouterr()
        return status, printed.out, printed.err

    return command


def test_from_what_is_missing_to_what_is_to_be_published(run, tmp_path):
    status, out, err = run()
    assert status == 1
    assert err.startswith("to mend: post.dkim_key_file: no signature")
    record, settings = run("key")[1:]
    with (tmp_path / "publication.toml").open("a") as stream:
        stream.write(settings.partition("[post]")[2])
    status, out, err = run()
    assert status == 0
    assert "to mend" not in err
    assert record.strip() in out.splitlines()
    assert out.count(" IN TXT ") == 3


def test_settings_with_which_no_mail_can_go_are_one_line(run, tmp_path):
    (tmp_path / "publication.toml").write_text(SETTINGS.replace("letters@", ""))
    status, out, err = run()
    assert (status, out, err.count("\n")) == (2, "", 1)
    assert "post.sender" in err
