"""Editions: one issue in reading order, and each form in which it goes out."""
