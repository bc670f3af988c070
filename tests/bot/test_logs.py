"""The service's log: one JSON object a line, no secrets, and no line that a failure repeats every second."""

import io
import json
import logging
from typing import Any

import structlog

from bot.logs import SELDOM_SECONDS, SeldomAgain, log_handler


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


def test_what_we_repeat_ourselves_comes_seldom_too() -> None:
    """A full disk fails every heartbeat, a second apart: its line and traceback come once, and after a while again with
    how often they came. Another cause is another line, and what is no warning always comes.
    """
    now = [0.0]
    seldom = SeldomAgain(clock=lambda: now[0])

    def told(**event: Any) -> dict[str, Any] | None:
        try:
            return dict(seldom(None, "", dict(event)))
        except structlog.DropEvent:
            return None

    full = {"event": "a heartbeat failed", "level": "error"}
    trace = "Traceback …\n  line {}\nStorageError: storage.full after {} ms"
    assert told(**full, exception=trace.format(1, 7), timestamp="09:00:00") is not None
    for second in range(1, 300):
        now[0] = float(second)
        assert told(**full, exception=trace.format(2, second), timestamp=f"09:00:{second}") is None
    assert told(**full, exception="StorageError: storage.unreachable") is not None
    assert told(event="delivery", level="info") == told(event="delivery", level="info") is not None
    now[0] = SELDOM_SECONDS
    again = told(**full, exception=trace.format(1, 7))
    assert again is not None
    assert again["times_before"] == 299
