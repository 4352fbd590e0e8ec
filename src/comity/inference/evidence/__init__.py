"""Evidence: typed tables of what people chose, from files and from play."""

from comity.core.lazy import attach

__getattr__, __dir__, __all__ = attach(
    __name__,
    {
        "adapters": ("ADAPTERS",),
        "adapters.adapter": ("Adapter",),
        "columns": ("Column",),
        "plans": ("decisions_by_state",),
        "reading": ("read_otree", "read_table"),
        "situations": ("Situation", "decisions"),
        "table": ("Evidence", "Fault", "Rows", "join"),
    },
)
