"""Training: one PPO and what is built on it, checkpoints and populations."""

from comity.core.lazy import attach

__getattr__, __dir__, __all__ = attach(
    __name__,
    {
        "checkpoints": ["Checkpoint", "load", "save"],
        "learned": ["Learned"],
        "networks": ["Network"],
        "other_play": ["OtherPlay"],
        "settings": ["Settings"],
        "side_by_side": ["train_side_by_side"],
        "training": ["Trained", "train"],
    },
)
