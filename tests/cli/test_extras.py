import re
import sys
import tomllib

import pytest

from comity.cli import main
from comity.cli._extras import LIBRARIES, needing
from comity.core.errors import InputError

PROJECTS = {"markdown_it": "markdown-it-py"}
"""Libraries that are not called as the project that brings them."""


@pytest.mark.parametrize("extras", LIBRARIES)
def test_a_missing_library_names_the_extras(extras):
    for name in LIBRARIES[extras]:
        with pytest.raises(InputError) as told, needing(extras):
            raise ModuleNotFoundError(name=f"{name}.inner")
        assert f"no {name}" in str(told.value)
        assert f"comity[{extras}]" in str(told.value)


def test_other_missing_modules_are_faults_of_ours():
    with pytest.raises(ModuleNotFoundError, match="own"), needing("rooms"):
        raise ModuleNotFoundError("own", name="comity.own")


def test_the_project_declares_them(repository):
    project = tomllib.loads((repository / "pyproject.toml").read_text("utf-8"))["project"]
    declared = project["optional-dependencies"]
    for extras, libraries in LIBRARIES.items():
        lines = [line for extra in extras.split(",") for line in declared[extra]]
        projects = {re.split(r"[\[<>=]", line)[0] for line in lines}
        assert {PROJECTS.get(name, name.replace("_", "-")) for name in libraries} <= projects


def test_a_command_says_so(monkeypatch, capsys, examples):
    monkeypatch.setitem(sys.modules, "httpx", None)
    for module in ("joining", "driving"):
        monkeypatch.delitem(sys.modules, f"comity.rooms.client.{module}", raising=False)
    case = str(examples / "river.toml")
    assert main(["open", case, "--server", "https://rooms.test"]) == 2
    assert "comity[rooms]" in capsys.readouterr().err
