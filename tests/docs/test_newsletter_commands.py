"""The page on the newsletter's commands shows them as they are."""

import importlib.util
from pathlib import Path

ROOT = Path(__file__).parents[2]
SCRIPT = ROOT / "docs" / "_newsletter_commands.py"


def test_the_page_is_what_the_commands_say():
    specification = importlib.util.spec_from_file_location("newsletter_commands", SCRIPT)
    script = importlib.util.module_from_spec(specification)
    specification.loader.exec_module(script)
    shown = (ROOT / "docs" / "reference" / "newsletter-commands.md").read_text("utf-8")
    hint = (
        "Run: .venv/bin/python docs/_newsletter_commands.py > docs/reference/newsletter-commands.md"
    )
    assert script.page() == shown, hint
