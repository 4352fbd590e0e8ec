"""Learning: agents that cooperate with partners they never met."""

from comity.core.lazy import attach

__getattr__, __dir__, __all__ = attach(
    __name__,
    {"environments.protocol": ["Environment", "Shape", "Step", "Symmetry"]},
)
