"""The pages of rooms, for people."""
