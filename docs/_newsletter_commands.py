"""Print the sections of docs/reference/newsletter-commands.md, from the commands themselves.

.venv/bin/python docs/_newsletter_commands.py
"""

from __future__ import annotations

import inspect
import re
import sys
from typing import Any

from comity.cli.app import command

OPENING = """# The commands of the newsletter

Every command works on the folder of a publication: the one it is called in, or that of `--folder`.
They need the extra `newsletter`. Bad input ends with status 2 and changes nothing.
`comity newsletter COMMAND --help` shows the same.
"""


def page() -> str:
    """Return the whole page."""
    group = command().commands["newsletter"]
    return OPENING + "".join(_sections("comity newsletter", group))


def _sections(path: str, group: Any) -> list[str]:
    found = []
    for name in group.list_commands(None):
        inner = group.commands[name]
        if hasattr(inner, "commands"):
            found += _sections(f"{path} {name}", inner)
        else:
            found.append(_section(f"{path} {name}", inner))
    return found


def _section(path: str, shown: Any) -> str:
    words = re.sub(r"(?<!\n)\n(?!\n)", " ", inspect.cleandoc(shown.help or ""))
    rows = [_row(p) for p in shown.params if p.name not in {"help", "folder"} or _is_argument(p)]
    table = "\n| argument or option | means |\n|---|---|\n" + "".join(rows) if rows else ""
    return f"\n## {path}\n\n{words.strip()}\n{table}"


def _is_argument(parameter: Any) -> bool:
    return bool(parameter.param_type_name == "argument")


def _row(parameter: Any) -> str:
    name = parameter.name.upper() if _is_argument(parameter) else _longest(parameter)
    help_ = " ".join((parameter.help or "").split()).replace("|", "\\|")
    return f"| `{name}` | {help_}{_default(parameter)} |\n"


def _longest(parameter: Any) -> str:
    return max((*parameter.opts, *parameter.secondary_opts), key=len)


def _default(parameter: Any) -> str:
    value = parameter.default
    if value in (None, "", False, True, ()) or parameter.required or callable(value):
        return ""
    return f" `{value}` unless given."


if __name__ == "__main__":
    sys.stdout.write(page())
