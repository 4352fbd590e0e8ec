"""The web edition: pages, their style and scripts, and the index that the search page reads."""
