"""The terminal we speak to: its language, its width, its progress."""

import io
import os
import re
import signal
import sys
import threading
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import TypeVar

from rich.console import Console
from rich.progress import track as rich_track
from rich.status import Status

from bot.errors import InputError
from bot.jsonlines import Given
from bot.settings import Language
from bot.texts import Texts, texts
from summaries.harmless import harmless
from summaries.types import LONGEST_TEXT

Item = TypeVar("Item")
_ESCAPED = "backslashreplace"
QUOTED = 80  # characters of an id that are repeated
_BREAKS = re.compile(r"\s*[\r\n]\s*")


def command_line_texts(environment: Mapping[str, str], chosen: Language | None = None) -> Texts:
    """The language set, else that of the locale. A locale that names no language (`C`, unset) tells nothing,
    and Arabic is the product's first language.
    """
    locale = next(
        (environment[name] for name in ("LC_ALL", "LC_MESSAGES", "LANG") if environment.get(name)), ""
    )
    wanted = chosen or environment.get("KAWALIS_LANGUAGE") or locale
    code = wanted[:2].lower()
    return texts("ar" if code in {"ar", ""} or wanted.split(".")[0] in {"C", "POSIX"} else "en")


def utf8_streams() -> None:
    """Arabic comes in and goes out as UTF-8 whatever the locale says, and never crashes: what cannot be decoded is
    replaced, what cannot be encoded is escaped. A stream that was closed before we began is an empty one.
    """
    for name, mode, errors in (
        ("stdin", "r", "replace"),
        *((n, "w", _ESCAPED) for n in ("stdout", "stderr")),
    ):
        stream = getattr(sys, name)
        if stream is None:
            setattr(sys, name, Path(os.devnull).open(mode, encoding="utf-8"))  # noqa: SIM115  (as long as we run)
        elif isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors=errors)


def read_stdin() -> bytes:
    """What was piped in."""
    return sys.stdin.buffer.read()


def stop_at_once() -> None:
    """Ctrl-C ends us now: asyncio takes it to cancel what awaits, and while we only compute nothing does."""
    if threading.current_thread() is threading.main_thread():
        signal.signal(signal.SIGINT, signal.default_int_handler)


def progress(message: str) -> Status:
    """A spinner with what is being done, on stderr; silent where that is no terminal."""
    return Console(stderr=True).status(message)


def track(items: Sequence[Item], message: str) -> Iterator[Item]:
    """The items in turn, with a progress bar on stderr; silent where that is no terminal."""
    console = Console(stderr=True)
    yield from rich_track(
        items, description=message, console=console, disable=not console.is_terminal, transient=True
    )


def say_wrong(wrong: Iterable[InputError], spoken: Texts) -> int:
    """One sentence on stderr for each, and the exit code: 1 where there was any."""
    code = 0
    for error in wrong:
        say(spoken.error(error))
        code = 1
    return code


def say_cut(articles: Iterable[Given], file: str, spoken: Texts) -> None:
    """One sentence on stderr for each article of a file of which only the beginning was read."""
    for identity in articles:
        say(spoken("input.cut_item", id=str(identity)[:QUOTED], file=file, most=LONGEST_TEXT))


def say(sentence: str) -> None:
    """One line on stderr, whatever the names and values in it hold."""
    print(_in_one_line(sentence), file=sys.stderr)


def tell(sentence: str) -> None:
    """One line on stdout, whatever the names and values in it hold."""
    print(_in_one_line(sentence))


def _in_one_line(sentence: str) -> str:
    return _BREAKS.sub(" ", harmless(sentence))
