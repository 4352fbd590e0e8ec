"""What an assistant is worth whose model of the person is wrong, or that is handed over at once."""

from comity.core.lazy import attach

__getattr__, __dir__, __all__ = attach(
    __name__,
    {
        "explanation_set": ("standing_people",),
        "hand_over": ("HandOver", "hand_over"),
        "procedure_set": ("Safest", "safest_mixture"),
        "regret": ("WrongModel", "wrong_model"),
    },
)
