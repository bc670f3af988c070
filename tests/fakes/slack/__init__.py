"""A strict Slack on loopback: Web API, Socket Mode, response addresses, OAuth, file upload.

It refuses what Slack refuses: unknown methods and parameters, bad types, bad tokens, blocks out of limits,
channels where the bot is not, more than one message a second in a channel.
"""

from tests.fakes.slack.people import CHANNEL, PERSON, TEAM
from tests.fakes.slack.server import SlackFake

__all__ = ["CHANNEL", "PERSON", "TEAM", "SlackFake"]
