"""What Telegram's errors mean for the outbox. Pure."""

import aiohttp
from telegram.error import (
    BadRequest,
    ChatMigrated,
    Forbidden,
    InvalidToken,
    NetworkError,
    RetryAfter,
    TelegramError,
)

from adapters.chat.ports import Gone, Later, Moved, Refused, SendResult, Sent, Unknown
from adapters.telegram.errors import NotTelegram
from summaries.harmless import harmless

_GONE = (
    "chat not found", "peer_id_invalid", "group chat was deactivated", "bot is not a member", "not enough rights",
    "have no rights", "need administrator rights", "chat_write_forbidden", "user is deactivated",
    "bot was kicked", "chat_restricted",
)  # fmt: skip
_TOPIC_GONE = ("topic_closed", "topic_deleted", "message thread not found")
LONGEST_CAUSE = 200  # letters that are kept of what Telegram says
SETUP_WAIT_SECONDS = 300.0
UNREACHED_WAIT_SECONDS = 5.0
GATEWAY_WAIT_SECONDS = 10.0


def outcome(error: TelegramError, message: str = "") -> SendResult:
    """The value that stands for an error. `message` is the id of the message that was to be edited."""
    said = harmless(str(error.message))[:LONGEST_CAUSE]
    match error:
        case RetryAfter():
            return Later(seconds=_seconds(error), whole_bot=True, cause="retry_after")
        case ChatMigrated(new_chat_id=new):
            return Moved(chat=str(new))
        case Forbidden():
            return Gone(cause=said)
        case InvalidToken():
            return Later(seconds=SETUP_WAIT_SECONDS, whole_bot=True, cause="token_refused")
        case BadRequest():
            return _refused(said, message)
        case NotTelegram(status=status):
            return _gateway(status)
        case NetworkError():
            return _network(error)
        case _:
            return Refused(cause=said)


def _refused(said: str, message: str) -> SendResult:
    lower = said.lower()
    if "message is not modified" in lower:
        return Sent(message=message)
    if any(mark in lower for mark in _TOPIC_GONE):
        return Gone(cause=said, thread=True)
    return Gone(cause=said) if any(mark in lower for mark in _GONE) else Refused(cause=said)


def _gateway(status: int) -> SendResult:
    """A gateway that refuses or redirects (3xx, 4xx) has not let the request through; of one that failed (5xx), or
    whose answer is broken (2xx), nobody knows.
    """
    cause = f"HTTP {status}, and not by Telegram"
    if 300 <= status < 500:
        return Later(seconds=GATEWAY_WAIT_SECONDS, whole_bot=True, cause=cause)
    return Unknown(cause=cause)


def _seconds(error: RetryAfter) -> float:
    wait = error.retry_after
    return float(wait) if isinstance(wait, int | float) else wait.total_seconds()


def _network(error: NetworkError) -> SendResult:
    """A request that never left is safe to repeat; of one whose answer was lost nobody knows. What aiohttp raised
    says which: httpx's name for it does not, since the transport calls every broken connection `ConnectTimeout`.
    """
    cause = error.__cause__
    while cause is not None and not isinstance(cause, aiohttp.ClientError) and cause.__cause__ is not None:
        cause = cause.__cause__
    if isinstance(cause, aiohttp.ClientConnectorError | aiohttp.ConnectionTimeoutError):
        return Later(seconds=UNREACHED_WAIT_SECONDS, whole_bot=True, cause=type(cause).__name__)
    return Unknown(cause=type(cause or error).__name__)
