"""Ways in which an agent enters: as an object, a command, over HTTP, or over MCP."""
