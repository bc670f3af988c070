"""The service's log: one JSON object a line, no secrets, and no line that a failure repeats every second."""

import io
import json
import logging
from typing import Any

import structlog

from bot.logs import SELDOM_SECONDS, log_handler


def lines(*records: tuple[str, float], level: int = logging.WARNING) -> list[dict[str, Any]]:
    """What a library's records, each logged at a moment (seconds), become."""
    stream = io.StringIO()
    handler = log_handler(stream, structlog.processors.JSONRenderer(ensure_ascii=False))
    for text, at in records:
        record = logging.LogRecord("slack_sdk.socket", level, __file__, 1, text, (), None)
        record.created = at
        handler.handle(record)
    return [json.loads(line) for line in stream.getvalue().splitlines()]


def test_a_librarys_line_has_our_form() -> None:
    """What a library logs is a JSON object with level, time and the logger's name."""
    [line] = lines(("Failed to connect", 0.0))
    assert (line["event"], line["level"], line["logger"]) == (
        "Failed to connect",
        "warning",
        "slack_sdk.socket",
    )
    assert "timestamp" in line


def test_what_repeats_comes_seldom_and_is_counted() -> None:
    """A failure that is tried every second fills no log: its line comes again after a while, with how often it came
    before. Numbers in it make no difference; another line is not held back by it.
    """
    again = [(f"attempt {number} failed", float(number)) for number in range(int(SELDOM_SECONDS) + 1)]
    found = [line["event"] for line in lines(*again, ("another", 5.0))]
    missed = int(SELDOM_SECONDS) - 1
    assert found == [
        "attempt 0 failed",
        f"attempt {int(SELDOM_SECONDS)} failed (and {missed} times before)",
        "another",
    ]


def test_no_secret_of_a_library() -> None:
    """A token in a library's line or traceback is taken out."""
    [line] = lines(("POST https://api.telegram.org/bot123456:AAE-token_that_is_long_enough/getMe", 0.0))
    assert "AAE-token" not in json.dumps(line)
