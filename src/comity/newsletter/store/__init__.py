"""What a publication keeps: entries, issues and what belongs to them, in one SQLite file."""
