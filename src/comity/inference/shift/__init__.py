"""Evidence from one setting, action in another."""
