"""Telegram's branch of the exception tree.

KawalisError
+-- TelegramProblem    Telegram cannot be used as it is set up; `key` says what to mend
"""

from summaries.errors import KawalisError


class TelegramProblem(KawalisError):  # noqa: N818
    """The token is refused, or the webhook cannot be set. Never carries the token."""
