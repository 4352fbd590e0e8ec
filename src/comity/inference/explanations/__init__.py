"""Explanations: motives and decision procedures that give probabilities to choices."""

from comity.core.lazy import attach

__getattr__, __dir__, __all__ = attach(
    __name__,
    {
        "batch": ("Batch", "make_batch"),
        "catalogue": ("AUTOMATA", "MOTIVES", "PROCEDURES", "explain"),
        "check": ("check_explanation",),
        "explanation": ("Explanation",),
        "member": ("Member", "choice_tables"),
        "motive": ("Motive", "feature", "split"),
        "motives.weighted": ("weighted",),
        "parameters": ("Parameter", "error_rate", "sensitivity"),
        "procedure": ("Procedure", "View"),
        "simulate": ("simulate",),
    },
)
