"""An issue read aloud: what is said, by which voice, with chapters and a transcript."""
