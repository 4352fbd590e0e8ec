"""Editions in other languages: translated by machine, checked, marked, the original beside them."""
