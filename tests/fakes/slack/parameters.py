"""Which methods there are and what they take, read from the signatures of slack_sdk at run time."""

import inspect
import json
import types
from collections.abc import Sequence
from functools import cache
from typing import Any, Union, get_args, get_origin, get_type_hints

from slack_sdk.web.async_client import AsyncWebClient

# The SDK's own, made of several calls.
_HELPERS = {"files_upload_v2", "chat_stream"}
# What the SDK sends in a way that its signatures do not show.
_ELSEWHERE = {"oauth.v2.access": {"client_id", "client_secret"}, "apps.connections.open": {"app_token"}}


@cache
def methods() -> dict[str, str]:
    """The Web API's method names, each with the SDK's name for it: `chat.postMessage`, `chat_postMessage`."""
    return {
        name.replace("_", "."): name
        for name, function in vars(AsyncWebClient).items()
        if inspect.iscoroutinefunction(function) and not name.startswith("_") and name not in _HELPERS
    }


@cache
def table(method: str) -> dict[str, tuple[bool, Any]]:
    """Each parameter of a method: whether it must be given, and its type."""
    function = getattr(AsyncWebClient, methods()[method])
    hints = get_type_hints(function)
    skipped = _ELSEWHERE.get(method, set())
    return {
        name: (parameter.default is inspect.Parameter.empty, hints.get(name, str))
        for name, parameter in inspect.signature(function).parameters.items()
        if parameter.kind is inspect.Parameter.KEYWORD_ONLY and name not in skipped
    }


def fault(method: str, given: dict[str, Any], *, form: bool) -> str | None:
    """What is wrong with these arguments, as a sentence; None where nothing is."""
    known = table(method)
    for name, value in given.items():
        if name in ("token", "team_id"):
            continue
        if name not in known:
            return f"unknown parameter: {name}"
        if not _is(value, known[name][1], form):
            return f"wrong type of {name}: {value!r}"
    missing = [name for name, (required, _) in known.items() if required and name not in given]
    return f"missing parameter: {', '.join(missing)}" if missing else None


def _is(value: Any, wanted: Any, form: bool) -> bool:
    origin = get_origin(wanted)
    if origin in (Union, types.UnionType):
        return any(_is(value, each, form) for each in get_args(wanted))
    if wanted is type(None):
        return value is None
    if form and isinstance(value, str):
        return _written(value, origin or wanted)
    if wanted is bool:
        return isinstance(value, bool)
    if wanted is int:
        return isinstance(value, int) and not isinstance(value, bool)
    if wanted is str:
        return isinstance(value, str)
    if isinstance(origin, type) and issubclass(origin, Sequence):
        return isinstance(value, list)
    return isinstance(value, dict)


def _written(value: str, wanted: Any) -> bool:
    """Whether a form field's text can be read as the type."""
    if wanted is str:
        return True
    if wanted is bool:
        return value in ("0", "1", "true", "false")
    if wanted is int:
        return value.lstrip("-").isdecimal()
    try:
        return isinstance(json.loads(value), (list, dict))
    except ValueError:
        return False
