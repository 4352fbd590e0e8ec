"""Common models, and agreements with their certificates."""

from comity.agreement.results import Agreement, Certificate, Comparison, Decision, Difference

__all__ = ["Agreement", "Certificate", "Comparison", "Decision", "Difference"]
