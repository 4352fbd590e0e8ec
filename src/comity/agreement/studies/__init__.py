"""Many rounds under a declared distribution of truth, noise and liars."""
