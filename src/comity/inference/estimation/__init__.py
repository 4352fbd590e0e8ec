"""Estimation: from choices to parameters, and how sure they are."""

from comity.inference.estimation.fits import Fit, Search
from comity.inference.estimation.individuals import IndividualFits, fit_individuals
from comity.inference.estimation.maximum_likelihood import fit

__all__ = ["Fit", "IndividualFits", "Search", "fit", "fit_individuals"]
