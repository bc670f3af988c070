"""Keeping tokens and tickets out of the log."""

import logging
import re

_SECRET = re.compile(
    r"xox[a-z.-]*-[\w-]+|xapp-[\w-]+|(?<=ticket=)[^\s&'\"]+|(?<=app_id=)[^\s&'\"]+|(?<=Bearer )\S+"
)


def redacted(text: str) -> str:
    return _SECRET.sub("[secret]", text)


class Redacting(logging.Filter):
    """Rewrites a record whose message or traceback would show a token."""

    def filter(self, record: logging.LogRecord) -> bool:
        message = record.getMessage()
        clean = redacted(message)
        if clean != message:
            record.msg, record.args = clean, None
        if record.exc_info and record.exc_info[1] is not None:
            # A traceback may show the address of a socket with its ticket; its kind says enough.
            record.msg = f"{record.getMessage()} ({type(record.exc_info[1]).__name__})"
            record.args, record.exc_info, record.exc_text = None, None, None
        return True


def quiet_logger(name: str) -> logging.Logger:
    """A logger for the SDK: warnings and worse, without secrets."""
    logger = logging.getLogger(name)
    if not any(isinstance(each, Redacting) for each in logger.filters):
        logger.addFilter(Redacting())
    logger.setLevel(logging.WARNING)
    return logger
