"""What can be typed after `kawalis`. The names are fixed; others script against them."""

import argparse
import re
from pathlib import Path
from typing import Any, NoReturn

from bot.cli import briefs, operating, research, service, sources, topics
from bot.errors import UsageError
from bot.texts import Texts
from bot.version import VERSION

# What argparse says, and the text of ours that says it; the groups fill the text's values.
_PROBLEMS = (
    (re.compile(r"argument COMMAND: invalid choice: '?(?P<given>.*?)'? \(choose from (?P<known>.*)\)"),
     "cli.usage.unknown_command"),
    (re.compile(r"argument .*: invalid choice: '?(?P<given>.*?)'? \(choose from (?P<known>.*)\)"), "cli.usage.choice"),
    (re.compile(r"the following arguments are required: (?P<names>.*)"), "cli.usage.required"),
    (re.compile(r"unrecognized arguments: (?P<given>.*)"), "cli.usage.unrecognised"),
    (re.compile(r"argument (?P<name>[^:]+): not allowed with argument (?P<other>.*)"), "cli.usage.together"),
    (re.compile(r"argument (?P<name>[^:]+): "), "cli.usage.value"),
)  # fmt: skip


class Parser(argparse.ArgumentParser):
    """Wrong use raises `UsageError`, so that it is said in one line and in the user's language."""

    def __init__(self, *, spoken: Texts, **options: Any) -> None:
        super().__init__(add_help=False, **options)
        self._spoken = spoken
        self._positionals.title, self._optionals.title = spoken("cli.arguments"), spoken("cli.options")
        self.add_argument("-h", "--help", action="help", help=spoken("cli.help.help"))

    def error(self, message: str) -> NoReturn:
        for pattern, key in _PROBLEMS:
            if found := pattern.match(message):
                values = {name: text.replace("'", "") for name, text in found.groupdict().items()}
                raise UsageError(key, command=self.prog, **values)
        raise UsageError("cli.usage.unrecognised", command=self.prog, given=message)

    def format_usage(self) -> str:
        return self._in_words(super().format_usage())

    def format_help(self) -> str:
        for action in self._actions:
            key = f"cli.option.{action.dest}"
            if action.help is None and self._spoken.has(key):
                action.help = self._spoken(key)
        return self._in_words(super().format_help())

    def _in_words(self, text: str) -> str:
        return text.replace("usage: ", self._spoken("cli.usage.word"), 1)


def build_parser(spoken: Texts) -> Parser:
    """The whole command line, with help in the user's language."""
    parser = Parser(spoken=spoken, prog="kawalis", description=spoken("cli.what"))
    _for_all(parser, spoken)
    parser.add_argument("--version", action="version", version=f"kawalis {VERSION}",
                        help=spoken("cli.help.version"))  # fmt: skip
    verbs = parser.add_subparsers(title=spoken("cli.commands"), metavar="COMMAND")
    for room in (briefs, research, service, sources, topics, operating):
        room.add_commands(_Verbs(verbs, spoken))
    return parser


def _for_all(parser: argparse.ArgumentParser, spoken: Texts, **named: Any) -> None:
    """What every command takes, before its name or after it."""
    parser.add_argument("--config", type=Path, metavar="FILE", help=spoken("cli.help.config"), **named)
    parser.add_argument("--verbose", action="store_true", help=spoken("cli.help.verbose"), **named)


def _for_all_again(parser: argparse.ArgumentParser, spoken: Texts) -> None:
    """The same after a command's name, where what is not given again stays as it was given before it."""
    _for_all(parser, spoken, default=argparse.SUPPRESS)


class _Verbs:
    """Adds commands with their help looked up by name."""

    def __init__(self, verbs: Any, spoken: Texts) -> None:
        self._verbs, self._spoken = verbs, spoken

    def add(self, name: str, run: Any, *, key: str | None = None) -> argparse.ArgumentParser:
        text = self._spoken(f"cli.help.{key or name}")
        parser: argparse.ArgumentParser = self._verbs.add_parser(
            name, spoken=self._spoken, help=text, description=text
        )
        parser.set_defaults(run=run)
        _for_all_again(parser, self._spoken)
        return parser

    def group(self, name: str) -> "_Verbs":
        text = self._spoken(f"cli.help.{name}")
        parser = self._verbs.add_parser(name, spoken=self._spoken, help=text, description=text)
        _for_all_again(parser, self._spoken)
        return _Verbs(
            parser.add_subparsers(title=self._spoken("cli.commands"), metavar="COMMAND", required=True),
            self._spoken,
        )
