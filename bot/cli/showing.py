"""How a message is printed: as wide as the terminal, and plain where colours were declined or nobody looks."""

import os
import shutil
from collections.abc import Mapping

from adapters.chat.message import Message
from adapters.terminal.render import render

WIDEST, NARROWEST = 88, 24


def printed(message: Message, terminal: bool, environment: Mapping[str, str] = os.environ) -> str:
    """The message for the standard output. `NO_COLOR` is honoured as no-color.org asks."""
    if not terminal:
        return render(message)
    plain = environment.get("NO_COLOR") or environment.get("TERM") == "dumb"
    width = shutil.get_terminal_size((WIDEST, 24)).columns
    return render(message, width=min(WIDEST, max(NARROWEST, width)), colour=not plain)
