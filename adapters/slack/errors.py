"""Slack's branch of the exception tree.

KawalisError
+-- SlackError      Slack cannot be used as it is set up; `key` says what to mend
"""

from summaries.errors import KawalisError


class SlackError(KawalisError):
    """A token or a right is missing or refused. Never carries the token."""
