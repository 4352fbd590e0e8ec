"""Finding among entries: what is alike, what comes first, which weeks were missed."""
