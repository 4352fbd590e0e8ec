"""What can be told apart: equivalence, divergence, sample sizes, and sets instead of points."""
