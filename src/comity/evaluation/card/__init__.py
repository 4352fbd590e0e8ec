"""The card of an agent: for a terminal, and as a page that needs nothing else."""

from comity.core.lazy import attach

__getattr__, __dir__, __all__ = attach(
    __name__, {"page": ("render_page", "write_page"), "terminal": ("show",)}
)
