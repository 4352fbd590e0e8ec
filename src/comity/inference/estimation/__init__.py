"""Estimation: from choices to parameters, and how sure they are."""

from comity.core.lazy import attach

__getattr__, __dir__, __all__ = attach(
    __name__,
    {
        "amounts": ("mean_prediction", "option_amounts", "rmse"),
        "calibration": ("calibrate",),
        "comparisons": ("Difference", "compare", "holm"),
        "cross_validation": ("CrossValidation", "cross_validate", "split_folds"),
        "fits": ("Fit", "Search"),
        "held_out": ("HeldOut", "hold_out_people"),
        "individuals": ("IndividualFits", "fit_individuals"),
        "maximum_likelihood": ("fit",),
        "mixture_fits": ("MixtureFit",),
        "mixtures": ("fit_mixture",),
        "posteriors": ("PersonPosteriors", "posteriors"),
        "scoring": ("PersonScores", "Score", "score", "score_people"),
        "vuong": ("Vuong", "vuong"),
    },
)
