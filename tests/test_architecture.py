"""The house rules that no linter knows."""

import ast
import re
import subprocess
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
SOURCE = ROOT / "src" / "comity"
LONGEST_FILE = 500

# Modules that hold nothing to test on their own, each with the reason.
NO_TEST_OF_THEIR_OWN: dict[str, str] = {}

# What a file of the repository must never name: a machine's folders, a package index.
PRIVATE_PLACES = re.compile(
    r"(?<![\w.~/-])/(?:home|opt|root|tmp|Users|work)/\w"
    r"|(?:files\.pythonhosted|pypi|npmjs|debian)\.org"
    r"|--(?:extra-)?index-url"
)
TEXT = {".cfg", ".css", ".html", ".js", ".json", ".md", ".py", ".toml", ".txt", ".xml", ".yml", ""}


@cache
def modules() -> list[Path]:
    """Every module of the package, relative to it."""
    return sorted(path.relative_to(SOURCE) for path in SOURCE.rglob("*.py"))


@cache
def tracked_files() -> list[Path]:
    """Every text file git holds or would take; none outside a git checkout."""
    listing = subprocess.run(
        ["git", "ls-files", "-co", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    paths = [ROOT / line for line in listing.stdout.splitlines()]
    return [path for path in paths if path.suffix in TEXT and path.is_file()]


def expected_test(module: Path) -> Path:
    """Where the test of a module lies: `games/_plots.py` has `tests/games/test_plots.py`."""
    return ROOT / "tests" / module.parent / f"test_{module.stem.lstrip('_')}.py"


def imported_names(module: Path) -> set[str]:
    """Dotted names a module imports, `from a import b` as `a.b`."""
    found: set[str] = set()
    for node in ast.walk(ast.parse((SOURCE / module).read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and not node.level:
            found |= {f"{node.module}.{alias.name}" for alias in node.names}
    return found


def test_there_is_something_to_check():
    assert len(modules()) > 10


def test_no_file_is_too_long():
    lengths = {
        str(module): len((SOURCE / module).read_text(encoding="utf-8").splitlines())
        for module in modules()
    }
    assert {name: lines for name, lines in lengths.items() if lines > LONGEST_FILE} == {}


def test_every_module_has_its_test():
    missing = [
        f"{module} -> {expected_test(module).relative_to(ROOT)}"
        for module in modules()
        if module.name not in {"__init__.py", "__main__.py"}
        and module.as_posix() not in NO_TEST_OF_THEIR_OWN
        and not expected_test(module).exists()
    ]
    assert missing == []


def test_exceptions_still_exist():
    known = {module.as_posix() for module in modules()}
    tested = {name for name in NO_TEST_OF_THEIR_OWN if expected_test(Path(name)).exists()}
    assert set(NO_TEST_OF_THEIR_OWN) - known == set()
    assert tested == set()


def test_rooms_do_not_import_the_front_door():
    rooms = {path.parent.name for path in SOURCE.glob("*/__init__.py")}
    through_the_front = {
        f"{module}: {name}"
        for module in modules()
        if module.parts[0] in rooms - {"cli"}
        for name in imported_names(module)
        if name == "comity"
        or (name.startswith("comity.") and name.split(".")[1] not in rooms | {"_version"})
    }
    assert through_the_front == set()


def test_imports_are_absolute():
    relative = [
        f"{module}:{node.lineno}"
        for module in modules()
        for node in ast.walk(ast.parse((SOURCE / module).read_text(encoding="utf-8")))
        if isinstance(node, ast.ImportFrom) and node.level
    ]
    assert relative == []


def test_nothing_names_a_machine_or_an_index():
    files = tracked_files()
    if not files:
        pytest.skip("not a git checkout")
    found = [
        f"{path.relative_to(ROOT)}:{number}: {match[0]}"
        for path in files
        for number, line in enumerate(path.read_text("utf-8", "replace").splitlines(), start=1)
        if (match := PRIVATE_PLACES.search(line))
    ]
    assert found == []


@pytest.mark.parametrize(
    "text", ["see {}home/ann/x", '"{}tmp/out.html"', "-f https:{0}{0}pypi.{1}"]
)
def test_private_places_are_recognised(text):
    assert PRIVATE_PLACES.search(text.format("/", "org"))


@pytest.mark.parametrize("text", ["#!/usr/bin/env bash", "a/tmp/b", "src/comity/rooms/home/x"])
def test_public_places_are_not(text):
    assert not PRIVATE_PLACES.search(text)
