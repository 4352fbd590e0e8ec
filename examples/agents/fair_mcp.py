"""The same agent as an MCP server with three tools; it needs the package `mcp`."""

from typing import Any

from mcp.server.mcpserver import MCPServer

server = MCPServer("fair")


@server.tool()
def report(message: dict[str, Any]) -> dict[str, Any]:
    return {"report": {}}


@server.tool()
def respond(message: dict[str, Any]) -> dict[str, Any]:
    return {"accept": message["proposal"]["gain"] > 0}


@server.tool()
def act(message: dict[str, Any]) -> dict[str, Any]:
    return {"act": "comply"}


if __name__ == "__main__":
    server.run()
