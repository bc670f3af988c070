"""Work counted in steps, so that a test of cost needs no clock."""

import sys
from collections.abc import Callable
from pathlib import Path
from types import FrameType
from typing import Any

import summaries

_OURS = str(Path(summaries.__file__).parent.parent)
_OTHERS = f"{_OURS}/.venv"


def steps(work: Callable[[], object]) -> int:
    """How many lines of our own code a piece of work goes through, each turn of a loop counted."""
    count = 0

    def within(frame: FrameType, event: str, argument: Any) -> Any:
        nonlocal count
        count += event == "line"
        return within

    def entered(frame: FrameType, event: str, argument: Any) -> Any:
        name = frame.f_code.co_filename
        return within if name.startswith(_OURS) and not name.startswith(_OTHERS) else None

    before = sys.gettrace()
    sys.settrace(entered)
    try:
        work()
    finally:
        sys.settrace(before)
    return count


def growth(work: Callable[[str], object], text: str) -> float:
    """How many times as much work a text of twice the length is, once what is kept of its words is known."""
    work(text * 2)
    return steps(lambda: work(text * 2)) / steps(lambda: work(text))
