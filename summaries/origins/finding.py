"""The origins that an article itself credits.

An outlet is an origin where the title gives it the word («أكسيوس: …»), where the opening credits it, or where a
dateline or the last line does («القدس (رويترز) -», «المصدر: …»). Where these name nobody, the first credit further
down counts. In a chain («رويترز نقلا عن أكسيوس») both are named, and the one that only passed it on is marked. A lead
in general words («وسائل إعلام إسرائيلية») stands for the outlet of that country which is named later, else it is an
unknown origin. No origin is: the article's own outlet, an outlet to which somebody gave an interview, a photo's.
"""

import re
from collections.abc import Iterable
from dataclasses import replace
from urllib.parse import urlsplit

from summaries.names import Kind, Mention
from summaries.origins.credits import Credit, credit_of, is_outlet, joined, outlets, passed_on, speaks_next
from summaries.reading import Parsed, Reading
from summaries.text import fold
from summaries.types import Origin, OriginKind, Span

OPENING = 520  # characters: what the news rests on is credited by then
FURTHER = 1000  # where the opening credits nobody
NAMED_LATER = 1500  # how far on a lead in general words may be named
TAIL = 90  # characters at the end in which a credit line stands
_DATELINE = 70
_CAPTION = 160
_LAST_LINE = re.compile(r"المصدر\s*:|^\s*[(\[]?[^.،]{2,40}[)\]]?\s*$|[(\[][^()\[\]]{2,40}[)\]]\s*\.?$")
_AFTER_DATELINE = re.compile(r"^\s*[)\]/]?\s*(?:[-–—:]|$)")
_UNKNOWN = re.compile(
    r"(?:صحيفة|جريدة|موقع|قناة|شبكة|مجلة|وكالة|إذاعة)\s+(?:[\"«“]([^\"»”\n]{2,30})[\"»”]|\(?([A-Z][\w .'-]{2,28}\w)\)?)"
)
_FORM = re.compile(r"(?<=..)(?:arabic|arabia|online|net|عربي|عربيه|نت)$")
_UNNAMED = re.compile(r"مس[وي]ول|مصدر|مصادر|دبلوماسي")
_GENERIC = frozenset(("Israeli media", "Israeli television"))


def find_origins(reading: Reading) -> tuple[Origin, ...]:
    """The origins that an article itself credits, in the order of their credits; empty where it credits none."""
    own = _own_names(reading)
    found = [*_in_title(reading.title), *_in_body(reading.body), *_in_tail(reading.body)]
    found = _known(found, own)
    if not found:
        found = _known(_unknown_outlets(reading.body), own) or _known(_further(reading.body), own)
    if all(_is_generic(origin) for origin in found):
        found = _named_later(reading.body, own, found) or found
    return tuple({origin.name: origin for origin in reversed(_without_generic(found))}.values())[::-1]


def _own_names(reading: Reading) -> frozenset[str]:
    """The outlet that publishes, as it is given, as the gazetteer knows it and as its address has it."""
    article = reading.article
    known = [
        mention.name.canonical for mention in reading.gazetteer.find(article.outlet) if is_outlet(mention)
    ]
    return frozenset(map(_bare, [article.outlet, *known, *_labels(article.url)])) - {""}


def _labels(url: str) -> list[str]:
    """The labels of an address's host, but for the last."""
    try:
        return (urlsplit(url).hostname or "").split(".")[:-1]
    except ValueError:
        return []


def _bare(name: str) -> str:
    """Letters and digits alone, without what only says in which form an outlet appears: «Sky News Arabia»."""
    return _FORM.sub("", re.sub(r"[\W_]+", "", fold(name)))


def _known(found: Iterable[Origin], own: frozenset[str]) -> list[Origin]:
    return [origin for origin in found if _bare(origin.name) not in own]


def _is_generic(origin: Origin) -> bool:
    return origin.kind is OriginKind.UNKNOWN


def _without_generic(found: list[Origin]) -> list[Origin]:
    return [origin for origin in found if not _is_generic(origin)] or found


def _origin(mention: Mention, *, in_title: bool = False) -> Origin:
    name, span = mention.name, Span(start=mention.start, end=mention.end)
    if "generic" in name.roles or name.canonical in _GENERIC:
        return Origin(name=name.canonical, kind=OriginKind.UNKNOWN, span=span, in_title=in_title)
    kind = OriginKind.AGENCY if name.kind is Kind.AGENCY else OriginKind.OUTLET
    return Origin(name=name.canonical, kind=kind, span=span, in_title=in_title)


def _in_title(title: Parsed) -> Iterable[Origin]:
    """«أكسيوس: …», «… - أكسيوس», «أكسيوس تكشف …», «… بحسب أكسيوس»."""
    for mention in outlets(title):
        credit = credit_of(title, mention.start)
        after = title.text[mention.end : mention.end + 12].lstrip(' "»”)')
        if credit is Credit.TOLD:
            continue
        speaks = after.startswith((":", "..", "؛", "…")) and _opens_clause(title, mention)
        ends = not after and bool(re.search(r"[-–—|/(]\s*[\"«“]?$", title.text[: mention.start]))
        if speaks or ends or credit or (_opens_clause(title, mention) and speaks_next(title, mention.end)):
            yield _origin(mention, in_title=True)


def _opens_clause(parsed: Parsed, mention: Mention) -> bool:
    """Whether only «صحيفة», «تقرير لـ…» or nothing stands before the name since the last mark."""
    before = re.split(r"[.:؛؟!|…]", parsed.text[: mention.start])[-1]
    return len(before.split()) <= 2


def _in_body(body: Parsed) -> Iterable[Origin]:
    """The outlets that the opening credits, and those joined to them."""
    yield from _credited(body, 0, OPENING)


def _credited(body: Parsed, low: int, high: int) -> list[Origin]:
    found: list[Origin] = []
    last: Mention | None = None
    for mention in outlets(body):
        if not low <= mention.start < high or _in_caption(body, mention):
            continue
        if last is not None and passed_on(body, last, mention):
            found[-1] = replace(found[-1], carrier=True)
            found.append(_origin(mention))
        elif _is_credited(body, mention) or (last is not None and joined(body, last, mention)):
            found.append(_origin(mention))
        else:
            continue
        last = mention
    return found


def _is_credited(body: Parsed, mention: Mention) -> bool:
    credit = credit_of(body, mention.start)
    if credit is Credit.TOLD:
        return _unnamed_speaks(body, mention)
    return credit is not None or _is_dateline(body, mention) or _are_reports(body, mention)


def _are_reports(body: Parsed, mention: Mention) -> bool:
    """«تقارير إسرائيلية» are somebody's reports, whatever is said of them."""
    words = fold(body.text[mention.start : mention.end])
    return ("generic" in mention.name.roles and words.startswith(("تقارير", "التقارير"))) or (
        mention.name.canonical in _GENERIC and words.startswith("تقارير")
    )


def _unnamed_speaks(body: Parsed, mention: Mention) -> bool:
    """Whether it was officials without a name who told the outlet: then it is the first to report."""
    before = re.split(r"[.!؟\n]", body.text[max(0, mention.start - 90) : mention.start])[-1]
    named = body.mentions_in(Span(start=mention.start - len(before), end=mention.start))
    return bool(_UNNAMED.search(fold(before))) and not any(m.name.kind is Kind.PERSON for m in named)


def _is_dateline(body: Parsed, mention: Mention) -> bool:
    """«القدس (رويترز) -», «واشنطن - أ ف ب -»."""
    line = body.text.rfind("\n", 0, mention.start) + 1
    before = body.text[line : mention.start]
    if len(before) > _DATELINE or line > _CAPTION or re.search(r"[.،؟!]", before):
        return False
    closed = _AFTER_DATELINE.match(body.text[mention.end : mention.end + 6])
    return bool(re.search(r"[(\[/–—-]\s*$", before) and closed)


def _in_caption(body: Parsed, mention: Mention) -> bool:
    """Whether a name in brackets ends a line, as a photo's credit does."""
    before = fold(body.text[max(0, mention.start - 14) : mention.start])
    if re.search(r"(?:صوره|تصوير|ارشيف|الصوره|المصور)\s*[:(/-]?\s*$", before):
        return True
    end = body.text.find("\n", mention.end)
    return before.rstrip().endswith("(") and 0 <= end - mention.end < 3 and end < _CAPTION


def _in_tail(body: Parsed) -> Iterable[Origin]:
    """A credit in the last line: «(رويترز)», «المصدر: الجزيرة + وكالات»."""
    text = body.text.rstrip()
    line = max(text.rfind("\n") + 1, len(text) - TAIL)
    credit = _LAST_LINE.search(text[line:])
    if credit is None:
        return
    for mention in outlets(body):
        if mention.start >= line + credit.start() and mention.start > _DATELINE:
            yield _origin(mention)


def _unknown_outlets(body: Parsed) -> Iterable[Origin]:
    """An outlet that the gazetteer does not know, by its form: «صحيفة "…"» credited in the opening."""
    for named in _UNKNOWN.finditer(body.text, 0, OPENING):
        group = 1 if named[1] else 2
        known = body.mentions_in(Span(start=named.start(), end=named.end()))
        if not known and credit_of(body, named.start()) in {Credit.VERB, Credit.SOURCE}:
            span = Span(start=named.start(group), end=named.end(group))
            yield Origin(name=named[group].strip(), kind=OriginKind.OUTLET, span=span)


def _further(body: Parsed) -> list[Origin]:
    """The first credit below the opening, where nothing else is credited."""
    return _credited(body, OPENING, FURTHER)[:1]


def _named_later(body: Parsed, own: frozenset[str], generic: list[Origin]) -> list[Origin]:
    """The outlet that a lead in general words meant: the first of that country credited further on."""
    if not generic:
        return []
    countries = {m.name.country for m in outlets(body) if m.name.canonical in {o.name for o in generic}}
    later = _known(_credited(body, 0, NAMED_LATER), own)
    of_country = {m.name.canonical for m in outlets(body) if m.name.country in countries}
    return [origin for origin in later if not _is_generic(origin) and origin.name in of_country][:1]
