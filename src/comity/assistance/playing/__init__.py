"""Playing an assistance game with a person: what happens, why, and what is shown."""

from comity.core.lazy import attach

__getattr__, __dir__, __all__ = attach(
    __name__,
    {
        "reasons": ("Option", "Reason", "reason"),
        "session": ("Played", "Session", "Turn", "start"),
    },
)
