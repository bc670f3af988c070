"""Dates and times: each that a sentence gives must be given by what it cites, and what came before what."""

from collections.abc import Iterator
from itertools import pairwise

from summaries.gate.durations import as_long, durations
from summaries.gate.pair import Pair, clause_of
from summaries.gate.polarity import is_sharp
from summaries.gate.times import eves, times, unit_of
from summaries.gate.words import bare_forms
from summaries.reading import Parsed
from summaries.text import fold
from summaries.types import Reason, Span

_BEFORE = frozenset(fold(w) for w in ("قبل", "قبيل"))
_AFTER = frozenset(fold(w) for w in ("بعد", "عقب", "إثر", "بعيد", "بعدما"))


def check(pair: Pair) -> Iterator[Reason]:
    """`gate.date` for each time that what is cited does not give."""
    whole = Span(start=0, end=len(pair.claim.text))
    claimed = times(pair.claim, whole)
    if claimed:
        merged: dict[str, set[str]] = {}
        for span in pair.cited:
            for kind, values in times(pair.source.parsed, span, every=True).items():
                merged.setdefault(kind, set()).update(values)
        for kind, values in claimed.items():
            for value in sorted(values - merged.get(kind, set())):
                if not _excused(pair, kind, value, merged):
                    yield Reason(code="gate.date", values={"kind": kind, "value": value})
    yield from _order(pair)


def _excused(pair: Pair, kind: str, value: str, given: dict[str, set[str]]) -> bool:
    """A coarser or a relative word may stand for what is given in another way."""
    if kind == "day":
        return _last_day(pair, value)
    if kind == "unit":
        return _in_other_unit(pair, value)
    if kind in ("third", "quarter", "half"):
        return _covers(kind, value, given)
    if kind == "moment":  # «صباح الأحد» where «مساء الأحد» is cited
        if value.split("/")[0] in given.get("time", ()):
            return True
        return not any(other.split("/")[1] == value.split("/")[1] for other in given.get("moment", ()))
    if kind == "calendar":
        return _on_calendar(pair, value, given)
    if kind == "part":
        return value in given.get("time", ()) or ("part" not in given and value != "night")
    if kind == "relative":
        return value == "today" or ("weekday" in given and "relative" not in given)
    if kind == "weekday":
        return "relative" in given and "weekday" not in given
    if kind == "turn":
        return _turned(value, given)
    return kind == "period" and "period" not in given


def _last_day(pair: Pair, value: str) -> bool:
    """«أقصاه الرابع من نوفمبر» where something must be done before the fifth."""
    limited = any(form in _LIMITS for token in pair.claim.tokens for form in bare_forms(token.folded))
    return limited and any(value in eves(pair.source.parsed.of(span)) for span in pair.cited)


_LIMITS = frozenset(fold(w) for w in "أقصاه أقصاها أقصى حتى غاية موعد أجل يتجاوز تتجاوز يتعدى".split())


def _in_other_unit(pair: Pair, unit: str) -> bool:
    """Whether what the claim gives in a unit («ثلاثة أيام», «شهر») lasts as long as something that is cited."""
    source, whole = pair.source, Span(start=0, end=len(pair.claim.text))
    mine = [one for one in durations(pair.claim, whole, pair.figures) if one.unit == unit]
    yours = [other for span in pair.cited for other in durations(source.parsed, span, source.figures(span))]
    return any(as_long(one, other) for one in mine for other in yours)


_DAYS = {"start": range(1, 12), "middle": range(10, 22), "end": range(20, 32)}
_MONTHS_OF = {"quarter": 3, "half": 6}


def _covers(kind: str, value: str, given: dict[str, set[str]]) -> bool:
    """Whether a day that is cited lies in a part of a month («منتصف مارس»), or a month in a part of the year."""
    if kind == "third":
        part, month = value.split("/")
        return any(f"{day}/{month}" in given.get("day", ()) for day in _DAYS[part])
    length = _MONTHS_OF[kind]
    first = (int(value) - 1) * length + 1
    return any(str(month) in given.get("month", ()) for month in range(first, first + length))


def _on_calendar(pair: Pair, unit: str, given: dict[str, set[str]]) -> bool:
    """«نهاية العام» for December, «خلال الشهر» for a month by name; or a stretch («ونصف العام»)."""
    turned = any(turn.endswith(unit) for turn in given.get("turn", ()))
    if unit in given.get("unit", ()) or turned or _in_other_unit(pair, unit):
        return True
    if unit == "year":
        return not _TURN_OF_YEAR.isdisjoint(given.get("month", ()))
    return not given.keys().isdisjoint(("day", "month"))


_TURN_OF_YEAR = frozenset(("1", "12"))


def _turned(value: str, given: dict[str, set[str]]) -> bool:
    """«الشهر الماضي» for a month by name, «هذا العام» for «العام»."""
    turn, unit = value.split()
    if "year" in given or ("month" in given and unit != "year"):
        return True
    if "turn" in given:
        return False
    if turn == "now" and unit in given.get("unit", ()):
        return True
    return unit in ("day", "week") and not given.keys().isdisjoint(("weekday", "relative", "day"))


def _order(pair: Pair) -> Iterator[Reason]:
    """«قبل التصويت» where the source has «بعد التصويت» and never the other."""
    claimed = _anchors(pair.claim, 0, len(pair.claim.tokens))
    if not claimed:
        return
    given = [anchor for low, high in pair.ranges for anchor in _anchors(pair.source.parsed, low, high)]
    meaning = pair.words.meaning
    for laters, word in claimed:
        own = meaning(word).keys
        like = [other for other, there in given if not own.isdisjoint(meaning(there).keys)]
        if like and laters.isdisjoint(frozenset().union(*like)):
            yield Reason(code="gate.date", values={"kind": "order", "value": word})


def _anchors(parsed: Parsed, low: int, high: int) -> list[tuple[frozenset[bool], str]]:
    """For each «before» and «after»: whether after, and the word that follows it; both where a negation makes one say
    the other («لن يعلق قبل» is «لن يعلق إلا بعد»).
    """
    found = []
    for first, (one, two) in enumerate(pairwise(parsed.tokens[low:high]), start=low):
        if (
            low < first
            and one.folded in _BEFORE | _AFTER
            and unit_of(two.folded) is None
            and not two.folded[:1].isdigit()
        ):
            word = two.text
            if two.folded in ("ان", "ذلك"):
                continue
            later = one.folded in _AFTER
            only = parsed.tokens[first - 1].folded == "الا"
            both = only if later else _denied_before(parsed, first, low)
            found.append((frozenset((later, not later)) if both else frozenset((later,)), word))
    return found


def _denied_before(parsed: Parsed, place: int, low: int) -> bool:
    """Whether the clause before a word is negated."""
    first, _ = clause_of(parsed, place, low, place + 1)
    return any(is_sharp(parsed, p) for p in range(first, place))
