"""The motives that comity ships, one a file."""
