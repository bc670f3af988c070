"""Figures in Arabic text: numbers and dates, in digits and in words."""

from summaries.figures.dates import Moment, dates
from summaries.figures.numbers import Number, digits, numbers

__all__ = ["Moment", "Number", "dates", "digits", "numbers"]
