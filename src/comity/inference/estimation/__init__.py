"""Estimation: from choices to parameters, and how sure they are."""

from comity.inference.estimation.fits import Fit, Search

__all__ = ["Fit", "Search"]
