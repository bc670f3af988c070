"""The terminal we speak to: its language, its width, its progress."""

import io
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TypeVar

from rich.console import Console
from rich.progress import track as rich_track
from rich.status import Status

from bot.errors import InputError
from bot.settings import Language
from bot.texts import Texts, texts

Item = TypeVar("Item")


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
    """Arabic goes out as UTF-8 whatever the locale says; what cannot be encoded is escaped, never a crash."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")


def read_stdin() -> str:
    """What was piped in, as UTF-8 whatever the locale says. Raises `InputError` where it is something else."""
    try:
        if isinstance(sys.stdin, io.TextIOWrapper):
            sys.stdin.reconfigure(encoding="utf-8-sig", errors="strict")
        return sys.stdin.read()
    except UnicodeDecodeError as error:
        raise InputError("input.not_utf8", file="-", cause=str(error)) from None


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
        print(spoken.error(error), file=sys.stderr)
        code = 1
    return code
