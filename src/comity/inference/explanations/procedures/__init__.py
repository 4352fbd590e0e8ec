"""The procedures that comity ships, one a file."""
