"""What behaviour cannot tell: exactly, in the population, and from the data at hand.

Three different things under names of their own: `observationally_equivalent` for a design,
`IdentifiedSet` for the population, `confidence_set` for data.
"""

from comity.core.lazy import attach

__getattr__, __dir__, __all__ = attach(
    __name__,
    {
        "blind": ("BlindGame", "Normalised", "blind_game"),
        "blind_confidence": ("BlindConfidence", "blind_confidence"),
        "confidence_set": ("ConfidenceSet", "Survivor", "confidence_set"),
        "divergence": ("Divergences", "chernoff_information", "divergences"),
        "equilibrium_payoffs": ("least_slack", "payoffs_from_counts", "payoffs_from_play"),
        "equivalence": ("Equivalence", "Separation", "observationally_equivalent"),
        "fisher": ("FisherSpectrum", "fisher_spectrum"),
        "identified_set": ("ConfidencePolyhedron", "IdentifiedSet"),
        "imitation": ("Imitation", "imitate"),
        "likelihood_region": ("likelihood_region",),
        "mixed_people": ("MixedPeople",),
        "own_payoffs": ("OwnPayoffs",),
        "parameter_set": ("ParameterSet", "parameter_set"),
        "polyhedron": ("Polyhedron",),
        "prior_detection": ("Faint", "PriorDetection", "detect_prior", "faint_pairs"),
        "profile": ("Profile", "profile"),
        "quantal_payoffs": ("payoffs_from_quantal_counts", "payoffs_from_quantal_play"),
        "regularised_equilibrium": ("RegularisedEquilibrium", "regularised_equilibrium"),
        "sample_sizes": ("SampleSizes", "sample_sizes"),
    },
)
