"""What cross-play found, as a page and for a terminal."""

from comity.learning.crossplay.report.page import render_page, write_page
from comity.learning.crossplay.report.terminal import show

__all__ = ["render_page", "show", "write_page"]
