"""What can be typed after `kawalis`. The names are fixed; others script against them."""

import argparse
from pathlib import Path
from typing import Any, NoReturn

from bot.cli import briefs, operating, research, service, sources, topics
from bot.errors import UsageError
from bot.texts import Texts
from bot.version import VERSION


class Parser(argparse.ArgumentParser):
    """Wrong use raises `UsageError`, so that it is said in one line and in the user's language."""

    def error(self, message: str) -> NoReturn:
        raise UsageError("cli.usage", problem=message)


def build_parser(spoken: Texts) -> Parser:
    """The whole command line, with help in the user's language."""
    parser = Parser(prog="kawalis", description=spoken("cli.what"))
    parser.add_argument("--config", type=Path, metavar="FILE", help=spoken("cli.help.config"))
    parser.add_argument("--verbose", action="store_true", help=spoken("cli.help.verbose"))
    parser.add_argument("--version", action="version", version=f"kawalis {VERSION}")
    parser.set_defaults(config=None, verbose=False)
    verbs = parser.add_subparsers(metavar=spoken("cli.command"), parser_class=Parser)
    for room in (briefs, research, service, sources, topics, operating):
        room.add_commands(_Verbs(verbs, spoken))
    return parser


class _Verbs:
    """Adds commands with their help looked up by name."""

    def __init__(self, verbs: Any, spoken: Texts) -> None:
        self._verbs, self._spoken = verbs, spoken

    def add(self, name: str, run: Any, *, key: str | None = None) -> argparse.ArgumentParser:
        text = self._spoken(f"cli.help.{key or name}")
        parser: argparse.ArgumentParser = self._verbs.add_parser(name, help=text, description=text)
        parser.set_defaults(run=run)
        return parser

    def group(self, name: str) -> "_Verbs":
        text = self._spoken(f"cli.help.{name}")
        parser = self._verbs.add_parser(name, help=text, description=text)
        return _Verbs(
            parser.add_subparsers(metavar=self._spoken("cli.command"), required=True, parser_class=Parser),
            self._spoken,
        )
