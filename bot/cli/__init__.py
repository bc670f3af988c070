"""The command line. `main` is all that is loaded at first: SIGTERM is heard before the rest is, which takes seconds.

Exit codes: 0 done, 1 something failed and was said, 2 wrong use; 130 and 143: ended by SIGINT or SIGTERM (`run`: 0).
"""

import os
import signal
import sys
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

TERMINATED = 128 + signal.SIGTERM  # as a shell reports it


def main(arguments: Sequence[str] | None = None) -> int:
    """Run `kawalis` with the given arguments (those of the process by default); the exit code."""
    given = sys.argv[1:] if arguments is None else arguments
    try:
        with _hearing(0 if "run" in given else TERMINATED):
            from bot.cli.carrying import carry_out

            return carry_out(given)
    except KeyboardInterrupt:
        return 130


@contextmanager
def _hearing(code: int) -> Iterator[None]:
    """Let SIGTERM end the process at once, with that exit code: the first process of a container would be deaf to it,
    since the system does nothing by default for a process 1. The service hears it by its loop as soon as it has one.
    """
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = signal.signal(signal.SIGTERM, lambda *_: os._exit(code))
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before or signal.SIG_DFL)
