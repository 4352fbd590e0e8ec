"""From written text to words that a voice can read."""
