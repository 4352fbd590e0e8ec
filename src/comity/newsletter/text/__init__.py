"""Texts: Markdown, and references from one entry to another that cannot rot."""
