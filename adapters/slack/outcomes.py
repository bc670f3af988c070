"""What Slack's errors mean for the outbox. Pure."""

import asyncio
import json
import re
from collections.abc import Mapping

import aiohttp
from slack_sdk.errors import SlackApiError

from adapters.chat.ports import Gone, Later, Refused, SendResult, Unknown

# The workspace or channel does not want us, or is no more.
_GONE = frozenset(
    {
        "account_inactive",
        "app_not_installed",
        "channel_not_found",
        "channel_type_not_supported",
        "is_archived",
        "is_inactive",
        "not_in_channel",
        "restricted_action",
        "restricted_action_read_only_channel",
        "restricted_action_thread_only_channel",
        "team_access_not_granted",
        "team_not_found",
        "token_revoked",
        "user_disabled",
        "user_not_found",
    }
)
# What would be answered is no more; the channel itself still wants us.
NO_THREAD = frozenset({"cannot_reply_to_message", "thread_not_found"})
# An operator must mend the set-up; what waits is kept for when it works again.
_SETUP = frozenset({"invalid_auth", "not_authed", "token_expired", "ekm_access_denied", "org_login_required"})
_BUSY = frozenset({"service_unavailable", "team_added_to_org", "accesslimited"})
# By Slack's words some part of the work may have been done.
_AMBIGUOUS = frozenset({"fatal_error", "internal_error", "request_timeout"})

SETUP_WAIT_SECONDS = 300.0
BUSY_WAIT_SECONDS = 30.0
_NAME = re.compile(r"\w{1,100}", re.ASCII)
UNREACHED_WAIT_SECONDS = 10.0


def outcome(error: str, status: int, headers: Mapping[str, str], *, needed: str = "") -> SendResult:
    """The `error` of an answer with `"ok": false`, its HTTP status and headers; `needed`: a scope."""
    if status == 429 or error in {"ratelimited", "rate_limited", "message_limit_exceeded"}:
        return Later(seconds=retry_after(headers), whole_bot=False, cause="ratelimited")
    if error in _GONE:
        return Gone(cause=error)
    if error in _SETUP:
        return Later(seconds=SETUP_WAIT_SECONDS, cause=error)
    if error in _BUSY or status == 503:
        return Later(seconds=BUSY_WAIT_SECONDS, cause=error or f"HTTP {status}")
    if not error and 300 <= status < 500:  # a gateway that has not let the request through
        return Later(seconds=BUSY_WAIT_SECONDS, cause=f"HTTP {status}, and not by Slack")
    if error in _AMBIGUOUS or status >= 500 or not error:
        return Unknown(cause=error or f"HTTP {status}")
    return Refused(cause=f"{error}: {needed}" if needed else error)


def refusal(error: SlackApiError) -> SendResult:
    """The outcome of an error that the SDK raised."""
    response = error.response
    status = getattr(response, "status_code", 0) or getattr(response, "status", 0)
    return outcome(
        name_of(error),
        int(status),
        getattr(response, "headers", None) or {},
        needed=str(_data(error).get("needed", "")),
    )


def name_of(error: SlackApiError) -> str:
    """Slack's name of the error; empty where the answer was none of Slack's (a proxy's page, broken JSON)."""
    return _word(_data(error).get("error"))


def name_in(text: str) -> str:
    """The error that a `response_url` answered, bare or in JSON; empty where the answer was none of Slack's."""
    try:
        answer = json.loads(text)
    except (ValueError, RecursionError):
        return _word(text)
    return _word(answer.get("error")) if isinstance(answer, dict) else ""


def _word(given: object) -> str:
    return given if isinstance(given, str) and _NAME.fullmatch(given) else ""


def is_passing(error: SlackApiError) -> bool:
    """Whether asking again later may do: Slack is busy or broken, and does not speak of our token."""
    result = refusal(error)
    return isinstance(result, Unknown) or (isinstance(result, Later) and not is_setup(result))


def _data(error: SlackApiError) -> Mapping[str, object]:
    data = getattr(error.response, "data", error.response)
    return data if isinstance(data, dict) else {}


def retry_after(headers: Mapping[str, str]) -> float:
    """Seconds of the `Retry-After` header; one where it is absent or no number."""
    given = next((value for name, value in headers.items() if name.lower() == "retry-after"), "")
    return max(1.0, float(given)) if given.isdecimal() else 1.0


def is_setup(result: SendResult) -> bool:
    """Whether an operator has to mend something before anything can be sent."""
    return isinstance(result, Later) and result.cause in _SETUP


def broken(error: Exception) -> SendResult:
    """A connection that failed: nothing was sent yet (later), or it may have arrived (unknown)."""
    unsent = (aiohttp.ClientConnectorError, aiohttp.ConnectionTimeoutError)
    if isinstance(error, unsent):
        return Later(seconds=UNREACHED_WAIT_SECONDS, cause=type(error).__name__)
    return Unknown(cause=type(error).__name__)


# The SDK raises the last two over bodies that are none of Slack's.
BROKEN = (aiohttp.ClientError, asyncio.TimeoutError, OSError, UnicodeDecodeError, RecursionError)
NONSENSE = (ValueError, KeyError, TypeError, AttributeError)
"""What the library raises over an answer that is none of Slack's, or an address that it cannot ask."""
