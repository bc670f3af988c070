"""The application's branch of the exception tree.

KawalisError
+-- SettingsError    a setting is missing or cannot be understood; stops the start
+-- UsageError       a command was typed wrongly; exit code 2, or one sentence in the chat
+-- InputError       a file or address that was named cannot be read; exit code 1
"""

from summaries.errors import KawalisError


class SettingsError(KawalisError):
    """A setting cannot be used. `values["name"]` is the setting's name, never its value if it is secret."""


class UsageError(KawalisError):
    """A command was typed in a way we cannot carry out."""


class InputError(KawalisError):
    """What was named cannot be read."""
