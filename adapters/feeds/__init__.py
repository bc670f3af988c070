"""Feeds in: bytes to text, text to entries, dates, addresses."""

from adapters.feeds.dates import parse_date
from adapters.feeds.decode import Decoded, decode
from adapters.feeds.discover import discover
from adapters.feeds.model import Cadence, ParsedFeed
from adapters.feeds.parse import parse_feed
from adapters.feeds.pool import ParserPool
from adapters.feeds.urls import canonical_url

__all__ = [
    "Cadence",
    "Decoded",
    "ParsedFeed",
    "ParserPool",
    "canonical_url",
    "decode",
    "discover",
    "parse_date",
    "parse_feed",
]
