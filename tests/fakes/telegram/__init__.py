"""A strict Bot API on loopback: it rejects what Telegram rejects."""

from tests.fakes.telegram.server import TelegramFake

__all__ = ["TelegramFake"]
