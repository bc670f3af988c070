"""A number as a text gives it."""

from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class Figure:
    """A number as given: its lowest and highest value, where, and whether it is «over» or «under».

    `unit`: a unit of time or a currency. `vague`: two and more people are written alike, or a definite dual («البلدين»)
    that speaks of what was named: it supports, and need not be supported.
    """

    low: Decimal
    high: Decimal
    start: int
    end: int
    over: bool = False
    under: bool = False
    about: bool = False
    percent: bool = False
    rank: bool = False
    unit: str = ""
    vague: bool = False
    place: bool = False  # may tell a place in a row: «الجولة 6», «ثلاث مرات» for «المرة الثالثة»
    noun: bool = False  # a noun follows, which is no unit
