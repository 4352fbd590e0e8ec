"""An agent over the Model Context Protocol: it offers the tools report, respond and act.

Each tool takes the message of the move as its one argument ``message`` and returns the answer, as
structured content or as JSON text. On the official `mcp` package, over the standard streams of a
command or over streamable HTTP.
"""

from __future__ import annotations

import shlex
from contextlib import AbstractContextManager
from typing import Any

from comity.core.errors import InputError
from comity.evaluation.agents.command import parsed
from comity.evaluation.agents.guard import AgentFault
from comity.evaluation.agents.messages import MOVES
from comity.evaluation.agents.remote import TIME_LIMIT


class McpChannel:
    """An MCP server that offers the three moves as tools.

    The connection is opened at once, so that a wrong address or a missing tool is bad input. Its
    event loop runs in a thread of its own.

    Parameters
    ----------
    target : a URL, or a command that speaks MCP over its standard streams.
    time_limit : seconds for one move.
    """

    def __init__(self, target: str, time_limit: float = TIME_LIMIT) -> None:
        self.target, self.time_limit = target, time_limit
        self._portal, self._connection, self._client = _connected(target)
        self._check_tools()

    def _check_tools(self) -> None:
        found = self._portal.call(self._client.list_tools)
        names = {tool.name for tool in found.tools}
        missing = [move for move in MOVES if move not in names]
        if missing:
            self.close()
            raise InputError(
                f"the agent offers no tool {missing[0]}",
                place="AGENT",
                found=", ".join(sorted(names)) or "no tools",
                expected=", ".join(MOVES),
            )

    def ask(self, move: str, message: dict[str, Any]) -> Any:
        """Return the answer to a message."""
        from concurrent.futures import TimeoutError as Late

        from mcp import MCPError

        call = self._portal.start_task_soon(self._client.call_tool, move, {"message": message})
        try:
            result = call.result(timeout=self.time_limit)
        except Late:
            call.cancel()
            raise AgentFault("time-out", f"no answer within {self.time_limit:g} s") from None
        except (MCPError, OSError) as error:
            raise AgentFault("crash", str(error)) from None
        return _answer(result)

    def close(self) -> None:
        """Close the connection and the loop."""
        connection, self._connection = self._connection, None
        if connection is not None:
            connection.__exit__(None, None, None)


def _answer(result: Any) -> Any:
    """Return the answer in a tool's result."""
    text = "".join(getattr(part, "text", "") for part in result.content)
    if result.is_error:
        raise AgentFault("crash", text or "the tool failed")
    structured = result.structured_content
    if not isinstance(structured, dict):
        return parsed(text.encode())
    # A server wraps what is not a table, such as JSON in a text, as {"result": ...}.
    found = structured["result"] if set(structured) == {"result"} else structured
    return parsed(found.encode()) if isinstance(found, str) else found


def _connected(target: str) -> tuple[Any, AbstractContextManager[Any] | None, Any]:
    """Return a portal into a running event loop, what ends it all, and the client."""
    from contextlib import ExitStack

    try:
        from anyio.from_thread import start_blocking_portal
        from mcp import Client, StdioServerParameters, stdio_client
    except ModuleNotFoundError as error:
        raise InputError(
            "this needs libraries that are not installed",
            found=f"no {error.name}",
            expected="pip install 'comity[mcp]'",
        ) from None
    if target.startswith(("http://", "https://")):
        server: Any = target
    else:
        words = shlex.split(target)
        if not words:
            raise InputError("there is no command", place="AGENT", found=repr(target))
        server = stdio_client(StdioServerParameters(command=words[0], args=words[1:]))
    stack = ExitStack()
    try:
        portal = stack.enter_context(start_blocking_portal())
        client = stack.enter_context(portal.wrap_async_context_manager(Client(server)))
    except Exception as error:
        stack.close()
        raise InputError(
            "no MCP server answers", place="AGENT", found=f"{target}: {error}"
        ) from error
    return portal, stack, client
