"""Where a report comes from: the outlets on whose reporting the main news of an article rests.

An outlet is an origin where the title gives it the word («أكسيوس: …»), where the opening credits it («نقلا عن», «بحسب
ما نشره», «كشفت صحيفة»), or where the last line does («(رويترز)», «المصدر: …»). In a chain («رويترز نقلا عن أكسيوس»)
both are named, the farthest being the first to report. No origin is: the article's own outlet, an outlet to
which somebody gave an interview, one that only supports a later paragraph, a photo credit.
"""

import re
from collections.abc import Iterable, Mapping, Sequence

from summaries.duplicates import containment, fingerprint
from summaries.names import Mention
from summaries.reading import Parsed, Reading
from summaries.text import fold, tokens
from summaries.types import Analysis, Article, ArticleId, Origin, OriginKind, Span

OPENING = 460  # characters: what the news rests on is credited by then
TAIL = 90  # characters at the end in which a credit line stands
NEAR_COPY = 0.5  # of the smaller text's four-word shingles; labelled rewrites stay below .3
REACH = 64  # characters before an outlet in which its credit stands
_CARRIER = r"(?:صحيف[هة]|الصحيف[هة]|جريد[هة]|موقعي?|قنا[هة]|القنا[هة]|شبك[هة]|وكال[هة]|مجل[هة]|اذاع[هة]|تلفزيون|هيي[هة]|محط[هة]|راديو|منص[هة]|صحيفتي|وكالتي)"
_CREDIT = re.compile(
    r"(?:^|[\s(«\"-])(?:و|ف)?(?:قد\s)?(?:كان[ت]?\s)?(?:نقل[ت]?|قال[ت]?|ذكر[ت]?|افاد[ت]?|كشف[ت]?|نشر[ت]?|اورد[ت]?|اعلن[ت]?|اكد[ت]?|راي[ت]?|رات|كتب[ت]?|نسب[ت]?|تحدث[ت]?"
    r"|استعرض[ت]?|سرب[ت]?|تناول[ت]?|بث[ت]?|تقول|يقول|تكشف|وفق|وفقا|بحسب|حسب|حسبما|نقلا|عن|طبقا|نشره|نشرته|نشرتها|ذكره|ذكرته|اوردته|اوردتها|اوردها|نقلته|نقلتها|نقله|بثته|كشفته|كشفه|تقرير|تحقيق|تحقيقا|التقرير|افاده|لما|المصدر)"
    r"(?=[\s:])"
)
_INTERVIEW = re.compile(
    rf"(?:مقابل[هة]|حديث|لقاء|تصريح|تصريحات|حوار|حديثه|تصريحاته|مداخل[هة])\s.{{0,28}}$|(?:^|\s)ل+(?:ل|ـ)?\s*(?:{_CARRIER})?\s*[\"«“]?$"
)
_PHOTO = re.compile(r"(?:صور[هة]|تصوير|ارشيف|الصور[هة]|المصور)\s*[:(/-]?\s*$|\(\s*$")
_GENERIC = re.compile(
    r"(?:وسائل|وسايل)\s(?:ال)?(?:إعلام|اعلام)\s(?:ال)?(إسرائيلية|اسرائيلية|عبرية|أمريكية|أميركية|امريكية|امريكيه)|(?:تقارير|صحف|الصحف)\s(?:إعلامية\s|صحفية\s)?(?:ال)?(إسرائيلية|اسرائيلية|عبرية|أمريكية|أميركية|امريكية)"
)
_UNKNOWN = re.compile(rf"{_CARRIER}\s+[\"«“]([^\"»”\n]{{2,30}})[\"»”]")


def find_origins(reading: Reading) -> tuple[Origin, ...]:
    """The origins that an article itself credits, in the order of their credits; empty where it credits none."""
    own = _own_names(reading.article)
    found: dict[str, Origin] = {}
    for origin in (*_in_title(reading), *_in_body(reading.body), *_in_tail(reading.body)):
        if fold(origin.name) not in own and not (own & _spellings(reading, origin)):
            found.setdefault(origin.name, origin)
    if not found:
        found = {origin.name: origin for origin in (*_pattern(reading.body, own), *_generic(reading.body))}
    return tuple(found.values())


def _own_names(article: Article) -> frozenset[str]:
    words = fold(article.outlet)
    return frozenset(
        {words, words.removesuffix(" arabic"), words.removesuffix(" عربي"), words.removesuffix(" عربيه")}
    ) - {""}


def _spellings(reading: Reading, origin: Origin) -> set[str]:
    return {
        fold(name.arabic) for name in (m.name for m in reading.body.mentions) if name.canonical == origin.name
    }


def _is_outlet(mention: Mention) -> bool:
    return mention.name.kind in {"outlet", "agency"}


def _origin(mention: Mention, *, in_title: bool = False) -> Origin:
    kind = OriginKind.AGENCY if mention.name.kind == "agency" else OriginKind.OUTLET
    span = Span(start=mention.start, end=mention.end)
    return Origin(name=mention.name.canonical, kind=kind, span=span, in_title=in_title)


def _in_title(reading: Reading) -> Iterable[Origin]:
    """«أكسيوس: …», and outlets of the title that the opening names again."""
    opening = {m.name.id for m in reading.body.mentions if _is_outlet(m) and m.start < OPENING}
    for mention in reading.title.mentions:
        if not _is_outlet(mention):
            continue
        after = reading.title.text[mention.end : mention.end + 4].lstrip(' "»”)')
        speaks = after.startswith((":", "..", "؛")) and not _INTERVIEW.search(
            fold(reading.title.text[: mention.start])
        )
        if speaks or (
            mention.name.id in opening and not _INTERVIEW.search(fold(reading.title.text[: mention.start]))
        ):
            yield _origin(mention, in_title=True)


def _in_body(body: Parsed) -> Iterable[Origin]:
    credited = -1
    for mention in body.mentions:
        if mention.start >= OPENING:
            return
        if not _is_outlet(mention):
            continue
        lead = fold(body.text[max(0, mention.start - REACH) : mention.start])
        lead = re.split(r"[.!؟\n]", lead)[-1]
        joined = (
            credited >= 0
            and mention.start - credited < 40
            and re.search(r"[،و,]", body.text[credited : mention.start])
        )
        if _INTERVIEW.search(lead) or _PHOTO.search(lead):
            continue
        if _CREDIT.search(lead) or joined:
            credited = mention.end
            yield _origin(mention)


def _in_tail(body: Parsed) -> Iterable[Origin]:
    """A credit in the last line: «(رويترز)», «المصدر: الجزيرة + وكالات»."""
    text = body.text.rstrip()
    line = max(text.rfind("\n") + 1, len(text) - TAIL)
    last = text[line:]
    credit = re.search(r"المصدر\s*:|^\s*[(\[]?[^.،]{2,40}[)\]]?\s*$|[(\[][^()\[\]]{2,40}[)\]]\s*\.?$", last)
    if credit is None:
        return
    for mention in body.mentions:
        if mention.start >= line + credit.start() and _is_outlet(mention):
            yield _origin(mention)


def _pattern(body: Parsed, own: frozenset[str]) -> Iterable[Origin]:
    """An outlet that the gazetteer does not know, by its form: «صحيفة "…"» credited in the opening."""
    for named in _UNKNOWN.finditer(body.text, 0, OPENING):
        lead = fold(body.text[max(0, named.start() - REACH) : named.start()]) + " "
        if _CREDIT.search(lead) and not _INTERVIEW.search(lead) and fold(named[1]) not in own:
            span = Span(start=named.start(1), end=named.end(1))
            yield Origin(name=named[1].strip(), kind=OriginKind.OUTLET, span=span)


def _generic(body: Parsed) -> Iterable[Origin]:
    """«وسائل إعلام إسرائيلية»: somebody else's report, nobody knows whose."""
    named = _GENERIC.search(body.text, 0, OPENING)
    if named is not None:
        israeli = fold(named[0]).rstrip().endswith(("اسراييليه", "عبريه"))
        name = "Israeli media" if israeli else "US media"
        yield Origin(name=name, kind=OriginKind.UNKNOWN, span=Span(start=named.start(), end=named.end()))


def origins_of_story(
    articles: Sequence[Article], analyses: Mapping[ArticleId, Analysis]
) -> tuple[Origin, ...]:
    """The distinct origins of one story, those of more articles first.

    An article that credits somebody rests on them. A near-copy that credits nobody inherits what it copies: the
    credits of the article it copies, or that article's outlet. What is left is its outlet's own report. An
    unknown origin is listed once and never counts as independent.
    """
    ordered = sorted(articles, key=lambda a: (a.published is None, a.published or a.collected, a.id))
    owners: dict[ArticleId, tuple[Origin, ...]] = {}
    copied = copies(ordered)
    for article in ordered:
        analysis = analyses.get(article.id)
        credited = analysis.origins if analysis else ()
        source = copied.get(article.id)
        owners[article.id] = credited or (owners.get(source, ()) if source else ()) or (_self(article),)
    counted: dict[str, tuple[int, Origin]] = {}
    for origins in owners.values():
        for origin in origins:
            count = counted[origin.name][0] if origin.name in counted else 0
            counted[origin.name] = (count + 1, origin)
    ranked = sorted(
        counted.values(), key=lambda pair: (pair[1].kind is OriginKind.UNKNOWN, -pair[0], pair[1].name)
    )
    return tuple(origin for _, origin in ranked)


def copies(ordered: Sequence[Article]) -> dict[ArticleId, ArticleId]:
    """Article -> the earliest article before it of which it is a near-copy. `ordered` is by publication."""
    prints = [fingerprint([token.folded for token in tokens(article.text)]) for article in ordered]
    found: dict[ArticleId, ArticleId] = {}
    for place, article in enumerate(ordered):
        for earlier in range(place):
            if (
                article.outlet != ordered[earlier].outlet
                and containment(prints[place], prints[earlier]) >= NEAR_COPY
            ):
                found[article.id] = ordered[earlier].id
                break
    return found


def _self(article: Article) -> Origin:
    return Origin(name=article.outlet, kind=OriginKind.OUTLET)
