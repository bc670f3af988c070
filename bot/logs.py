"""Structured logs: JSON lines in the service, warnings alone on the command line. Secrets never reach them."""

import logging
import re
import sys
from collections.abc import MutableMapping
from typing import Any

import structlog

# A Telegram token stands in every address of its API; Slack's tokens begin with xox or xapp.
_SECRET = re.compile(r"(?:bot)?\d{5,}:[\w-]{20,}|xox[a-z]-[\w-]+|xapp-[\w-]+|(?<=://)[^/@\s]+:[^/@\s]+(?=@)")
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
    """The text with anything that looks like one of our secrets taken out."""
    return _SECRET.sub("[secret]", text)


def _redact_event(_: Any, __: str, event: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    for name, value in event.items():
        if isinstance(value, str):
            event[name] = redact(value)
    return event


class _Redacting(logging.Filter):
    def filter(self, record: logging.LogRecord) -> bool:
        record.msg, record.args = redact(record.getMessage()), ()
        return True


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
            _redact_event,
            renderer,
        ],
        wrapper_class=structlog.make_filtering_bound_logger(level),
        logger_factory=structlog.WriteLoggerFactory(file=sys.stderr),
        cache_logger_on_first_use=False,
    )
    handler = logging.StreamHandler(sys.stderr)
    handler.addFilter(_Redacting())
    logging.basicConfig(level=max(level, logging.WARNING), handlers=[handler], force=True)
    for name in _NOISY:
        logging.getLogger(name).setLevel(max(level, logging.WARNING))
