"""`python -m bot.cli` is `kawalis`."""

import sys

from bot.cli import main

sys.exit(main())
