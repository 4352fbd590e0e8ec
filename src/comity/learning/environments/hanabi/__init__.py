"""Hanabi: two to five players who see each other's cards and not their own."""
