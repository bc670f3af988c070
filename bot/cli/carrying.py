"""Carrying out a command line: parse it, run its one command, and turn errors into one line and an exit code."""

import asyncio
import os
import sys
from collections.abc import Sequence

from bot.cli.parser import build_parser
from bot.cli.terminal import command_line_texts, say, utf8_streams
from bot.errors import SettingsError, UsageError
from bot.logs import quiet_logs
from bot.settings import load_settings
from storage.errors import BadAddress
from summaries.errors import KawalisError


def carry_out(arguments: Sequence[str]) -> int:
    """Run `kawalis` with these arguments; the exit code.

    What was printed is written out before it counts as done: a full disk shows itself only then.
    """
    utf8_streams()
    try:
        code = _carried_out(arguments)
        sys.stdout.flush()
        return code
    except BrokenPipeError:  # whoever read us has enough (`kawalis brief | head`)
        _let_go()
        return 0
    except OSError as error:
        say(command_line_texts(os.environ)("cli.system", problem=error.strerror or str(error)))
        _let_go()
        return 1


def _carried_out(arguments: Sequence[str]) -> int:
    spoken = command_line_texts(os.environ)
    try:
        parsed = build_parser(spoken).parse_args(arguments)
        if not hasattr(parsed, "run"):
            build_parser(spoken).print_help()
            return 2
        settings = load_settings(parsed.config)
        spoken = command_line_texts(os.environ, settings.language)
        quiet_logs(verbose=parsed.verbose)
        return int(asyncio.run(parsed.run(parsed, settings, spoken)))
    except (UsageError, SettingsError, BadAddress) as error:
        say(spoken.error(error))
        return 2
    except KawalisError as error:
        say(spoken.error(error))
        return 1
    except SystemExit as left:  # argparse has printed the help or the version
        return int(left.code or 0)
    except (KeyboardInterrupt, asyncio.CancelledError):
        return 130


def _let_go() -> None:
    """Nobody takes what is left to print; Python would complain of it once more at exit."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
