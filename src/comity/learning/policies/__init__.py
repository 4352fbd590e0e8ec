"""Policies: who plays in an environment, and records of what they played."""

from comity.core.lazy import attach

__getattr__, __dir__, __all__ = attach(
    __name__,
    {
        "playing": ["Played", "play"],
        "protocol": ["Policy", "View"],
        "records": ["Record", "read_records", "records", "replay", "save_records"],
    },
)
