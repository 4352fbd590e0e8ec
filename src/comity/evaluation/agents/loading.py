"""From what a person types to an agent."""

from __future__ import annotations

import importlib
import importlib.util
import inspect
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from comity.agreement.parties import PARTIES, PartyBehaviour, make_party
from comity.core.errors import ComityError, InputError
from comity.evaluation.agents.remote import TIME_LIMIT, Channel, Remote

FORMS = (
    "a kind of party, module:attribute, path/file.py:Name, checkpoint.npz, command: ..., "
    "http://..., mcp: ..."
)


@contextmanager
def opened(agent: str, time_limit: float = TIME_LIMIT) -> Iterator[PartyBehaviour]:
    """Give the agent that a person names, and end what was started for it afterwards.

    Parameters
    ----------
    agent : ``module:attribute`` or ``path/file.py:Name`` (an object, or a class or function
        without arguments that makes one), ``command: ./agent --flag``, ``http://host/path``,
        ``mcp: ./server`` or ``mcp: http://host/mcp``, or a kind of party such as ``honest``.
    time_limit : seconds for one move of a command, over HTTP or over MCP.

    Examples
    --------
    >>> with opened("silent") as agent:
    ...     type(agent).__name__
    'Silent'
    """
    found = _open(agent, time_limit)
    try:
        yield found
    finally:
        close = getattr(found, "close", None)
        if callable(close):
            close()


def _open(agent: str, time_limit: float) -> PartyBehaviour:
    kind, sign, rest = agent.partition(":")
    if sign and kind.strip() in CHANNELS:
        return Remote(CHANNELS[kind.strip()](rest.strip(), time_limit))
    if agent.startswith(("http://", "https://")):
        return Remote(_web(agent, time_limit))
    if agent in PARTIES:
        return make_party(agent, {}, "AGENT")
    if agent.endswith(".npz"):
        return _learned(agent)
    if not sign:
        raise InputError("no such agent", place="AGENT", found=agent, expected=FORMS)
    source, _, name = agent.rpartition(":")
    return _made(_attribute(_module(source), name, agent), agent)


def _learned(file: str) -> PartyBehaviour:
    from comity.agreement.parties.learned import LearnedParty

    return LearnedParty.of(file)


def _command(target: str, time_limit: float) -> Channel:
    from comity.evaluation.agents.command import CommandChannel

    return CommandChannel(target, time_limit)


def _web(target: str, time_limit: float) -> Channel:
    from comity.evaluation.agents.web import WebChannel

    return WebChannel(target, time_limit)


def _mcp(target: str, time_limit: float) -> Channel:
    from comity.evaluation.agents.mcp import McpChannel

    return McpChannel(target, time_limit)


CHANNELS: dict[str, Callable[[str, float], Channel]] = {"command": _command, "mcp": _mcp}


def _module(source: str) -> Any:
    """Return the module of a name or of a file."""
    path = Path(source)
    try:
        if path.suffix != ".py":
            return importlib.import_module(source)
        if not path.is_file():
            raise InputError("no such file", place="AGENT", found=source)
        return _from_file(path)
    except ComityError:
        raise
    except Exception as error:
        raise InputError(
            "the agent cannot be loaded",
            place="AGENT",
            found=f"{source}: {type(error).__name__}: {error}",
        ) from error


def _from_file(path: Path) -> Any:
    specification = importlib.util.spec_from_file_location(path.stem, path)
    assert specification is not None
    assert specification.loader is not None
    module = importlib.util.module_from_spec(specification)
    # Dataclasses and pickles look a module up by its name.
    sys.modules.setdefault(path.stem, module)
    specification.loader.exec_module(module)
    return module


def _attribute(module: Any, name: str, agent: str) -> Any:
    if not hasattr(module, name):
        public = [key for key in vars(module) if not key.startswith("_")]
        raise InputError(
            "no such name", place="AGENT", found=agent, expected=", ".join(public[:8]) or FORMS
        )
    return getattr(module, name)


def _made(found: Any, agent: str) -> PartyBehaviour:
    """Return the agent itself, made where a class or a function makes it."""
    if inspect.isclass(found) or inspect.isfunction(found):
        try:
            found = found()
        except Exception as error:
            raise InputError(
                "the agent cannot be made without arguments",
                place="AGENT",
                found=f"{agent}: {type(error).__name__}: {error}",
            ) from error
    if not isinstance(found, PartyBehaviour):
        raise InputError(
            "not an agent", place="AGENT", found=agent, expected="methods report, respond and act"
        )
    return found
