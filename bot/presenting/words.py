"""Small things said the same way everywhere: times, windows, outlets and origins, states, verbs."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta, tzinfo

from babel import Locale
from babel.dates import format_date, format_time
from babel.numbers import format_decimal

from bot.texts import Texts
from summaries.types import BriefStory, Member, Origin, OriginKind, State


def moment(at: datetime, texts: Texts, zone: tzinfo = UTC) -> str:
    """Date and minute in the reader's zone: `28 مارس 2024، 09:00`."""
    local = at.astimezone(zone)
    return texts("time.moment", date=day(local, texts), clock=clock(local, texts))


def day(local: datetime, texts: Texts) -> str:
    locale = "ar_EG@numbers=latn" if texts.language == "ar" else "en_GB"
    return texts.numerals(format_date(local, "d MMMM y", locale=locale))


def short_day(day: date, texts: Texts) -> str:
    """`28 مارس`: a day of this year, where there is little room."""
    locale = "ar_EG@numbers=latn" if texts.language == "ar" else "en_GB"
    return texts.numerals(format_date(day, "d MMM", locale=locale))


def clock(local: datetime, texts: Texts) -> str:
    return texts.numerals(format_time(local, "HH:mm", locale="en_GB"))


def hour(minute: int, texts: Texts) -> str:
    """A minute of the day as a clock shows it: `08:00`."""
    return texts.numerals(f"{minute // 60:02}:{minute % 60:02}")


def window(length: timedelta, texts: Texts) -> str:
    """`آخر 24 ساعة`, `آخر 10 أيام`: whole days from two days on."""
    hours = round(length.total_seconds() / 3600)
    if hours >= 48 and hours % 24 == 0:
        return texts.count("time.last_days", hours // 24)
    return texts.count("time.last_hours", hours)


def ago(length: timedelta, texts: Texts) -> str:
    minutes = max(0, round(length.total_seconds() / 60))
    if minutes == 0:
        return texts("time.just_now")
    if minutes < 120:
        return texts.count("time.minutes_ago", minutes)
    if minutes < 48 * 60:
        return texts.count("time.hours_ago", minutes // 60)
    return texts.count("time.days_ago", minutes // 1440)


def number(value: int, texts: Texts) -> str:
    return texts.numerals(format_decimal(value, locale="en"))


def join(parts: Sequence[str], texts: Texts) -> str:
    """`أ وب وج` in Arabic, `a, b and c` in English."""
    if len(parts) < 2:
        return "".join(parts)
    return texts("list.join", head=texts("list.more").join(parts[:-1]), last=parts[-1])


def provenance(story: BriefStory, texts: Texts, zone: tzinfo = UTC) -> str:
    """`نشرته 5 وسائل إعلام عن مصدر أصلي واحد: Axios؛ وأول من نشره بالعربية: … (28 مارس 2024، 14:02)`.

    Outlets and origins are counted apart. An unknown origin is named as unknown and counts for nothing. What one
    outlet alone has is said to be found only there.
    """
    known = [origin for origin in story.origins if origin.kind is not OriginKind.UNKNOWN]
    first = min((m for m in story.members if m.published), key=_published, default=None)
    at = moment(first.published, texts, zone) if first is not None and first.published else None
    if len(story.outlets) == 1:
        return _only(story.outlets[0], [origin_name(o, texts) for o in known], at, texts)
    outlets = texts.count("story.outlets", len(story.outlets))
    if known:
        names = join([origin_name(origin, texts) for origin in known], texts)
        said = texts(
            "story.provenance", outlets=outlets, origins=texts.count("story.origins", len(known)), names=names
        )
    else:
        said = texts("story.provenance_unknown", outlets=outlets)
    return (
        said if first is None or at is None else texts("story.first", said=said, at=at, outlet=first.outlet)
    )


def _only(outlet: str, origins: Sequence[str], at: str | None, texts: Texts) -> str:
    """No gender of an outlet's name is guessed: `لم نجده إلا في … (28 مارس 2024، 14:02)، نقلًا عن Axios`."""
    said = texts("story.only", outlet=outlet)
    said = texts("story.only_at", said=said, at=at) if at else said
    if not origins:
        return texts("story.only_unknown", said=said)
    cited = [name for name in origins if name != outlet]
    return texts("story.only_citing", said=said, names=join(cited, texts)) if cited else said


def _published(member: Member) -> datetime:
    return member.published or datetime.max.replace(tzinfo=UTC)


def origin_name(origin: Origin, texts: Texts) -> str:
    key = f"outlet.{origin.name}"
    return texts(key) if texts.has(key) else origin.name


def state(value: State, texts: Texts) -> str:
    return texts(f"state.{value.value}")


def country(code: str, texts: Texts) -> str:
    """The name of an ISO 3166-1 country in the reader's language (CLDR)."""
    return str(Locale.parse(texts.language).territories.get(code.upper(), code))


_EAST = str.maketrans("+-", "-+")  # POSIX counts west


def city(zone: str, texts: Texts) -> str:
    """The city that names a zone, in the reader's language (CLDR): `الرياض`; what is always so many hours from
    Greenwich by them, counted east as people do: `UTC+3`.
    """
    if zone.startswith("Etc/GMT"):
        return zone.removeprefix("Etc/").translate(_EAST).replace("GMT", "UTC")
    known = Locale.parse(texts.language).time_zones.get(zone, {})
    return str(known.get("city") or zone.rpartition("/")[2].replace("_", " "))


def weekday(day: int, texts: Texts) -> str:
    """The name of a weekday; 0 is Monday."""
    return str(Locale.parse(texts.language).days["format"]["wide"][day])
