"""The folder of a publication: its settings, and one to begin with."""
