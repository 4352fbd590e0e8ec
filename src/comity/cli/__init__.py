"""The command line: doors into the rooms, and no mathematics."""

from comity.cli.app import app, main

__all__ = ["app", "main"]
