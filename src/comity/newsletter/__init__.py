"""A field keeps up to date: a database of all it has read, and every edition built from it."""
