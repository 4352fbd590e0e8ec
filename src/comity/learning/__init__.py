"""Learning: agents that cooperate with partners they never met."""

from comity.core.lazy import attach

__getattr__, __dir__, __all__ = attach(
    __name__,
    {
        "crossplay.cross_play": ["cross_play"],
        "crossplay.foreign": ["Foreign"],
        "crossplay.results": ["CrossPlay", "Group", "Met"],
        "crossplay.stress": ["Stress", "stress_test"],
        "environments.check": ["check_environment"],
        "environments.make": ["make"],
        "environments.protocol": ["Environment", "Shape", "Step", "Symmetry"],
        "exact.best_response": ["BestResponse", "best_response"],
        "exact.decentralised": ["Optimum", "optimum"],
        "exact.lola": ["Lola", "lola"],
        "policies.playing": ["Played", "play"],
        "policies.protocol": ["Policy", "View"],
        "policies.records": ["Record", "read_records", "records", "replay", "save_records"],
        "training.agents": ["learn", "learn_population", "policy_of"],
        "training.checkpoints": ["Checkpoint", "load", "save"],
        "training.off_belief": ["OffBelief", "off_belief"],
        "training.other_play": ["OtherPlay"],
        "training.ppo": ["Ppo"],
        "training.settings": ["Settings"],
        "training.side_by_side": ["train_side_by_side"],
        "training.training": ["train"],
    },
)
