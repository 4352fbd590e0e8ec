"""The server on which parties meet."""
