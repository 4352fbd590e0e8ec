"""Checkers of pages that nobody here wrote, in the folder that COMITY_CHECKERS names."""

import json
import os
import shutil
import subprocess
from pathlib import Path

import pytest

RULES = {"extends": ["html-validate:recommended"], "root": True}


def folder() -> Path:
    """The folder of node's modules that the checkers are installed in; skips where it is not."""
    named = os.environ.get("COMITY_CHECKERS")
    if not named:
        pytest.skip("no checkers of pages; make checkers installs them")
    return Path(named)


def program(name: str) -> str:
    """A program that a checker needs; once checkers are named it must be there."""
    found = shutil.which(name)
    if not found:
        pytest.fail(f"COMITY_CHECKERS is set, but there is no {name}")
    return found


KNOWN = (
    # Whether an address meets a content policy of 'self' cannot be told: files have no origin.
    "Content Security Policy",
    # A property of SVG 2, which every browser has.
    "“paint-order”: Property “paint-order” doesn't exist.",
)


def nu_faults(files) -> list[str]:
    """What the Nu HTML checker finds wrong in pages, styles and pictures: errors and warnings."""
    jar = folder() / "vnu-jar/build/dist/vnu.jar"
    command = [program("java"), "-Xss8m", "-jar", str(jar), "--stdout", "--exit-zero-always"]
    command += ["--format", "json", "--also-check-css", "--also-check-svg", *map(str, files)]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    return [
        f"{Path(m.get('url', '')).parent.name}: line {m.get('lastLine')}: {m['message']}"
        for m in json.loads(done.stdout)["messages"]
        if not any(known in m["message"] for known in KNOWN)
    ]


def html_validate_faults(files, scratch: Path) -> list[str]:
    """What html-validate finds wrong in files, by the rules that it recommends."""
    script = folder() / "html-validate/bin/html-validate.mjs"
    rules = scratch / ".htmlvalidate.json"
    rules.write_text(json.dumps(RULES))
    command = [program("node"), str(script), "--config", str(rules), "--formatter", "json"]
    done = subprocess.run(
        [*command, *map(str, files)], capture_output=True, text=True, check=False, cwd=scratch
    )
    assert done.returncode in (0, 1), done.stderr
    return [
        f"{Path(page['filePath']).parent.name}: line {m['line']}: {m['ruleId']}: {m['message']}"
        for page in json.loads(done.stdout)
        for m in page["messages"]
    ]
