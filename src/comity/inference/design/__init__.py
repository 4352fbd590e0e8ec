"""The next question to ask: what its answers would teach, what they are worth, how many it takes.

`rank_questions` compares the questions of a menu, `best_design` searches those of one form,
`size_questions` says how many people to ask, and `export_otree` writes the experiment.
"""

from comity.core.lazy import attach

__getattr__, __dir__, __all__ = attach(
    __name__,
    {
        "gradient": ("BestDesign", "best_design"),
        "information": ("Information", "expected_information"),
        "menu": ("Menu", "Question", "rank_questions"),
        "otree_answers": ("read_answers",),
        "otree_app": ("export_otree",),
        "otree_project": ("UltimatumPlan",),
        "question_file": ("read_questions", "write_questions"),
        "sizing": ("Sizing", "chances_of_posterior", "invitations", "size_questions"),
        "space": ("DesignSpace", "Variable"),
        "value": ("Value", "value_of_information"),
        "worst_case": ("WorstCase", "worst_case_regret"),
    },
)
