import subprocess
import sys

from comity.cli import main
from comity.cli.app import ORDER, app, command


def test_without_a_command_it_welcomes(capsys):
    assert main([]) == 0
    assert "several views of one situation" in capsys.readouterr().out


def test_commands_come_in_the_order_a_person_needs_them():
    listed = command().list_commands(None)
    assert [name for name in listed if name in ORDER] == [n for n in ORDER if n in listed]
    assert {"new", "check", "schema", "solve"} <= set(listed)


def test_every_command_says_what_it_does(capsys):
    for name, each in command().commands.items():
        assert each.help, name
        assert main([name, "--help"]) == 0
    assert capsys.readouterr().err == ""


def test_version(capsys):
    assert main(["--version"]) == 0
    assert capsys.readouterr().out.startswith("comity 0.")


def test_commands_are_registered_on_the_app_itself():
    command()
    assert {info.callback.__module__ for info in app.registered_commands} >= {"comity.cli.schema"}


def test_a_reader_who_leaves_is_no_error():
    """`comity schema | head -c 1` ends quietly."""
    run = "import sys; from comity.cli import main; sys.exit(main(['schema']))"
    line = f'{sys.executable} -c "{run}" | head -c 1'
    done = subprocess.run(line, shell=True, capture_output=True, text=True, check=True)
    assert done.stdout == "{"
    assert done.stderr == ""


def test_ctrl_c_while_the_commands_are_imported_is_a_clean_end():
    code = """
import sys
import comity.cli
assert not {"typer", "numpy", "comity.core"} & set(sys.modules)
class Interrupting:
    def find_spec(self, name, path, target=None):
        if name == sys.argv[1]:
            raise KeyboardInterrupt
sys.meta_path.insert(0, Interrupting())
sys.exit(comity.cli.main(["schema"]))
"""
    for name in ("comity.cli.app", "typer", "comity.cli.newsletter"):
        command_line = [sys.executable, "-c", code, name]
        done = subprocess.run(command_line, capture_output=True, text=True, check=False)
        assert done.returncode == 130
        assert done.stderr == "error: stopped by Ctrl-C; nothing was written\n"
        assert done.stdout == ""
