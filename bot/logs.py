"""Structured logs: JSON lines in the service, warnings alone on the command line. Secrets never reach them.

What libraries log comes in the same form, and a line that a failure repeats, of theirs or of ours, comes once in
`SELDOM_SECONDS`.
"""

import logging
import re
import sys
import time
from collections.abc import Callable, Hashable, MutableMapping
from typing import Any, TextIO

import structlog

# A Telegram token stands in every address of its API; Slack's tokens begin with xox or xapp.
_SECRET = re.compile(r"(?:bot)?\d{5,}:[\w-]{20,}|xox[a-z]-[\w-]+|xapp-[\w-]+|(?<=://)[^/@\s]+:[^/@\s]+(?=@)")
# What PostgreSQL adds to an error repeats the values of the row.
_VALUES = re.compile(
    r"^DETAIL:.*?(?=^\[SQL:|^The above exception|^During handling|\Z)", re.MULTILINE | re.DOTALL
)
_NUMBER = re.compile(r"\d+")
SELDOM_SECONDS = 300.0
MOST_TOLD = 1_000  # different lines remembered
_NOISY = (
    "httpx",
    "httpcore",
    "telegram",
    "slack_sdk",
    "slack_bolt",
    "aiohttp",
    "trafilatura",
    "readability",
    "alembic",
)


def redact(text: str) -> str:
    """The text with anything that looks like one of our secrets, or like the values of a row, taken out."""
    return _VALUES.sub("DETAIL: [values]\n", _SECRET.sub("[secret]", text))


def _redact_event(_: Any, __: str, event: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    for name, value in event.items():
        if isinstance(value, str):
            event[name] = redact(value)
    return event


class _Memory:
    """Which lines were told of late, and how often they came since."""

    def __init__(self) -> None:
        self._told: dict[Hashable, tuple[float, int]] = {}

    def missed(self, line: Hashable, at: float) -> int | None:
        """How often the line was not told since it was last; None: it was told just now. `at` in seconds."""
        told, missed = self._told.get(line, (-SELDOM_SECONDS, 0))
        if at - told < SELDOM_SECONDS:
            self._told[line] = told, missed + 1
            return None
        if len(self._told) >= MOST_TOLD:
            self._told.clear()
        self._told[line] = at, 0
        return missed


class _Seldom(logging.Filter):
    """Lets a warning through that was not told for a while, with how often it was not. Lines that differ in numbers
    alone are one.
    """

    def __init__(self) -> None:
        super().__init__()
        self._memory = _Memory()

    def filter(self, record: logging.LogRecord) -> bool:
        record.msg, record.args = record.getMessage(), ()
        missed = self._memory.missed((record.name, _NUMBER.sub("", record.msg)[:100]), record.created)
        if missed:
            record.msg = f"{record.msg} (and {missed} times before)"
        return missed is not None


class SeldomAgain:
    """The same for our own warnings and errors: one that says word for word what was told a while ago, as a failure
    that is met every second does, is counted and not told. `clock` is in seconds.
    """

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock, self._memory = clock, _Memory()

    def __call__(self, _: Any, __: str, event: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
        if event.get("level") not in {"warning", "error"}:
            return event
        said = {name: str(value) for name, value in event.items() if name != "timestamp"}
        said["exception"] = _NUMBER.sub("", said.get("exception", "").rpartition("\n")[2])
        missed = self._memory.missed(tuple(sorted(said.items())), self._clock())
        if missed is None:
            raise structlog.DropEvent
        return {**event, "times_before": missed} if missed else event


def log_handler(stream: TextIO, renderer: Any) -> logging.Handler:
    """What writes the lines of libraries in the form of our own."""
    handler = logging.StreamHandler(stream)
    handler.addFilter(_Seldom())
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=[
                structlog.stdlib.add_logger_name,
                structlog.processors.add_log_level,
                structlog.processors.TimeStamper(fmt="iso", utc=True),
                structlog.processors.format_exc_info,
            ],
            processors=[structlog.stdlib.ProcessorFormatter.remove_processors_meta, _redact_event, renderer],
        )
    )
    return handler


def quiet_logs(*, verbose: bool) -> None:
    """The command line says what matters itself; the log shows warnings, or everything when asked."""
    _configure(logging.DEBUG if verbose else logging.CRITICAL, structlog.dev.ConsoleRenderer(colors=False))


def service_logs(*, verbose: bool) -> None:
    """One JSON object a line on stderr."""
    _configure(
        logging.DEBUG if verbose else logging.INFO, structlog.processors.JSONRenderer(ensure_ascii=False)
    )


def _configure(level: int, renderer: Any) -> None:
    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            structlog.processors.format_exc_info,
            SeldomAgain(),
            _redact_event,
            renderer,
        ],
        wrapper_class=structlog.make_filtering_bound_logger(level),
        logger_factory=structlog.WriteLoggerFactory(file=sys.stderr),
        cache_logger_on_first_use=False,
    )
    handler = log_handler(sys.stderr, renderer)
    logging.basicConfig(level=max(level, logging.WARNING), handlers=[handler], force=True)
    dbos = logging.getLogger("dbos")  # would write lines of its own form where it has no handler
    dbos.handlers, dbos.propagate = [logging.NullHandler()], True
    for name in _NOISY:
        logging.getLogger(name).setLevel(max(level, logging.WARNING))
