"""Telegram's branch of the exception tree.

KawalisError
+-- TelegramProblem    Telegram cannot be used as it is set up; `key` says what to mend

telegram.error.NetworkError
+-- NotTelegram        whatever answered, it was not Telegram
"""

from telegram.error import InvalidToken, NetworkError

from summaries.errors import KawalisError


class TelegramProblem(KawalisError):  # noqa: N818
    """The token is refused, or the webhook cannot be set. Never carries the token."""


class NotTelegram(NetworkError):  # noqa: N818
    """The answer is none of Telegram's (a gateway's page), or was cut short. Says nothing but its HTTP `status`."""

    def __init__(self, status: int) -> None:
        super().__init__(f"HTTP {status}, and not by Telegram")
        self.status = status


NONSENSE = (TypeError, AttributeError, KeyError, ValueError)
"""What the library raises over an answer in Telegram's form whose parts are of another kind than Telegram's."""


def problem_with_token(error: Exception) -> TelegramProblem:
    """What an error over the first request says of the set-up: the token is refused, or Telegram does not answer."""
    refused = isinstance(error, InvalidToken)
    key = "telegram.token_refused" if refused else "telegram.unreachable"
    return TelegramProblem(key, cause=type(error).__name__)
