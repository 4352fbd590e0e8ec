"""Solving assistance games: exactly, by points, by search, and the baselines beside them."""

from comity.core.lazy import attach

__getattr__, __dir__, __all__ = attach(
    __name__,
    {
        "baselines": ("Idle", "InverseReward", "Obey", "inverse_reward", "obey"),
        "evaluate": ("Assistant", "Worth", "evaluate_assistant"),
        "exact": ("Solved", "solve_assistance"),
        "hidden": ("Hidden", "one_person", "unsure"),
        "plans": ("PlanAssistant",),
    },
)
