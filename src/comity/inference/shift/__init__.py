"""Evidence from one setting, action in another.

Names load what they need when they are used, so that the oracle costs nothing of JAX.
"""

from comity.core.lazy import attach

__getattr__, __dir__, __all__ = attach(
    __name__,
    {
        "decision": ("BayesChoice", "Decision", "PriorPath", "RobustChoice"),
        "failure": ("FailureRange", "failure_chance", "failure_range"),
        "outcomes": ("Choice", "Outcomes", "choose_in", "outcomes_by_member"),
        "predictions": ("Parting", "Predictions", "predict_members"),
        "settings": (
            "PerAction",
            "PerOption",
            "Setting",
            "after_seeing",
            "of_situations",
            "offers",
            "unseen",
        ),
        "ultimatum": ("Ultimatum",),
        "ultimatum_play": ("UltimatumPlay", "play_ultimatum"),
    },
)
