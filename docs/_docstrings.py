"""Show docstrings as comity writes them: `name : meaning`, with types only in the signature.

The numpydoc reader takes what follows the colon for a type, and a paragraph below a list for
another name. This extension moves both to where that reader expects them.
"""

import ast
import re

import griffe

LISTS = {"Parameters", "Attributes", "Raises", "Other Parameters"}
HEADING = re.compile(r"^(?P<title>[A-Z][A-Za-z ]+)\n-{3,}\n", re.MULTILINE)
ITEM = re.compile(r"^(?P<names>[\w*.][\w*., ]*?) : (?P<meaning>.+)$")


def is_type(text: str) -> bool:
    """Tell whether the words after a colon are a Python type rather than a meaning."""
    try:
        ast.parse(text, mode="eval")
    except SyntaxError:
        return False
    return True


def separate(body: str) -> tuple[str, str]:
    """Part the items of a list from the paragraphs that follow it."""
    paragraphs = body.strip("\n").split("\n\n")
    for k, paragraph in enumerate(paragraphs):
        first = paragraph.split("\n", 1)[0]
        if k and not first.startswith(" ") and not ITEM.match(first):
            return "\n\n".join(paragraphs[:k]), "\n\n".join(paragraphs[k:])
    return "\n\n".join(paragraphs), ""


def spell_out(items: str) -> str:
    """Put each meaning on a line of its own below its name."""
    lines = items.split("\n")
    spelled = []
    for line, following in zip(lines, [*lines[1:], ""], strict=True):
        item = ITEM.match(line)
        typed = item and following.startswith("    ") and is_type(item["meaning"])
        keep = item is None or typed
        spelled += [line] if keep else [item["names"], f"    {item['meaning']}"]
    return "\n".join(spelled)


def to_numpydoc(text: str) -> str:
    """Rewrite a docstring of ours for the numpydoc reader."""
    opening, *rest = HEADING.split(text)
    prose, sections = [opening.strip("\n")], []
    for title, body in zip(rest[::2], rest[1::2], strict=True):
        content = body
        if title in LISTS:
            items, paragraphs = separate(body)
            content = spell_out(items)
            prose += [paragraphs] if paragraphs else []
        sections.append(f"{title}\n{'-' * len(title)}\n{content.strip()}")
    return "\n\n".join([*prose, *sections])


class HouseStyle(griffe.Extension):
    """Rewrite every docstring before it is read."""

    def on_object(self, *, obj: griffe.Object, **_: object) -> None:
        """Rewrite the docstring of one object, if it has one."""
        if obj.docstring:
            obj.docstring.value = to_numpydoc(obj.docstring.value)
