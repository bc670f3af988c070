"""Collecting: when to poll, what to make of the answer, what to keep."""

from bot.collecting.collector import Collector
from bot.collecting.policy import Policy
from bot.collecting.report import CollectReport, Notice, SourceOutcome

__all__ = ["CollectReport", "Collector", "Notice", "Policy", "SourceOutcome"]
