"""The gate for English: a translation against the Arabic it cites, by numbers, days, names and quotations."""

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from functools import lru_cache

import simplemma

from summaries.gate.amounts import figures
from summaries.gate.figure import Figure
from summaries.gate.numbers import given
from summaries.gate.times import times
from summaries.gate.transliteration import sounds_like
from summaries.names import Gazetteer, Kind, Name
from summaries.reading import Parsed
from summaries.text import quotations, tokens
from summaries.types import Reason, Span

_UNITS = {
    word: value
    for value, word in enumerate(
        "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen "
        "sixteen seventeen eighteen nineteen".split()
    )
} | {
    word: 10 * value
    for value, word in enumerate("twenty thirty forty fifty sixty seventy eighty ninety".split(), start=2)
}  # fmt: skip
_SCALES = {"hundred": 100, "thousand": 1000, "million": 10**6, "billion": 10**9, "trillion": 10**12}
_VAGUE = {
    "dozens": (11, 199), "hundreds": (101, 1999), "thousands": (1001, 199_999), "millions": (1_000_001, 999_999_999),
}  # fmt: skip
_PARTS = {"half": Decimal("0.5"), "quarter": Decimal("0.25"), "third": Decimal("0.333")}
_NUMBER = re.compile(r"\d+(?:,\d{3})*(?:\.\d+)?|[A-Za-z]+")
_QUOTED = re.compile(r"“([^”]+)”|\"([^\"]+)\"|«([^»]+)»")
_CAPITAL = re.compile(r"(?<![\w’'])[A-Z][\w’'-]*")
_STATES = frozenset(
    {Kind.COUNTRY, Kind.CITY, Kind.GOVERNMENT, Kind.DEMONYM, Kind.OFFICE, Kind.MINISTRY, Kind.ARMY, Kind.PARLIAMENT}
)  # fmt: skip
_CALENDAR = {
    name: number
    for names in ("Monday Tuesday Wednesday Thursday Friday Saturday Sunday",)
    for number, name in enumerate(names.split())
}
_MONTHS = "January February March April May June July August September October November December".split()


def check(arabic: Sequence[Parsed], english: str, gazetteer: Gazetteer) -> tuple[Reason, ...]:
    """Why `english` is not supported by the Arabic texts that it renders: `gate.number`, `gate.date`, `gate.name`,
    `gate.quote`; none where it is.
    """
    return (
        *_numbers(arabic, english), *_dates(arabic, english), *_names(arabic, english, gazetteer),
        *_quotes(arabic, english),
    )  # fmt: skip


def _whole(parsed: Parsed) -> Span:
    return Span(start=0, end=len(parsed.text))


def _numbers(arabic: Sequence[Parsed], english: str) -> Iterator[Reason]:
    cited = [figure for parsed in arabic for figure in figures(parsed, _whole(parsed))]
    for figure in english_figures(english):
        if not given(figure, cited) and not _year(arabic, figure):
            yield Reason(code="gate.number", values={"number": english[figure.start : figure.end]})


def _year(arabic: Sequence[Parsed], figure: Figure) -> bool:
    """Whether a number is a year or day that the Arabic has in digits (dates are apart there)."""
    written = str(figure.low)
    return any(token.folded == written for parsed in arabic for token in parsed.tokens)


def english_figures(text: str) -> list[Figure]:
    """The numbers of an English text, in digits and in words."""
    found, words = [], list(_NUMBER.finditer(text))
    place = 0
    while place < len(words):
        value, used = _value(words, place)
        if value is not None:
            start, end = words[place].start(), words[place + used - 1].end()
            percent = bool(re.match(r"\s*(?:%|per\s?cent\b)", text[end:]))
            found.append(Figure(value[0], value[1], start, end, percent=percent, about=_about(text, start)))
        place += max(1, used)
    return found


def _about(text: str, start: int) -> bool:
    return bool(re.search(r"\b(?:about|around|nearly|almost|some|over|more than|roughly)\s+$", text[:start]))


def _value(words: Sequence[re.Match[str]], place: int) -> tuple[tuple[Decimal, Decimal] | None, int]:
    first = words[place][0]
    plain = first.lower()
    if plain in _VAGUE:
        low, high = _VAGUE[plain]
        return (Decimal(low), Decimal(high)), 1
    if plain in _PARTS:
        return (_PARTS[plain], _PARTS[plain]), 1
    total, current, used = Decimal(0), Decimal(0), 0
    for word in words[place:]:
        plain = word[0].lower()
        if plain[:1].isdigit() and not used:
            current = Decimal(plain.replace(",", ""))
        elif plain in _UNITS:
            current += _UNITS[plain]
        elif plain == "hundred" and used:
            current *= 100
        elif plain in _SCALES and used:
            total, current = total + current * _SCALES[plain], Decimal(0)
        else:
            break
        used += 1
    value = total + current
    return ((value, value), used) if used else (None, 0)


def _dates(arabic: Sequence[Parsed], english: str) -> Iterator[Reason]:
    cited: dict[str, set[str]] = {}
    for parsed in arabic:
        for kind, values in times(parsed, _whole(parsed), every=True).items():
            cited.setdefault(kind, set()).update(values)
    for found in _CAPITAL.finditer(english):
        name = found[0]
        day, month = _CALENDAR.get(name), _MONTHS.index(name) + 1 if name in _MONTHS else None
        if (day is not None and str(day) not in cited.get("weekday", ())) or (
            month is not None and str(month) not in cited.get("month", ())
        ):
            yield Reason(code="gate.date", values={"kind": "day", "value": name})


def _names(arabic: Sequence[Parsed], english: str, gazetteer: Gazetteer) -> Iterator[Reason]:
    mentioned = [mention.name for parsed in arabic for mention in parsed.mentions]
    rest = english
    for written, names in _known_in(english, gazetteer):
        rest = rest.replace(written, " " * len(written))
        if not any(_mentioned(name, mentioned) for name in names):
            yield Reason(code="gate.name", values={"name": written})
    words = [token.text for parsed in arabic for token in parsed.tokens]
    for found in _CAPITAL.finditer(rest):
        name = re.sub(r"['’]s$", "", found[0])
        if name in _CALENDAR or name in _MONTHS or len(name) < 2 or _english(name):
            continue
        if not any(sounds_like(name, word) for word in words) and name.lower() not in {
            w.lower() for w in words
        }:
            yield Reason(code="gate.name", values={"name": name})


def _mentioned(name: Name, mentioned: Sequence[Name]) -> bool:
    states = {name.side, name.country} - {""}
    return any(
        other.id == name.id or (name.kind in _STATES and not states.isdisjoint({other.side, other.country}))
        for other in mentioned
    )


@lru_cache(maxsize=20_000)
def _english(word: str) -> bool:
    """Whether a capitalised word is one of the English language, as at a sentence's start or in a title."""
    return all(simplemma.is_known(part.lower(), "en") for part in word.split("-") if part)


def _known_in(english: str, gazetteer: Gazetteer) -> Iterator[tuple[str, list[Name]]]:
    """The names of the gazetteer in an English text, longest first, each with all whom it may mean."""
    table = _table(gazetteer)
    words = [(m.start(), m.end()) for m in re.finditer(r"[\w’'-]+", english)]
    taken = -1
    for place, (start, _) in enumerate(words):
        if start < taken:
            continue
        for last in range(min(len(words), place + 5) - 1, place - 1, -1):
            written = english[start : words[last][1]]
            written = re.sub(r"['’]s$", "", written)
            if written in table:
                taken = start + len(written)
                yield written, table[written]
                break


@lru_cache(maxsize=2)
def _table(gazetteer: Gazetteer) -> dict[str, list[Name]]:
    """Canonical names, and the last words of people's names that are no words of the language."""
    table: dict[str, list[Name]] = {}
    for name in gazetteer.names:
        if name.kind in (Kind.NONE, Kind.TITLE):
            continue
        table.setdefault(name.canonical, []).append(name)
        parts = name.canonical.split()
        if name.kind is Kind.PERSON and len(parts) > 1 and not _english(parts[-1]):
            table.setdefault(parts[-1], []).append(name)
        if name.kind is Kind.DEMONYM:
            table.setdefault(name.canonical + "s", []).append(name)
    return table


def _quotes(arabic: Sequence[Parsed], english: str) -> Iterator[Reason]:
    """A translation cannot be compared word for word: it may quote no more often, and no longer, than the source."""
    lengths = sorted(
        (len(tokens(parsed.of(span))) for parsed in arabic for span in quotations(parsed.text)), reverse=True
    )
    quoted = sorted((m[0] for m in _QUOTED.finditer(english)), key=lambda text: -len(text.split()))
    for place, text in enumerate(quoted):
        if place >= len(lengths) or len(text.split()) > 3 * lengths[place] + 3:
            yield Reason(code="gate.quote", values={"quote": text.strip('“”"«»')})
