"""When one number may stand for another: the same value, rounded with a word for it, per cent for a share."""

from decimal import Decimal

from summaries.gate.figure import Figure

_ROUNDS = Decimal("0.12")  # how far «about» may be from what is cited
_BEYOND = Decimal("0.2")  # and «more than», «less than», on their side
_JUST = Decimal("0.05")  # «more than three and a half» for 3.6
_HALF = 5
_EXACT = Decimal("0.01")  # what is lost by writing 3.47 as 3.5, a third as .333


def matches(figure: Figure, other: Figure) -> bool:
    """Whether a claimed number may stand for a cited one: the same, rounded as it says, or a share for per cent."""
    if (figure.over and other.under) or (figure.under and other.over):
        return False
    if (figure.rank != other.rank) and not (figure.place or other.place or figure.unit or other.unit):
        return False  # «يومه العاشر» is ten days
    if figure.percent != other.percent and min(figure.high, other.high) > 1:
        return False
    scale = Decimal(100) if figure.percent and other.high <= 1 else Decimal(1)
    back = Decimal(100) if other.percent and figure.high <= 1 else Decimal(1)
    low, high = figure.low, figure.high  # a share is compared as a share: «أكثر من الربع» for 27 per cent
    other_low, other_high = other.low * scale / back, other.high * scale / back
    if low == high and other_low == other_high:
        return close(figure, low, other_low)
    return low <= other_high and other_low <= high


def close(figure: Figure, value: Decimal, other: Decimal) -> bool:
    """Whether a claimed value may stand for another: «about» rounds, «more than» and «less than» to their side."""
    if value == other:
        return True
    if not other:
        return False
    apart = abs(value - other) / other
    if apart > _BEYOND and not figure.over:
        return False
    rounder = _roundness(value) > _roundness(other)
    beyond = (figure.over and other > value) or (figure.under and other < value)
    if value != value.to_integral():
        return apart < (_BEYOND if beyond else _ROUNDS if figure.about else _EXACT)
    if figure.over and value == _floor(other):
        return True
    if beyond:
        return apart <= (_BEYOND if rounder else _JUST)
    if rounder and figure.about:
        return apart <= _ROUNDS
    return rounder and _digits(other) > 2 and apart <= _EXACT


def _roundness(value: Decimal) -> tuple[int, int]:
    """Fewer digits that count are rounder, a five at the end than another digit, then more noughts: 2000 than 2350,
    1.5 than 1.7, 100 than 90.
    """
    exponent = value.normalize().as_tuple().exponent
    five = _digits(value) > 1 and value.normalize().as_tuple().digits[-1] == _HALF
    return five - 2 * _digits(value), exponent if isinstance(exponent, int) else 0


def _floor(value: Decimal) -> Decimal:
    """A number rounded down to its first digit: «أكثر من مئتين» for 251."""
    one = Decimal(1).scaleb(value.adjusted())
    return (value // one) * one


def _digits(value: Decimal) -> int:
    """How many significant digits a number is given with."""
    return len(value.normalize().as_tuple().digits)


def nearly(value: Decimal, other: Decimal) -> bool:
    """Whether two values are as near as «about» allows."""
    return abs(value - other) <= other * _ROUNDS
