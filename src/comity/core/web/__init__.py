"""What every server of ours is built from: what it lets in, what it answers, what it logs."""
