"""Files of references, by others, as proposals of entries."""
