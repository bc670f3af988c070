"""The exception tree's root. Each room adds its own branch below it.

    KawalisError                 key (what the user is told), values (what fills it), cause (for the log)
    +-- summaries: TopicError, GazetteerError
    +-- adapters:  the chats' and the model's errors
    +-- storage:   the database's errors
    +-- bot:       SettingsError, UsageError

Expected outcomes (304, not relevant, nothing new) are values, never exceptions.
"""


class KawalisError(Exception):
    """Something failed that a person can mend.

    `key` is looked up in the interface's texts and filled with `values`; `cause` goes to the log alone.
    Neither may carry a secret.
    """

    def __init__(self, key: str, *, cause: str = "", **values: str) -> None:
        super().__init__(f"{key} {values}" + (f": {cause}" if cause else ""))
        self.key = key
        self.values = values
        self.cause = cause
