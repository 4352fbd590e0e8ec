"""Estimation: from choices to parameters, and how sure they are."""

from comity.core.lazy import attach

__getattr__, __dir__, __all__ = attach(
    __name__,
    {
        "amounts": ("mean_prediction", "option_amounts", "rmse"),
        "calibration": ("calibrate",),
        "comparisons": ("Difference", "compare", "holm"),
        "cross_validation": ("CrossValidation", "cross_validate", "split_folds"),
        "empirical_bayes": ("EmpiricalBayes", "empirical_bayes"),
        "fits": ("Fit", "Search"),
        "held_out": ("HeldOut", "hold_out_people"),
        "hierarchical": ("HierarchicalFit", "fit_hierarchical"),
        "individuals": ("IndividualFits", "fit_individuals"),
        "maximum_likelihood": ("fit",),
        "mixture_fits": ("MixtureFit",),
        "mixtures": ("fit_mixture",),
        "population": ("Prior",),
        "posteriors": ("PersonPosteriors", "posteriors"),
        "recovery": ("ParameterRecovery", "Recovery", "recover"),
        "recovery_designs": ("design_for",),
        "scoring": ("PersonScores", "Score", "score", "score_people"),
        "vuong": ("Vuong", "vuong"),
    },
)
