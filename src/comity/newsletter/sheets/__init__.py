"""Sheets of a publication, `.xlsx` and `.csv`: read cell for cell, checked, and written back."""
