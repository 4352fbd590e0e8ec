"""Run the examples in README.md and docs/ as tests.

Fenced `python` blocks run in order and share one namespace per page, doctest prompts included.
In fenced `console` blocks every `$ comity ...` line runs: it must exit with 0 (or with N where the
line ends in `# exit N`), and each line shown below it must appear in what it prints, blanks aside
(`...` stands for anything). Other commands in such a block are not run. A fenced block with a
title, as in `toml title="flat.toml"`, is written to a file of that name.

A page runs in an empty folder that holds only `examples/`, so nothing it writes stays behind.
"""

import os
import re
import shlex
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import redirect_stderr, redirect_stdout
from doctest import ELLIPSIS, NORMALIZE_WHITESPACE
from io import StringIO
from pathlib import Path
from unittest.mock import patch

import pytest
from sybil import Document, Example, Region, Sybil
from sybil.parsers.markdown import CodeBlockParser, PythonCodeBlockParser, SkipParser
from sybil.parsers.markdown.lexers import RawFencedCodeBlockLexer

# Small programs, each run once or twice: compiling them takes far longer than running them.
os.environ.setdefault("XLA_FLAGS", "--xla_backend_optimization_level=0")

ROOT = Path(__file__).parent
EXIT = re.compile(r"\s+#\s*exit (\d+)\s*$")
TITLED = re.compile(r'\w+ +title="(?P<file>[^"/]+)"\n')
OUTPUT_WIDTH = "100"


def run_command(arguments: list[str]) -> tuple[int, str]:
    """Exit status and everything printed by `comity ARGUMENTS`, run inside this process."""
    from comity.cli import main

    printed = StringIO()
    environment = {"COLUMNS": OUTPUT_WIDTH, "NO_COLOR": "1"}
    with (
        patch("sys.argv", ["comity", *arguments]),
        patch.dict(os.environ, environment),
        redirect_stdout(printed),
        redirect_stderr(printed),
    ):
        try:
            status = main()
        except SystemExit as stop:
            status = stop.code
    return int(status or 0), printed.getvalue()


def missing_lines(shown: list[str], printed: str) -> list[str]:
    """The lines a page shows that the command did not print."""
    squeezed = " ".join(printed.split())
    patterns = (
        (line, re.escape(" ".join(line.split())).replace(r"\.\.\.", ".*")) for line in shown
    )
    return [line for line, pattern in patterns if not re.search(pattern, squeezed)]


def split_commands(block: str) -> list[tuple[str, list[str]]]:
    """Each command of a console block with the output shown below it."""
    commands: list[tuple[str, list[str]]] = []
    for line in block.replace("\\\n", " ").splitlines():
        if line.startswith("$ "):
            commands.append((line[2:], []))
        elif commands and line.strip():
            commands[-1][1].append(line)
    return commands


def evaluate_console(example: Example) -> str | None:
    """What is wrong with a console block, or None."""
    for command, shown in split_commands(example.parsed):
        if not command.startswith("comity "):
            continue
        expected = EXIT.search(command)
        status, printed = run_command(shlex.split(EXIT.sub("", command))[1:])
        if status != (int(expected[1]) if expected else 0):
            return f"`{command}` exited with {status}:\n{printed}"
        if missing := missing_lines(shown, printed):
            return f"`{command}` did not print {missing}, but:\n{printed}"
    return None


def find_files(document: Document) -> Iterator[Region]:
    """Every fenced block that stands for a file."""
    for region in RawFencedCodeBlockLexer(TITLED)(document):
        region.parsed = region.lexemes["source"]
        region.evaluator = write_file
        yield region


def write_file(example: Example) -> None:
    """Write a block to the file that its title names."""
    Path(example.region.lexemes["file"]).write_text(example.parsed, encoding="utf-8")


def enter_page(namespace: dict) -> None:
    """Give a page its own working folder and pictures that open no window."""
    folder = Path(tempfile.mkdtemp(prefix="comity-page-"))
    if (ROOT / "examples").is_dir():
        shutil.copytree(ROOT / "examples", folder / "examples")
    namespace["_folder"], namespace["_back"] = folder, Path.cwd()
    os.environ.setdefault("MPLBACKEND", "agg")
    os.chdir(folder)


def leave_page(namespace: dict) -> None:
    """Remove what a page wrote."""
    os.chdir(namespace["_back"])
    shutil.rmtree(namespace["_folder"])


collect_pages = Sybil(
    parsers=[
        SkipParser(),
        PythonCodeBlockParser(doctest_optionflags=ELLIPSIS | NORMALIZE_WHITESPACE),
        CodeBlockParser(language="console", evaluator=evaluate_console),
        find_files,
    ],
    patterns=["README.md", "docs/*.md", "docs/**/*.md"],
    setup=enter_page,
    teardown=leave_page,
).pytest()


def pytest_collect_file(file_path: Path, parent: pytest.Collector) -> pytest.Collector | None:
    """Collect the examples of a page."""
    return collect_pages(file_path, parent)
