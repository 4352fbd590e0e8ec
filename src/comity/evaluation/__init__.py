"""How cooperative is an agent: a panel of partners, a suite of Cases, scores with intervals.

Names are imported when they are first used.
"""

from comity.core.lazy import attach

__getattr__, __dir__, __all__ = attach(
    __name__,
    {
        "agents.guard": ("AgentFault", "Guard"),
        "agents.loading": ("opened",),
        "agents.remote": ("Channel", "Remote"),
        "evaluate": ("evaluate",),
        "files": ("evaluation_from_dict", "read_evaluation"),
        "human": ("human_partners",),
        "junit": ("THRESHOLDS", "Threshold", "junit"),
        "panel": ("PANEL", "PANEL_VERSION", "Partner"),
        "regression": ("Change", "Regression", "compare_versions"),
        "results": ("Cell", "Evaluation", "Fault", "Score", "Settings"),
        "suite": ("SUITE", "SUITE_VERSION", "Family", "Variant"),
        "yardsticks": ("YARDSTICKS", "Yardstick"),
    },
)
