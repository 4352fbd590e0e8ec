"""Cross-play: how agents do with partners they never met."""

from comity.core.lazy import attach

__getattr__, __dir__, __all__ = attach(
    __name__,
    {
        "cross_play": ["cross_play"],
        "disturbed": ["Disturbance", "Disturbed", "standard_disturbances"],
        "entrants": ["entrant", "entrants"],
        "foreign": ["Foreign"],
        "results": ["CrossPlay", "Group", "Met"],
        "stress": ["Strain", "Stress", "stress_test"],
    },
)
