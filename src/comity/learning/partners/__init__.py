"""Partners in the box: programs to play with and to be tested by."""

from comity.core.lazy import attach

__getattr__, __dir__, __all__ = attach(
    __name__,
    {
        "hanabi_hat": ["HatBot"],
        "hanabi_smart": ["SmartBot"],
        "overcooked_greedy": ["GreedyCook"],
    },
)
