"""The frame of a self-contained page: style, script and data inside, nothing outside."""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from jinja2 import Environment

HERE = "comity.core.page"


def render(package: str, data: Any, seed: int | None, context: Mapping[str, Any]) -> str:
    """Return the page of a package as HTML that needs nothing else.

    The package holds ``templates/page.html.j2``, which extends ``frame.html.j2`` and fills its
    blocks, ``page.css`` and ``page.js``. Scripts and styles are allowed by their hash alone.

    Parameters
    ----------
    data : plain JSON for the script, which finds it in the element ``data``.
    seed : of the answer; ``None`` where there is none.
    context : what the template needs; names and all other words are escaped.
    """
    from markupsafe import Markup

    style = _text(HERE, "style.css") + _text(package, "page.css")
    script = _text(package, "page.js") + _text(HERE, "print.js")
    return (
        environment(package)
        .get_template("page.html.j2")
        .render(
            css=Markup(style),
            js=Markup(script),
            style_hash=Markup(source_hash(style)),
            script_hash=Markup(source_hash(script)),
            data=Markup(embedded(data)),
            version=version(),
            seed=seed,
            **context,
        )
    )


@cache
def environment(*packages: str) -> Environment:
    """Return an environment that finds templates in packages, in order, then the shared ones."""
    from jinja2 import Environment, FunctionLoader, StrictUndefined

    return Environment(
        loader=FunctionLoader(lambda name: _first(name, (*packages, HERE))),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


def _first(name: str, packages: tuple[str, ...]) -> str | None:
    for package in packages:
        if (files(package) / "templates" / name).is_file():
            return _text(package, name)
    return None


def _text(package: str, name: str) -> str:
    return (files(package) / "templates" / name).read_text("utf-8")


def source_hash(text: str) -> str:
    """Return the source hash by which a content security policy allows an inline text."""
    return "sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()


def embedded(data: Any) -> str:
    """Return JSON that cannot end the element it stands in."""
    text = json.dumps(
        data, ensure_ascii=False, separators=(",", ":"), sort_keys=True, allow_nan=False
    )
    escapes = {"<": "\\u003c", ">": "\\u003e", "&": "\\u0026", "\u2028": "\\u2028"}
    for character, escape in (escapes | {"\u2029": "\\u2029"}).items():
        text = text.replace(character, escape)
    return text


@cache
def version() -> str:
    """Return the version of comity that is installed; empty where it is not."""
    from importlib.metadata import PackageNotFoundError
    from importlib.metadata import version as installed

    try:
        return installed("comity")
    except PackageNotFoundError:
        return ""
