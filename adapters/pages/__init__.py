"""Article pages in: fetched with manners, read by rules, or refused with a reason."""

from adapters.pages.extract import extract
from adapters.pages.fetch import PageReader, extract_elsewhere
from adapters.pages.model import Extracted, PageFailure
from adapters.pages.rules import Rules, read_rules, rules_for

__all__ = [
    "Extracted",
    "PageFailure",
    "PageReader",
    "Rules",
    "extract",
    "extract_elsewhere",
    "read_rules",
    "rules_for",
]
