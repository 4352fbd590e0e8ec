"""AI that helps people: language models that draft, and assistants that must learn the goal."""

from comity.core.lazy import attach

__getattr__, __dir__, __all__ = attach(
    __name__,
    {
        "commands": ("CommandDrafter",),
        "drafting": ("Attempt", "Draft", "Drafter", "draft_case"),
        "games": ("AssistanceGame", "catalogue_game", "check_assistance_game", "read_game"),
        "people": (
            "RATIONAL",
            "Fixed",
            "Reply",
            "demonstrating",
            "explained",
            "noisy",
            "short_sighted",
            "teaching",
        ),
        "solving": (
            "Idle",
            "Solved",
            "evaluate_assistant",
            "inverse_reward",
            "obey",
            "solve_assistance",
            "unsure",
        ),
        "telling": ("tell_case",),
    },
)
