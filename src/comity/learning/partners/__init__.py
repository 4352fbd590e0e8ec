"""Partners in the box: programs to play with and to be tested by."""

from comity.core.lazy import attach

__getattr__, __dir__, __all__ = attach(
    __name__,
    {
        "hanabi_cross": ["RuleCross", "rule_cross_play"],
        "hanabi_hat": ["HatBot"],
        "hanabi_rules": ["RuleBot", "rule_family"],
        "hanabi_smart": ["SmartBot"],
        "overcooked_greedy": ["GreedyCook"],
        "reciprocity": ["MemoryOne", "Patient"],
        "scripted": ["Always", "Mirror", "Random", "Stubborn"],
    },
)
