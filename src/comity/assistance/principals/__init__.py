"""One assistant for several people: agreements, norms, bystanders, and questions worth asking."""

from comity.core.lazy import attach

__getattr__, __dir__, __all__ = attach(
    __name__,
    {
        "agreeing": ("Helping", "SharedPlan", "agree_on_assistance"),
        "asking": ("Question", "questions"),
        "norms": ("Norm", "harmless", "under"),
        "plan_set": ("PlanSet", "bystander_values", "principal_values"),
        "shared": ("Principal", "SharedGame", "share"),
    },
)
