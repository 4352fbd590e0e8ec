"""Commit, reveal, record, draw: what happened, so that anyone can check it offline."""
