"""Reports on an understanding of behaviour that a person wants to read: one page, or a terminal."""

from comity.inference.report.page import render_page, write_page
from comity.inference.report.terminal import show, show_short

__all__ = ["render_page", "show", "show_short", "write_page"]
