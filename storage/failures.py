"""From a driver's exception to our own error."""

import re

from sqlalchemy.exc import DataError, DBAPIError, IntegrityError, OperationalError, ProgrammingError
from sqlalchemy.exc import TimeoutError as PoolTimeout

from storage.engines import Place
from storage.errors import Busy, Conflict, StorageError, Unreachable

_KNOWN = (
    (("disk is full", "no space left", "could not extend"), "storage.full"),
    (("readonly", "read-only"), "storage.read_only"),
    (("unable to open",), "storage.cannot_open"),
    (("not a database", "image is malformed"), "storage.damaged"),
    (("authentication failed", "no password supplied", "pg_hba.conf"), "storage.refused"),
    (("too many clients", "too many connections", "connection slots"), "storage.crowded"),
)
"""What the drivers say of what an operator can mend, and the text that says how. Where a server speaks another
language, the text of whatever does not answer stands for it.
"""
_MISSING = re.compile(r"(role|database) .* does not exist")
_DAMAGE = {"storage.full", "storage.damaged"}


def understood(error: BaseException, where: Place) -> StorageError:
    """The storage error that says what `error` means. The cause never carries bound values or a password."""
    cause = _cause(error, where)
    if isinstance(error, IntegrityError):
        return Conflict("storage.conflict", cause=cause)
    if isinstance(error, PoolTimeout):
        return Busy("storage.busy", cause=cause)
    lowered = cause.lower()
    key = None if isinstance(error, (DataError, ProgrammingError)) else _known(lowered)
    if key is not None:
        return (StorageError if key in _DAMAGE else Unreachable)(key, cause=cause, address=str(where))
    if isinstance(error, (OperationalError, OSError)):
        if any(word in lowered for word in ("locked", "busy", "deadlock", "lock timeout")):
            return Busy("storage.busy", cause=cause)
        if "no such table" not in lowered:
            return Unreachable("storage.unreachable", cause=cause, address=str(where))
    return StorageError("storage.failed", cause=cause)


def _known(cause: str) -> str | None:
    if missing := _MISSING.search(cause):
        return "storage.refused" if missing[1] == "role" else "storage.no_database"
    return next((key for words, key in _KNOWN if any(word in cause for word in words)), None)


def _cause(error: BaseException, where: Place) -> str:
    inner = error.orig if isinstance(error, DBAPIError) and error.orig is not None else error
    text = f"{type(inner).__name__}: {inner}".split("\nDETAIL:")[0]  # the detail repeats stored values
    password = where.url.password
    return text.replace(str(password), "***") if password else text
