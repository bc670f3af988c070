"""From a driver's exception to our own error."""

from sqlalchemy.exc import DBAPIError, IntegrityError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeout

from storage.engines import Place
from storage.errors import Busy, Conflict, StorageError, Unreachable


def understood(error: BaseException, where: Place) -> StorageError:
    """The storage error that says what `error` means. The cause never carries bound values or a password."""
    cause = _cause(error, where)
    if isinstance(error, IntegrityError):
        return Conflict("storage.conflict", cause=cause)
    if isinstance(error, PoolTimeout):
        return Busy("storage.busy", cause=cause)
    if isinstance(error, (OperationalError, OSError)):
        lowered = cause.lower()
        if any(word in lowered for word in ("locked", "busy", "deadlock", "lock timeout")):
            return Busy("storage.busy", cause=cause)
        if "no such table" not in lowered and "full" not in lowered:
            return Unreachable("storage.unreachable", cause=cause, address=str(where))
    return StorageError("storage.failed", cause=cause)


def _cause(error: BaseException, where: Place) -> str:
    inner = error.orig if isinstance(error, DBAPIError) and error.orig is not None else error
    text = f"{type(inner).__name__}: {inner}".split("\nDETAIL:")[0]  # the detail repeats stored values
    password = where.url.password
    return text.replace(str(password), "***") if password else text
