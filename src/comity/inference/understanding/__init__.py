"""The whole road: from evidence to what stands, what cannot be told, and what to do."""

from comity.core.lazy import attach

__getattr__, __dir__, __all__ = attach(
    __name__,
    {
        "reading": ("read_behaviour",),
        "understand": ("understand",),
    },
)
