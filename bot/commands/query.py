"""What is asked of the archive, understood: words or a phrase, an outlet, a day, days or a window. Pure."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, tzinfo

from bot.commands import hours, parse
from bot.errors import UsageError
from summaries.text import fold

_OUTLET = re.compile(r"(?:outlet|from|من|مصدر|صحيفة|صحيفه|موقع|قناة|قناه)[:：](.*)", re.IGNORECASE)
_DAYS = re.compile(r"([\d/-]+)(?:\.\.|…)([\d/-]+)")
_SOUGHT = re.compile(r"[^\W_]")  # a letter or digit
_OFFSET = re.compile(r"\+(\d{1,4})")
_QUOTED = re.compile(r'["«“](.+)["»”]')
_LONGEST_NAME = 5  # words of an outlet's name


@dataclass(frozen=True, slots=True, kw_only=True)
class Query:
    """`text` is the whole as it was typed, without the page; `words` what articles must hold."""

    text: str
    words: str
    phrase: bool = False
    outlet: str | None = None
    start: datetime | None = None
    end: datetime | None = None
    offset: int = 0


def parse_query(given: Sequence[str], outlets: Mapping[str, str], now: datetime, zone: tzinfo) -> Query:
    """`outlets` are folded names -> outlet. Raises `UsageError` for an unknown outlet, or where nothing is asked."""
    words, offset = list(given), 0
    if words and (page := _OFFSET.fullmatch(words[-1])):
        words, offset = words[:-1], int(page[1])
    text = " ".join(words)
    words, outlet = _take_outlet(words, outlets)
    words, start, end = _take_days(words, now, zone)
    rest = " ".join(words)
    quoted = _QUOTED.fullmatch(rest.strip())
    if not (_SOUGHT.search(rest) or outlet or start):
        raise UsageError("usage.search")
    return Query(
        text=text, words=quoted[1] if quoted else rest, phrase=quoted is not None, outlet=outlet, start=start,
        end=end, offset=offset,
    )  # fmt: skip


def _take_outlet(words: list[str], outlets: Mapping[str, str]) -> tuple[list[str], str | None]:
    for place, word in enumerate(words):
        found = _OUTLET.fullmatch(word)
        if found is None:
            continue
        following = [part for part in (found[1], *words[place + 1 : place + _LONGEST_NAME]) if part]
        for count in range(len(following), 0, -1):
            name = " ".join(following[:count]).replace("_", " ")
            if fold(name) in outlets:
                used = count if found[1] else count + 1
                return words[:place] + words[place + used :], outlets[fold(name)]
        raise UsageError("usage.outlet", outlet=" ".join(following[:2]) or word)
    return words, None


def _take_days(
    words: list[str], now: datetime, zone: tzinfo
) -> tuple[list[str], datetime | None, datetime | None]:
    for place, word in enumerate(words):
        written = hours.digits(word)
        rest = words[:place] + words[place + 1 :]
        if parse.is_window(word):
            return rest, now - parse.window(word), None
        several = _DAYS.fullmatch(written)
        first, last = (_day(several[1]), _day(several[2])) if several else (_day(written), _day(written))
        if first is not None and last is not None:
            if last < first:
                first, last = last, first
            end = datetime.combine(last + timedelta(days=1), time(), tzinfo=zone)
            return rest, datetime.combine(first, time(), tzinfo=zone), end
    return words, None, None


def _day(text: str) -> date | None:
    """`2024-03-25` or `25/3/2024`."""
    iso = re.fullmatch(r"(\d{4})-(\d{1,2})-(\d{1,2})", text)
    local = re.fullmatch(r"(\d{1,2})[/-](\d{1,2})[/-](\d{4})", text)
    year, month, day = (
        (iso[1], iso[2], iso[3]) if iso else (local[3], local[2], local[1]) if local else ("", "", "")
    )
    try:
        return date(int(year), int(month), int(day))
    except ValueError:
        return None
