"""Extractive summaries: every sentence is spans of stored text, word for word."""

from summaries.selection.select import summarise

__all__ = ["summarise"]
