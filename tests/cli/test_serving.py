"""Serving from the command line ends by Ctrl-C, with a word of farewell and its own exit status.

Each command is started and ended as a person does in `test_serve.py`.
"""

import pytest
import typer

from comity.cli._serving import serve_until_ended
from comity.cli.errors import INTERRUPTED
from comity.core.web import serving


class Ended:
    """A server that somebody ends at once."""

    def __init__(self, seen: list) -> None:
        self.seen = seen

    def run(self, sockets: list) -> None:
        self.seen.extend(sockets)
        raise KeyboardInterrupt


def test_it_says_what_is_left(monkeypatch, capsys):
    asked, seen = {}, []

    def server(application, **options):
        asked.update(options, application=application)
        return Ended(seen)

    monkeypatch.setattr(serving, "server", server)
    with pytest.raises(typer.Exit) as ended:
        serve_until_ended("app", "socket", proxy="192.0.2.1", farewell="All is kept.")
    assert ended.value.exit_code == INTERRUPTED
    assert capsys.readouterr().out == "All is kept.\n"
    assert asked == {"application": "app", "proxy": "192.0.2.1"}
    assert seen == ["socket"]
