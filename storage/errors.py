"""The storage's branch of the exception tree.

KawalisError
+-- StorageError
    +-- BadAddress          the database's address cannot be understood or its driver is missing
    +-- Unreachable         no database answers there, or it refuses us
    +-- Busy                another process holds the database longer than we wait
    +-- Conflict            a row contradicts one that is there (unique or foreign key)
    +-- SchemaMismatch      the tables are older or newer than this version of the program
    +-- Unreadable          a stored value does not have the form it must have
    +-- NotPossible         what was asked cannot be done on this kind of database
    +-- MoveFailed          copying into another database did not come out equal
"""

from summaries.errors import KawalisError


class StorageError(KawalisError):
    """Something about what is kept. No message carries a password."""


class BadAddress(StorageError):  # noqa: N818
    """`values["address"]` is the address without its password."""


class Unreachable(StorageError):  # noqa: N818
    """Nothing answers, or the file cannot be opened."""


class Busy(StorageError):  # noqa: N818
    """Locked by another for longer than the time we wait; trying again later may do."""


class Conflict(StorageError):  # noqa: N818
    """A constraint was broken; the whole unit of work was rolled back."""


class SchemaMismatch(StorageError):  # noqa: N818
    """The schema's revision is not the one this program was written for."""


class Unreadable(StorageError):  # noqa: N818
    """A stored or given value does not fit its type."""


class NotPossible(StorageError):  # noqa: N818
    """Not on this kind of database; `values["instead"]` says what to use."""


class MoveFailed(StorageError):  # noqa: N818
    """The target is not empty, or the counts differ."""
