"""Where language models help people to state what they know; nothing they say is used unread."""

from comity.core.lazy import attach

__getattr__, __dir__, __all__ = attach(
    __name__,
    {
        "commands": ("CommandDrafter",),
        "drafting": ("Attempt", "Draft", "Drafter", "draft_case"),
        "telling": ("tell_case",),
    },
)
