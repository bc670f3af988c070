"""Who said what."""

from summaries.statements.finding import find_statements

__all__ = ["find_statements"]
