"""Estimation: from choices to parameters, and how sure they are."""

from comity.inference.estimation.fits import Fit, Search
from comity.inference.estimation.maximum_likelihood import fit

__all__ = ["Fit", "Search", "fit"]
