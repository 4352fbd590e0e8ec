"""Solving assistance games: exactly, by points, by search, and the baselines beside them."""

from comity.core.lazy import attach

__getattr__, __dir__, __all__ = attach(
    __name__,
    {
        "baselines": ("Idle", "InverseReward", "Obey", "inverse_reward", "obey"),
        "choosing": ("solve_or_bound",),
        "evaluate": ("Assistant", "Worth", "evaluate_assistant"),
        "exact": ("solve_assistance",),
        "hidden": ("Hidden", "one_person", "unsure"),
        "plans": ("PlanAssistant",),
        "points": ("solve_by_points",),
        "results": ("Solved",),
        "search": ("Searching", "play_out", "search", "searching"),
    },
)
