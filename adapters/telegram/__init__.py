"""Telegram: updates in, messages out, through python-telegram-bot."""

import os

# The library's own way to ask for waiting times as `timedelta`, which a later major version gives anyway.
os.environ.setdefault("PTB_TIMEDELTA", "true")
