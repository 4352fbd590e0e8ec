"""Learning: agents that cooperate with partners they never met."""

from comity.core.lazy import attach

__getattr__, __dir__, __all__ = attach(
    __name__,
    {
        "environments.check": ["EnvironmentReport", "check_environment"],
        "environments.make": ["make"],
        "environments.protocol": ["Environment", "Shape", "Step", "Symmetry"],
        "policies.playing": ["Played", "play"],
        "policies.protocol": ["Policy", "View"],
        "policies.records": ["Record", "read_records", "records", "replay", "save_records"],
    },
)
