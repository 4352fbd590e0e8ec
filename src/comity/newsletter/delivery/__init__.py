"""Getting issues to readers: who asked for them, what was mailed, and what came back."""
