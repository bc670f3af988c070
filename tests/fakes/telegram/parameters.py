"""Which methods and parameters the Bot API has, read at run time from python-telegram-bot's own signatures."""

import inspect
import re
from functools import cache

from telegram import Bot

_OURS = frozenset(
    ["self", "read_timeout", "write_timeout", "connect_timeout", "pool_timeout", "api_kwargs", "filename"]
)
# Conveniences of the library which it turns into reply_parameters and link_preview_options.
_FOLDED = frozenset(
    ["allow_sending_without_reply", "reply_to_message_id", "disable_web_page_preview", "current_offset"]
)


@cache
def methods() -> dict[str, tuple[frozenset[str], frozenset[str]]]:
    """Method -> (every parameter, required ones), named as the Bot API names them."""
    found = {}
    for name, function in inspect.getmembers(Bot, inspect.iscoroutinefunction):
        if name.startswith("_") or ("_" not in name and name != "close"):
            continue
        parameters = {
            parameter.name: parameter.default is inspect.Parameter.empty
            for parameter in inspect.signature(function).parameters.values()
            if parameter.name not in _OURS | _FOLDED and parameter.kind is not inspect.Parameter.VAR_KEYWORD
        }
        camel = re.sub(r"_([a-z])", lambda m: m[1].upper(), name)
        found[camel] = (frozenset(parameters), frozenset(p for p, required in parameters.items() if required))
    return found
