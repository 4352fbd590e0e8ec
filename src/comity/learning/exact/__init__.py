"""Exact answers for small games, against which every learner is checked."""

from comity.core.lazy import attach

__getattr__, __dir__, __all__ = attach(
    __name__,
    {
        "best_response": ["BestResponse", "best_response"],
        "decentralised": ["Optimum", "optimum", "values"],
        "lola": ["Lola", "lola"],
        "plays": ["Plays", "enumerate_plays"],
        "worth": ["worth"],
    },
)
