"""From reports to one common model: pools, scales, evidence, and how far apart views are."""
