"""Environments: games played step by step in batches."""

from comity.core.lazy import attach

__getattr__, __dir__, __all__ = attach(
    __name__,
    {
        "check": ["check_environment"],
        "make": ["make"],
        "protocol": ["Environment", "Shape", "Step", "Symmetry"],
    },
)
