"""The command line. `main` parses, runs one command, and turns errors into one line and an exit code.

Exit codes: 0 done, 1 something failed and was said, 2 wrong use.
"""

import asyncio
import os
import sys
from collections.abc import Sequence

from bot.cli.parser import build_parser
from bot.cli.terminal import command_line_texts, utf8_streams
from bot.errors import SettingsError, UsageError
from bot.logs import quiet_logs
from bot.settings import load_settings
from summaries.errors import KawalisError


def main(arguments: Sequence[str] | None = None) -> int:
    """Run `kawalis` with the given arguments (those of the process by default); the exit code."""
    utf8_streams()
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
    except (UsageError, SettingsError) as error:
        print(spoken.error(error), file=sys.stderr)
        return 2
    except KawalisError as error:
        print(spoken.error(error), file=sys.stderr)
        return 1
    except (KeyboardInterrupt, asyncio.CancelledError):
        return 130
    except BrokenPipeError:
        # Whoever read us has enough (`kawalis brief | head`); Python would complain once more at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
