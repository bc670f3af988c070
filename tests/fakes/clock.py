"""Time that passes only when it is slept through."""

from tests.fakes.slack.clock import Clock

__all__ = ["Clock"]
