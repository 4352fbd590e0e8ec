"""From evidence to an answer: which explanations stand, and what follows elsewhere."""
