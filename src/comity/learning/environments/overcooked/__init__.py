"""Overcooked: two cooks in one kitchen."""

from comity.core.lazy import attach

__getattr__, __dir__, __all__ = attach(
    __name__,
    {
        "batched": ["OvercookedBatched"],
        "compiled": ["OvercookedCompiled"],
        "layouts": ["CLASSIC", "Layout", "named_layout", "read_layout"],
        "recipes": ["Recipes"],
        "rules": ["ACTIONS", "Rules"],
        "view": ["CHANNELS"],
    },
)
