"""Agreement where a view is one of several: regret over the set, and what to ask."""
