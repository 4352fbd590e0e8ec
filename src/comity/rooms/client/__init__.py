"""Taking part in a room over a network: one core without a transport, driven blocking or async."""
