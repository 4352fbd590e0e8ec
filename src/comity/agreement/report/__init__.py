"""Reports on an agreement that a person wants to read: one page, or a terminal."""

from comity.agreement.report.findings import Findings
from comity.agreement.report.gather import gather
from comity.agreement.report.page import render_page, write_page
from comity.agreement.report.terminal import show, show_short

__all__ = ["Findings", "gather", "render_page", "show", "show_short", "write_page"]
